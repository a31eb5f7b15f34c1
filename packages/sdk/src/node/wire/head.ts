import { WireFault } from "./wire-fault.ts";

/** Status line and header fields of an answer. */
export interface AnswerHead {
  /** Of HTTP/1: 0 or 1; higher ones mean 1. */
  readonly minorVersion: number;
  readonly status: number;
  readonly headers: Headers;
}

/** Most header fields of an answer, and of its trailer. */
export const MAX_FIELDS = 200;

const STATUS_LINE = /^HTTP\/1\.(\d) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
/** Blanks around the value are left to `Headers`: to match them here as well would take a hostile line quadratic time. */
const FIELD = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\t\x20-\x7e\x80-\xff]*)$/;

/**
 * Reads the head of an answer (RFC 9112 §4 and §5), strictly: lines end with CR LF, and folded ones are refused.
 *
 * @param text The head as Latin-1, without the empty line that ends it.
 * @throws {WireFault} If it is no head of HTTP/1.
 * @example parseHead("HTTP/1.1 200 OK\r\ncontent-length: 3").status // → 200
 */
export function parseHead(text: string): AnswerHead {
  const [first = "", ...lines] = text.split("\r\n");
  const [, minor, status] = STATUS_LINE.exec(first) ?? [];
  if (minor === undefined) throw new WireFault(`the answer is no HTTP/1 (it begins with ${quote(first)})`);
  return { minorVersion: Math.min(Number(minor), 1), status: Number(status), headers: parseFields(lines) };
}

/**
 * Reads header fields, or those of a trailer.
 *
 * @throws {WireFault} If a line is no field, or there are more than {@link MAX_FIELDS}.
 */
export function parseFields(lines: readonly string[]): Headers {
  if (lines.length > MAX_FIELDS) throw new WireFault(`the answer has more than ${MAX_FIELDS} header fields`);
  const headers = new Headers();
  for (const line of lines) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new WireFault(`a header field is malformed (${quote(line)})`);
    headers.append(name, value);
  }
  return headers;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
