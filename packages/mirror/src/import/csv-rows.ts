import type { GivenRow } from "./given-row.ts";
import { isHeading, rowsUnderHeading } from "./heading.ts";
import { type ImportSource, importError } from "./source.ts";

/** What a field without quotes holds, and what ends a field. */
const PLAIN = /[^",\r\n]*/y;
const END = /,|\r\n|\n|\r|$/y;

/** Whether a text begins as CSV does: a line of names, the first of which may be missing, and more after it. */
export function looksLikeCsv(start: string): boolean {
  const [first = "", ...rest] = start.split(/\r\n|\n|\r/, 2);
  const names = first.split(",").map((name) => name.replace(/^"(.*)"$/, "$1"));
  return rest.length > 0 && isHeading(names);
}

/** Rows of an answer in CSV (reference §3.8). */
export function csvRows(source: ImportSource, text: string): Generator<GivenRow> {
  return rowsUnderHeading(source, csvRecords(source, text));
}

/** Lines of fields; empty lines are left out. */
function* csvRecords(source: ImportSource, text: string): Generator<string[], undefined> {
  let fields: string[] = [];
  let offset = 0;
  while (offset < text.length) {
    const isQuoted = text[offset] === '"';
    const close = isQuoted ? closingQuote(text, offset + 1) : offset + matchAt(PLAIN, text, offset).length;
    const value = text.slice(isQuoted ? offset + 1 : offset, close);
    const next = isQuoted ? close + 1 : close;
    const end = matchAt(END, text, next);
    if (close < 0 || (end === "" && next < text.length)) {
      throw importError(source, `its text at character ${offset} is no field; close its quotes`);
    }
    fields.push(isQuoted ? value.replaceAll('""', '"') : value);
    offset = next + end.length;
    if (end === "," && offset < text.length) continue;
    if (end === ",") fields.push("");
    if (fields.length > 1 || fields[0] !== "") yield fields;
    fields = [];
  }
  return undefined;
}

/** Place of the quote that ends a field, -1 if there is none; a doubled one stands for itself. */
function closingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset; // Set each time: another document may be read in between.
  return pattern.exec(text)?.[0] ?? "";
}
