import type { AnswerHead } from "./head.ts";
import { WireFault } from "./wire-fault.ts";

/** Where the body of an answer ends, and whether its connection can be used again. */
export interface Framing {
  readonly body: "length" | "chunked" | "close";
  /** Length of the body, in bytes; `undefined` where only its end will tell. */
  readonly sizeBytes: number | undefined;
  readonly isKept: boolean;
}

/**
 * Says where the body of an answer to a GET ends (RFC 9112 §6.3).
 *
 * Of `transfer-encoding` and `content-length` together the former counts, and the connection is not used again, as somebody on the way
 * may have read it otherwise.
 *
 * @throws {WireFault} If lengths contradict each other or are none, or the transfer coding is another than `chunked`.
 * @example framingOf({ minorVersion: 1, status: 204, headers: new Headers() }).sizeBytes // → 0
 */
export function framingOf({ minorVersion, status, headers }: AnswerHead): Framing {
  const isKept = isConnectionKept(minorVersion, headers.get("connection"));
  if (status === 204 || status === 304) return { body: "length", sizeBytes: 0, isKept };
  const coding = headers.get("transfer-encoding");
  const lengths = headers.get("content-length");
  if (coding !== null) {
    if (coding.toLowerCase() !== "chunked" || minorVersion === 0) {
      throw new WireFault(`the body comes with the transfer coding "${coding}", which was not asked for`);
    }
    return { body: "chunked", sizeBytes: undefined, isKept: isKept && lengths === null };
  }
  if (lengths === null) return { body: "close", sizeBytes: undefined, isKept: false };
  return { body: "length", sizeBytes: parseLength(lengths), isKept };
}

/** Reads `content-length`; a list of equal numbers counts as one of them (RFC 9110 §8.6). */
function parseLength(text: string): number {
  const [first = "", ...others] = text.split(",").map((part) => part.trim());
  const size = /^\d+$/.test(first) ? Number(first) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw new WireFault(`the length of the body is "${text}", which is no number`);
  if (others.some((other) => other !== first)) throw new WireFault(`the body has several lengths ("${text}")`);
  return size;
}

function isConnectionKept(minorVersion: number, connection: string | null): boolean {
  const tokens = (connection ?? "").split(",").map((token) => token.trim().toLowerCase());
  return !tokens.includes("close") && (minorVersion > 0 || tokens.includes("keep-alive"));
}
