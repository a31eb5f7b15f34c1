import type { GivenRow } from "./given-row.ts";
import { isHeading, rowsUnderHeading } from "./heading.ts";
import type { ImportSource } from "./source.ts";
import { textLines } from "./text-lines.ts";

/** What stands for a character that would end a field or a line. */
const ESCAPED: Readonly<Record<string, string>> = { "\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\" };

/** Whether a text begins as TSV does: a line of names with tabs between them, and more after it. */
export function looksLikeTsv(start: string): boolean {
  const [first = "", ...rest] = start.split(/\r?\n/, 2);
  return rest.length > 0 && first.includes("\t") && isHeading(first.split("\t"));
}

/** Rows in TSV: a tab ends each field but the last, and a backslash begins what stands for a tab or the end of a line. */
export function tsvRows(source: ImportSource, text: string): Generator<GivenRow> {
  return rowsUnderHeading(source, tsvRecords(text));
}

function* tsvRecords(text: string): Generator<string[], undefined> {
  for (const line of textLines(text)) if (line !== "") yield line.split("\t").map(unescapeField);
  return undefined;
}

function unescapeField(field: string): string {
  return field.includes("\\") ? field.replaceAll(/\\[tnr\\]/g, (escaped) => ESCAPED[escaped] ?? escaped) : field;
}
