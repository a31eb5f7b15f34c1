import type { GivenRow } from "./given-row.ts";
import { type ImportSource, importError } from "./source.ts";

/** Reads a JSON document. */
export function parseJson(source: ImportSource, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw importError(source, "it is neither a picture, a drawing nor JSON; give one of these", cause);
  }
}

/** Rows of a document: an answer of the API, a list of rows, or one row. */
export function jsonRows(source: ImportSource, document: unknown): GivenRow[] {
  return listOf(source, document).map((row, index) => {
    if (typeof row === "object" && row !== null && !Array.isArray(row)) return { row: row as GivenRow["row"] };
    throw importError(source, `its row ${index} is no object; give rows with the names of their columns`);
  });
}

function listOf(source: ImportSource, document: unknown): unknown[] {
  if (Array.isArray(document)) return document;
  const { success, msg } = Object(document) as Record<string, unknown>;
  // Some programs keep the list alone, under its name.
  if (success === true || (success === undefined && Array.isArray(msg))) {
    if (Array.isArray(msg)) return msg;
  } else if (success === undefined) return [document];
  throw importError(source, "it is an answer without rows; give one whose msg is a list");
}
