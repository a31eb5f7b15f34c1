import { Buffer } from "node:buffer";
import { generateKeyPairSync, sign } from "node:crypto";

/** A key and a certificate that vouches for itself, as PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
/** Context-specific tags: the version, the extensions; a DNS name and an address among the alternative names. */
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;
const ADDRESS = 0x87;

/** Object identifiers as they are encoded (RFC 5280, RFC 5758). */
const ECDSA_WITH_SHA256 = der(OBJECT_ID, Buffer.from("2a8648ce3d040302", "hex"));
const COMMON_NAME = der(OBJECT_ID, Buffer.from("550403", "hex"));
const SUBJECT_ALT_NAME = der(OBJECT_ID, Buffer.from("551d11", "hex"));

/**
 * Makes a key and a certificate for some names and IPv4 addresses, with nothing but Node: no key has to lie in the repository.
 *
 * It counts from 2020 to 2049.
 */
export function makeSelfSigned(names: readonly string[], addresses: readonly string[] = []): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from("made for a test")))));
  const validity = der(SEQUENCE, utcTime("200101000000Z"), utcTime("491231235959Z"));
  const alternatives = der(
    SEQUENCE,
    ...names.map((dns) => der(DNS_NAME, Buffer.from(dns, "latin1"))),
    ...addresses.map((address) => der(ADDRESS, Buffer.from(address.split(".").map(Number)))),
  );
  const body = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(EXTENSIONS, der(SEQUENCE, der(SEQUENCE, SUBJECT_ALT_NAME, der(OCTET_STRING, alternatives)))),
  );
  const signature = der(BIT_STRING, Buffer.from([0]), sign("sha256", body, privateKey));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: toPem(der(SEQUENCE, body, algorithm, signature)),
  };
}

/** One value in DER: tag, length, content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  const length = bytes.length < 128 ? [bytes.length] : [0x82, bytes.length >> 8, bytes.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
}

function utcTime(text: string): Buffer {
  return der(UTC_TIME, Buffer.from(text, "latin1"));
}

function toPem(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
