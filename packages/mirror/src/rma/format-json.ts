import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import { isStoredAsJson } from "../records/values.ts";
import { isCovered, isTrue, printRows, type WriteRow } from "./format-text.ts";
import type { QueryAnswer, ResultRow, RowShape, ShapeInclude } from "./result.ts";

/** Characters that a JSON string cannot hold as they are, and halves of pairs, which UTF-8 cannot. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * Writes an answer in the service's JSON (reference §3.6), to the byte as it was recorded: blanks in the envelope, none in rows.
 * Columns come by name, then what is included.
 */
export function formatJson(answer: QueryAnswer): AsyncGenerator<string, void, undefined> {
  const { startRow, numRows, totalRows, shape, debug } = answer;
  // Where the service puts the query that it was asked to show is unknown: at the end it disturbs nobody.
  const shown = debug === undefined ? "" : `, "debug": ${writeString(debug)}`;
  return printRows(answer.batches, compileRow(shape), {
    before: `{"success": true, "id": 0, "start_row": ${startRow}, "num_rows": ${numRows}, "total_rows": ${totalRows}, "msg": [`,
    between: ",",
    after: `]${shown}}`,
  });
}

/** The JSON of a failure (reference §3.6). */
export function formatJsonError(message: string): string {
  return `{"success": false, "id": 0, "start_row": 0, "num_rows": 0, "total_rows": 0, "msg": ${writeString(message)}}`;
}

/** Loops by index here and in the other writers: they run for each value of each row, and iterators cost a third more. */
function compileRow({ columns, includes }: RowShape): WriteRow {
  const first = columns.findIndex((column) => !isCovered(column, includes));
  const keys = columns.map((column, index) =>
    isCovered(column, includes) ? undefined : `${index === first ? "" : ","}${JSON.stringify(column.name)}:`,
  );
  const special = columns.map(({ type }) => specialWriter(type));
  const writeIncluded = includes.map((include, index) => compileInclude(include, first < 0 && index === 0));
  return (row) => {
    let text = "{";
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index];
      if (key === undefined) continue;
      const value = row.values[index];
      text += key;
      if (value === null || value === undefined) text += "null";
      else text += special[index]?.(value) ?? writePlain(value);
    }
    for (let index = 0; index < writeIncluded.length; index += 1) text += writeIncluded[index]?.(row.includes[index]);
    return `${text}}`;
  };
}

type Included = ResultRow["includes"][number] | undefined;

function compileInclude({ name, isMany, shape }: ShapeInclude, isFirst: boolean): (included: Included) => string {
  const key = `${isFirst ? "" : ","}${JSON.stringify(name)}:`;
  const write = compileRow(shape);
  return (included) => {
    if (Array.isArray(included)) return `${key}[${included.map(write).join(",")}]`;
    // An array was dealt with; the compiler does not narrow readonly ones.
    const row = included as ResultRow | null | undefined;
    return key + (row === null || row === undefined ? (isMany ? "[]" : "null") : write(row));
  };
}

/** How a type is written whose values the database keeps otherwise than JSON has them. */
function specialWriter(type: AttributeType): ((value: string | number) => string) | undefined {
  if (type === "boolean") return (value) => (isTrue(value) ? "true" : "false");
  // Kept as JSON text, and passed on as that.
  return isStoredAsJson(type) ? String : undefined;
}

function writePlain(value: string | number): string {
  if (typeof value === "string") return writeString(value);
  // JSON has no infinity.
  return Number.isFinite(value) ? String(value) : "null";
}

/** Most strings need no escapes, and to see that is faster than to write them with care. */
function writeString(value: string): string {
  return ESCAPED.test(value) ? JSON.stringify(value) : `"${value}"`;
}
