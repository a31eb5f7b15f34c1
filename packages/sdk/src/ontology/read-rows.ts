import { fault } from "./structure-record.ts";

/**
 * The rows of a document, and the path of each: of the API's JSON envelope (reference §3.6), or of a list alone.
 *
 * @throws {DecodeError} If it is neither, or the envelope says that the query failed.
 */
export function readRows(document: unknown): [rows: readonly unknown[], at: (index: number) => string] {
  if (Array.isArray(document)) return [document, (index) => `[${index}]`];
  if (typeof document !== "object" || document === null || !("msg" in document)) {
    throw fault("", "an answer of the API, its rows or a structure", document);
  }
  const success = "success" in document ? document.success : undefined;
  if (success !== true) throw fault("success", "true", success);
  if (!Array.isArray(document.msg)) throw fault("msg", "a list", document.msg);
  return [document.msg, (index) => `msg[${index}]`];
}
