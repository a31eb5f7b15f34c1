import { gzipSync } from "node:zlib";
import type { FileKind } from "@brainatlas/sdk/node";
import { makeZip } from "./make-zip.ts";
import { sha256 } from "./pictures.ts";

/** What a server of {@link describeFile}'s files tells of a file's state. */
export type Validator = "etag" | "last-modified" | "both" | "weak etag" | "none";

/** A made file: all of it follows from a seed and its index. */
export interface ChaosFile {
  readonly index: number;
  readonly name: string;
  readonly kind: FileKind;
  readonly mediaType: string;
  /** Nominal length: the true one differs by a header. */
  readonly roughBytes: number;
  /** How often its content changes, plus one. */
  readonly versions: number;
  readonly validator: Validator;
  /** What who downloads it knows before. */
  readonly declared: "nothing" | "length" | "hash";
  /** Whether a shortened body shows: by its form, or by what was declared. */
  readonly isTelling: boolean;
}

/** Numbers from 0 to below 1, the same each time for a seed. */
export type Random = () => number;

const KINDS = ["jpeg", "zip", "nrrd", "json", "svg", "jpeg", "nrrd", "csv", "any", "jpeg", "xml"] as const;
const MEDIA_TYPES: Readonly<Record<FileKind, string>> = {
  jpeg: "image/jpeg",
  svg: "image/svg+xml",
  zip: "application/zip",
  nrrd: "application/octet-stream",
  json: "application/json",
  xml: "application/xml",
  csv: "text/csv",
  any: "application/octet-stream",
};
const ENDINGS: Partial<Readonly<Record<FileKind, string>>> = { jpeg: "jpg", any: "bin" };
const VALIDATORS: readonly Validator[] = ["etag", "etag", "etag", "last-modified", "both", "weak etag", "none"];
const FOLDER_SIZE = 100;
const MAX_SMALL_BYTES = 300_000;

/** Every how manieth file is large, changes while it is downloaded, is never had. */
export const LARGE_EVERY = 37;
export const CHANGING_EVERY = 11;
export const LASTING_EVERY = 29;

/** A generator of its own for each thing that is drawn. */
export function createRandom(...seeds: readonly number[]): Random {
  let state = seeds.reduce((mixed, seed) => Math.imul(mixed ^ seed, 0x9e3779b1) ^ (mixed >>> 15), 0x2545f491);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of several. */
export function pick<T>(random: Random, choices: readonly [T, ...T[]] | readonly T[]): T {
  // The list is not empty.
  return choices[Math.floor(random() * choices.length)] as T;
}

/**
 * What a file is, without its bytes.
 *
 * Of the large ones, each other seven have no form, and at most their length is known before: only the protocol tells what is right.
 */
export function describeFile(seed: number, index: number, largeBytes = 3_000_000): ChaosFile {
  const random = createRandom(seed, index, 1);
  const isLasting = index % LASTING_EVERY === 2;
  const isLarge = index % LARGE_EVERY === 5;
  const turn = Math.floor(index / LARGE_EVERY);
  const isFormless = isLarge && !isLasting && turn % 14 < 7;
  const kind = isFormless ? "any" : pick(random, KINDS);
  const roughBytes = isLarge
    ? Math.floor(largeBytes * (0.7 + 0.6 * random()))
    : drawSize(random, kind === "any" && !isLasting);
  const versions = index % CHANGING_EVERY === 3 && !isLasting ? 3 : 1;
  const drawn = isLasting ? "length" : pick(random, ["nothing", "nothing", "length", "hash"] as const);
  const declared = versions > 1 || (isFormless && turn % 2 > 0) ? "nothing" : isFormless ? "length" : drawn;
  return {
    index,
    name: `${Math.floor(index / FOLDER_SIZE)}/${nameOf(index)}.${ENDINGS[kind] ?? kind}`,
    kind,
    mediaType: MEDIA_TYPES[kind],
    roughBytes,
    versions,
    validator: isLarge ? "etag" : pick(random, VALIDATORS),
    declared,
    isTelling: (kind !== "any" && kind !== "csv") || declared !== "nothing",
  };
}

/** Most are small, some have nothing at all, where that may be: nothing cannot be cut. */
function drawSize(random: Random, mayBeEmpty: boolean): number {
  if (mayBeEmpty && random() < 0.2) return 0;
  return Math.floor(500 * (MAX_SMALL_BYTES / 500) ** random());
}

function nameOf(index: number): string {
  if (index % 50 === 7) return `Nissl, coronal №${index} #1 100 %?`.replace("?", "");
  if (index % 50 === 8) return `${"long-".repeat(30)}${index}`;
  return `file-${index}`;
}

/** The bytes of one version of a file. */
export function makeBytes(seed: number, file: ChaosFile, version = 0): Buffer {
  const random = createRandom(seed, file.index, 2, version);
  const size = Math.max(0, file.roughBytes - 64 * version);
  return MAKERS[file.kind](fill(random, size), random);
}

/** What has to be known of a file to ask for it. */
export function declare(seed: number, file: ChaosFile): { sizeBytes?: number; sha256?: string } {
  if (file.declared === "nothing") return {};
  const bytes = makeBytes(seed, file);
  return file.declared === "length" ? { sizeBytes: bytes.length } : { sha256: sha256(bytes) };
}

const MAKERS: Readonly<Record<FileKind, (noise: Buffer, random: Random) => Buffer>> = {
  jpeg: makeJpegLike,
  zip: (noise, random) => makeZip([{ name: "grid/energy.raw", body: noise, method: random() < 0.5 ? 0 : 8 }]),
  nrrd: makeNrrd,
  json: (noise) => Buffer.from(JSON.stringify({ success: true, num_rows: 1, msg: [{ text: noise.toString("hex") }] })),
  svg: (noise) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><path d="M${printNumbers(noise)}"/></svg>\n`),
  xml: (noise) =>
    Buffer.from(`<?xml version="1.0"?>\n<Response success="true"><text>${printNumbers(noise)}</text></Response>\n`),
  csv: (noise) => Buffer.from(`id,name\n${printNumbers(noise)}`),
  any: (noise) => noise,
};

/** Markers in their order, with made bytes in place of a scan: not to be decoded. */
function makeJpegLike(noise: Buffer): Buffer {
  const head = Buffer.from(
    "ffd8ffe000104a46494600010100000100010000ffc0000b080100010001011100ffda0008010100003f00",
    "hex",
  );
  const end = Buffer.from([0xff, 0xd9]);
  return Buffer.concat([head, noise.map((byte) => (byte === 0xff ? 0xfe : byte)) as Buffer, end]);
}

function makeNrrd(noise: Buffer, random: Random): Buffer {
  const isPacked = random() < 0.5;
  const head = `NRRD0004\ntype: uint8\ndimension: 3\nsizes: 1 1 ${noise.length}\nencoding: ${isPacked ? "gzip" : "raw"}\n\n`;
  return Buffer.concat([Buffer.from(head), isPacked ? gzipSync(noise, { level: 1 }) : noise]);
}

function printNumbers(noise: Buffer): string {
  const hex = noise.toString("hex");
  return hex.replaceAll(/[a-f]/g, " ");
}

/** Made bytes, which packing makes shorter by a quarter. */
function fill(random: Random, size: number): Buffer {
  const words = new Uint32Array(Math.ceil(size / 4));
  let state = Math.floor(random() * 2 ** 32) | 1;
  for (let at = 0; at < words.length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state & 0x3f7f_ffff;
  }
  return Buffer.from(words.buffer, 0, size);
}
