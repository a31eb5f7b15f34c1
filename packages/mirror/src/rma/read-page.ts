import type { ReadLimits } from "../records/reader.ts";
import type { SqlRow, SqlValue } from "../records/values.ts";
import type { Lease } from "./lease.ts";
import { BATCH_ROWS } from "./limits.ts";
import type { QueryLimits } from "./result.ts";
import type { BoundStage } from "./stage-plan.ts";
import { fillTemplate, type Template } from "./template.ts";

/** What one answer is read with. */
export interface Reading extends BoundStage {
  readonly lease: Lease;
  readonly limits: QueryLimits;
  readonly readLimits: ReadLimits;
  readonly startRow: number;
  /** Rows to give at most; one more than allowed where all are asked for, which tells that they are too many. */
  readonly limit: number;
  readonly isCounted: boolean;
}

/** Rows of the answer as the database gives them, and how many there are. */
export interface Page {
  /** Rows of this page; of an answer that is read in pieces, the first piece. */
  readonly rows: Iterator<SqlRow>;
  readonly ownRows: number;
  readonly numRows: number;
  readonly totalRows: number;
}

/**
 * Rows that nobody wants any more, and that are stepped over to bring a statement to its end. With more of them the connection is
 * closed, by the pool; the database lets its locks go when the driver's objects are collected.
 */
const MAX_DRAINED = 5000;

/** Reads a page that is small. */
export async function readPage(reading: Reading): Promise<Page> {
  const { plan, startRow, limit, isCounted } = reading;
  const isPoint = plan.point !== undefined && startRow === 0 && limit > 0;
  const template = isPoint ? plan.point : isCounted ? plan.page : plan.uncounted;
  const found = limit === 0 ? [] : await readAll(reading, template, { start: startRow, limit });
  const [first] = found;
  const totalRows = first === undefined ? await countAll(reading) : isPoint ? 1 : Number(first.at(-1));
  return { rows: found.values(), ownRows: found.length, numRows: found.length, totalRows };
}

/** Begins to read a page that may be large. */
export async function openPage(reading: Reading): Promise<Page> {
  const { plan, startRow, limit, isCounted, lease, readLimits } = reading;
  const ownLimit = plan.after === undefined ? limit : BATCH_ROWS;
  // Pieces do not tell how many rows they are of.
  const template = isCounted || plan.after !== undefined ? plan.page : plan.uncounted;
  const statement = fillTemplate(template, reading.values, { start: startRow, limit: ownLimit });
  const rows = (await lease.reader.rows(statement, readLimits))[Symbol.iterator]();
  lease.defer(() => drain(rows));
  const first = rows.next();
  if (first.done === true) return { rows, ownRows: 0, numRows: 0, totalRows: await countAll(reading) };
  const totalRows = Number(first.value.at(-1));
  const numRows = Math.min(limit, totalRows - startRow);
  return { rows: startWith(first.value, rows), ownRows: Math.min(ownLimit, numRows), numRows, totalRows };
}

function* startWith<T>(first: T, rest: Iterator<T>): Generator<T> {
  yield first;
  // No "for … of": leaving early must not end the rows, which tells the pool that the connection cannot be used again.
  for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value;
}

function drain(rows: Iterator<SqlRow>): void {
  for (let left = MAX_DRAINED; left > 0 && rows.next().done !== true; left -= 1);
}

/** The count of a page without rows: those that match may all stand before it. */
async function countAll(reading: Reading): Promise<number> {
  const { plan, startRow, limit, isCounted } = reading;
  if (!isCounted) return startRow;
  if (startRow === 0 && limit > 0) return 0;
  const [row] = await readAll(reading, plan.count, {});
  return Number(row?.[0]);
}

/** All rows of one of the plan's statements. */
export async function readAll(
  { lease, values, readLimits }: Reading,
  template: Template | undefined,
  named: Readonly<Record<string, SqlValue>>,
): Promise<SqlRow[]> {
  if (template === undefined) throw new Error("There is no such statement");
  return await lease.reader.all(fillTemplate(template, values, named), readLimits);
}
