import type { QueryAnswer, ResultRow, RowShape } from "../../packages/mirror/src/rma/result.ts";

type Values = ResultRow["values"];

/** The shape of a model's rows, columns as text but for those whose types are given: `name` or `name:type`. */
export function shapeOf(model: string, columns: string, includes: RowShape["includes"] = []): RowShape {
  const parsed = columns.split(" ").map((column) => {
    const [name = "", type = "string"] = column.split(":");
    return { name, type: type as RowShape["columns"][number]["type"] }; // The tests give types alone.
  });
  return { model, columns: parsed, schemaOrder: [...parsed.keys()], includes };
}

/** A row of a class. */
export function rowOf(className: string | undefined, values: Values, includes: ResultRow["includes"] = []): ResultRow {
  return { className, values, includes };
}

/** What an answer's rows went through. */
export interface Watched {
  readonly answer: QueryAnswer;
  /** Batches that were taken, and whether the rest was closed. */
  readonly seen: { taken: number; isClosed: boolean };
}

/** An answer of rows at hand, in batches. */
export function answerOf(shape: RowShape, rows: readonly ResultRow[], facts: Partial<QueryAnswer> = {}): QueryAnswer {
  return watch(shape, [rows], facts).answer;
}

/** An answer whose batches are watched. */
export function watch(
  shape: RowShape,
  batches: Iterable<readonly ResultRow[]>,
  facts: Partial<QueryAnswer> = {},
): Watched {
  const seen = { taken: 0, isClosed: false };
  const rest = batches[Symbol.iterator]();
  const iterator: AsyncIterator<readonly ResultRow[]> = {
    async next() {
      seen.taken += 1;
      return rest.next();
    },
    async return() {
      seen.isClosed = true;
      return { done: true, value: undefined };
    },
  };
  const numRows = Array.isArray(batches) ? batches.flat().length : 1;
  const answer = {
    startRow: 0,
    numRows,
    totalRows: numRows,
    isTabular: false,
    shape,
    debug: undefined,
    batches: { [Symbol.asyncIterator]: () => iterator },
    ...facts,
  };
  return { answer, seen };
}

/** All of a text that comes in pieces. */
export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}
