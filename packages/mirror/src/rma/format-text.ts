import type { SqlValue } from "../records/values.ts";
import type { ResultRow, ShapeColumn, ShapeInclude } from "./result.ts";

/** Size at which text is handed on: large enough that a piece costs little, small enough to be kept for a slow reader. */
const PIECE_CHARACTERS = 64 * 1024;

/** Writes a row as text. Made once for a shape, called for each row. */
export type WriteRow = (row: ResultRow) => string;

/** Text of an answer around its rows. */
export interface Frame {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** Writes rows, and joins their texts to pieces worth sending. */
export async function* printRows(
  batches: AsyncIterable<readonly ResultRow[]>,
  write: WriteRow,
  { before, between, after }: Frame,
): AsyncGenerator<string, void, undefined> {
  let text = before;
  let separator = "";
  for await (const batch of batches) {
    for (const row of batch) {
      text += separator + write(row);
      separator = between;
      if (text.length >= PIECE_CHARACTERS) {
        yield text;
        text = "";
      }
    }
  }
  yield text + after;
}

/** Whether what is included stands in place of a column, whose name it has. */
export function isCovered({ name }: ShapeColumn, includes: readonly ShapeInclude[]): boolean {
  return includes.some((include) => include.name === name);
}

/** Whether the value of a boolean column, as the database has it, means true. */
export function isTrue(value: SqlValue): boolean {
  return value !== 0;
}

/**
 * Text of a value that the database keeps as JSON, for forms that have no JSON in them: a text is itself, all else as JSON has it.
 */
export function bareText(value: string | number): string {
  if (typeof value !== "string" || !value.startsWith('"')) return String(value);
  return String(JSON.parse(value));
}
