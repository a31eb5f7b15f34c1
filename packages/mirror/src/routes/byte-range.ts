import type { KnownValidators } from "./conditional.ts";

/** Part of a body: bytes from `start` to before `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The part that a `Range` header asks for (RFC 9110 §14): `undefined` where the whole is to be given, as for a header that is damaged, of
 * another unit or of several parts, which a server may pass over; `"unsatisfiable"` where nothing of it is there.
 *
 * @example parseRange("bytes=-2", 10) // → { start: 8, end: 10 }
 */
export function parseRange(header: string | null, sizeBytes: number): ByteRange | "unsatisfiable" | undefined {
  const [match, first = "", last = ""] = /^bytes\s*=\s*(\d*)\s*-\s*(\d*)$/i.exec(header?.trim() ?? "") ?? [];
  if (match === undefined || (first === "" && last === "")) return undefined;
  if (first === "") {
    // The last bytes.
    const start = Math.max(0, sizeBytes - Number(last));
    return start < sizeBytes ? { start, end: sizeBytes } : "unsatisfiable";
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  const end = last === "" ? sizeBytes : Math.min(sizeBytes, Number(last) + 1);
  return start < sizeBytes ? { start, end } : "unsatisfiable";
}

/** A range counts for GET alone, and with `If-Range` only if the client's part is of these very bytes (RFC 9110 §13.1.5). */
export function askedRange(
  { method, headers }: Request,
  sizeBytes: number,
  { etag, lastModified }: KnownValidators,
): ReturnType<typeof parseRange> {
  const condition = headers.get("if-range")?.trim();
  if (method !== "GET") return undefined;
  if (condition !== undefined && condition !== etag && condition !== lastModified?.toUTCString()) return undefined;
  return parseRange(headers.get("range"), sizeBytes);
}
