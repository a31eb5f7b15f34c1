import type { Target } from "./target.ts";

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** Visible ASCII and the upper half of Latin-1, with blanks and tabs inside. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Fields that say where a message ends or which connection it goes by: the wire's own affair. */
export const RESERVED_FIELDS: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const DEFAULTS: Readonly<Record<string, string>> = { accept: "*/*", "accept-encoding": "identity" };

/**
 * Checks the header fields of a request before anything is sent.
 *
 * @throws {TypeError} If a name or value could not be sent as it is, or the field is the wire's own.
 */
export function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name)) throw new TypeError(`Cannot send the header "${name}": no name, or not in lower case`);
    if (RESERVED_FIELDS.has(name))
      throw new TypeError(`Cannot send the header "${name}": it is set for you; leave it out`);
    if (!VALUE.test(value))
      throw new TypeError(`Cannot send the header "${name}": its value holds forbidden characters`);
  }
}

/** The bytes of a GET as Latin-1 text; `accept-encoding` is `identity` unless another is given. */
export function printRequest({ authority, path }: Target, headers: Readonly<Record<string, string>>): string {
  let text = `GET ${path} HTTP/1.1\r\nhost: ${authority}\r\n`;
  for (const [name, value] of Object.entries({ ...DEFAULTS, ...headers })) text += `${name}: ${value}\r\n`;
  return `${text}\r\n`;
}
