import type { GivenRow } from "./given-row.ts";
import { type ImportSource, importError } from "./source.ts";
import { textLines } from "./text-lines.ts";

/** Reads a JSON document. */
export function parseJson(source: ImportSource, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw importError(source, `its JSON is damaged (${reasonOf(cause)}); give the whole document`, cause);
  }
}

/** Whether a text has a JSON object in its first line, and more after it. */
export function looksLikeJsonLines(text: string): boolean {
  const start = text.search(/\S/);
  const end = text.indexOf("\n", start);
  if (text[start] !== "{" || end < 0 || text.slice(end).trimStart() === "") return false;
  try {
    JSON.parse(text.slice(start, end));
    return true;
  } catch {
    return false;
  }
}

/** Rows of which each is a JSON object in a line of its own; lines are read as the rows are taken. */
export function* jsonLineRows(source: ImportSource, text: string): Generator<GivenRow> {
  let number = 0;
  for (const line of textLines(text)) {
    number += 1;
    if (line.trim() !== "") yield givenRow(source, parseLine(source, line, number), `line ${number}`);
  }
}

function parseLine(source: ImportSource, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw importError(
      source,
      `the JSON in its line ${number} is damaged (${reasonOf(cause)}); give whole lines`,
      cause,
    );
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** Rows of a document: an answer of the API, a list of rows, or one row. */
export function jsonRows(source: ImportSource, document: unknown): GivenRow[] {
  return listOf(source, document).map((row, index) => givenRow(source, row, `row ${index}`));
}

function givenRow(source: ImportSource, row: unknown, place: string): GivenRow {
  if (typeof row === "object" && row !== null && !Array.isArray(row)) return { row: row as GivenRow["row"] };
  throw importError(source, `its ${place} is no object; give rows with the names of their columns`);
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
