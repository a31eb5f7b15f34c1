import type { AtlasStream } from "../http/atlas-stream.ts";

/** The part of a file that an answer holds, which begins where the last one ended. */
export interface FilePart {
  /** Bytes of the file up to the end of the part. */
  readonly end: number;
  /** Bytes of the whole file. */
  readonly total: number;
}

/** Whether a body comes as its bytes are, so that parts of it can be put together. */
export function isPlain(headers: Headers): boolean {
  const encoding = headers.get("content-encoding");
  return encoding === null || encoding === "identity";
}

/**
 * Reads what an answer to a request for the rest of a file holds.
 *
 * @param from Bytes of the file before the part.
 * @param total Bytes of the whole file, where they are known.
 * @returns The reason as text, when it is not the rest of that very file.
 */
export function readPart(
  { status, headers }: Pick<AtlasStream, "status" | "headers">,
  from: number,
  etag: string,
  total: number | undefined,
): FilePart | string {
  if (status !== 206) return "and the server does not go on where it broke off, or has another file by now";
  if (!isPlain(headers)) return "and the server goes on with compressed bytes";
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(headers.get("content-range") ?? "");
  const [start, last, all] = (range ?? []).slice(1).map(Number);
  if (start !== from || last === undefined) return "and the server goes on at another place";
  const whole = Number.isNaN(all) ? total : all;
  if (whole === undefined) return "and the server does not say where the file ends";
  const isSame = (headers.get("etag") ?? etag) === etag && whole === (total ?? whole);
  if (!isSame || last < from || last >= whole) return "and the server goes on with another file";
  return { end: last + 1, total: whole };
}
