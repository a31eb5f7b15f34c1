import { ApiError, DecodeError } from "../errors.ts";
import type { AtlasResponse } from "../http/response.ts";

/** The API's JSON envelope (reference §3.6). Its numbers are `undefined` where they are missing, or no counts. */
export interface Envelope {
  /** The content: rows, one object, or `{}` for none. */
  readonly msg: unknown;
  /** The first row of the page, as the server understood it, from 0. */
  readonly startRow: number | undefined;
  /** Rows of the database in this page, which may be more than `msg` holds. */
  readonly numRows: number | undefined;
  /** Rows of all pages; may be more than there are. */
  readonly totalRows: number | undefined;
}

/**
 * Reads the API's JSON envelope.
 *
 * @param query What was asked, for the error.
 * @throws {ApiError} If the envelope says `success: false`.
 * @throws {DecodeError} If the answer is no envelope.
 */
export function readEnvelope(response: AtlasResponse, query: string = new URL(response.url).search): Envelope {
  const document = response.json();
  const fields = (typeof document === "object" && document !== null ? document : {}) as Record<string, unknown>;
  const { success, msg, start_row, num_rows, total_rows } = fields;
  if (success === true) {
    return { msg, startRow: countOf(start_row), numRows: countOf(num_rows), totalRows: countOf(total_rows) };
  }
  if (success === false) throw new ApiError(response.url, query, wordsOf(msg));
  throw new DecodeError("the answer", {
    at: "success",
    expected: "true or false",
    found: JSON.stringify(success) ?? "nothing",
    url: response.url,
  });
}

/**
 * The rows of an envelope: those of a list, one object as the one row that it is, and none for `{}`, by which services say that
 * they found nothing.
 *
 * @throws {DecodeError} If the content is neither.
 */
export function rowsOf(msg: unknown, url: string): readonly unknown[] {
  if (Array.isArray(msg)) return msg;
  if (typeof msg === "object" && msg !== null) return Object.keys(msg).length === 0 ? [] : [msg];
  const found = JSON.stringify(msg)?.slice(0, 60) ?? "nothing";
  throw new DecodeError("the rows", { at: "msg", expected: "a list or an object", found, url });
}

/** The server's words on a failure. */
export function wordsOf(msg: unknown): string {
  return typeof msg === "string" ? msg : (JSON.stringify(msg) ?? "no reason");
}

function countOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
