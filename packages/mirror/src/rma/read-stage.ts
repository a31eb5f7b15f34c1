import type { Options } from "@brainatlas/sdk/rma";
import { QueryTimeError, type ReadLimits } from "../records/reader.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import type { SqlRow, SqlValue } from "../records/values.ts";
import { borrow } from "./lease.ts";
import { BATCH_ROWS, DEFAULT_NUM_ROWS } from "./limits.ts";
import { loadRows, toRows } from "./load-includes.ts";
import { openPage, type Page, type Reading, readAll, readPage } from "./read-page.ts";
import { type QueryAnswer, QueryError, type QueryLimits } from "./result.ts";
import { type Batch, type BatchSource, streamBatches, streamOne } from "./row-stream.ts";
import type { BoundStage } from "./stage-plan.ts";
import { fillTemplate } from "./template.ts";

export type StageAnswer = Omit<QueryAnswer, "debug">;

/**
 * Reads the rows of a stage. The first batch is read at once; if there are more, the connection is kept until they are taken, or
 * left.
 *
 * @throws {QueryError} If there are more rows than the limits allow, or it takes longer.
 */
export async function readStage(
  database: RecordDatabase,
  bound: BoundStage,
  options: Options,
  limits: QueryLimits,
  signal: AbortSignal | undefined,
): Promise<StageAnswer> {
  const { numRows = DEFAULT_NUM_ROWS, startRow = 0, count = true } = options;
  const limit = Math.min(numRows === "all" ? Number.POSITIVE_INFINITY : numRows, limits.maxRows + 1);
  const { lookUp } = bound.plan;
  if (lookUp !== undefined && startRow === 0 && limit > 0)
    return found(bound, database.lookUp(fillTemplate(lookUp, bound.values, {})));
  const lease = await borrow(database, signal);
  const readLimits: ReadLimits = { timeLimitMs: limits.timeLimitMs, signal };
  const reading: Reading = { ...bound, lease, limits, readLimits, startRow, limit, isCounted: count };
  try {
    return await answer(reading);
  } catch (error) {
    lease.release();
    throw toQueryError(error);
  }
}

/** The answer that is these rows alone. */
function found({ plan }: BoundStage, rows: readonly SqlRow[]): StageAnswer {
  const { shape } = plan.row;
  const [numRows, totalRows] = [rows.length, rows.length];
  return { startRow: 0, numRows, totalRows, isTabular: false, shape, batches: streamOne(toRows(plan.row, rows)) };
}

async function answer(reading: Reading): Promise<StageAnswer> {
  const { plan, lease, limits, startRow, limit, readLimits } = reading;
  const isSmall = limit <= BATCH_ROWS;
  // One statement sees one state of the database by itself.
  const isAlone = plan.row.includes.length === 0 && (isSmall || plan.after === undefined);
  if (!isAlone) lease.reader.steady();
  const page = isSmall ? await readPage(reading) : await openPage(reading);
  const { numRows, totalRows } = page;
  if (numRows > limits.maxRows) {
    throw new QueryError(
      `Cannot give more than ${limits.maxRows} rows in one answer; ask for them in pages, by num_rows and start_row`,
    );
  }
  const source = createBatches(reading, page);
  const first = numRows === 0 ? [] : ((await source.next()) ?? []);
  const isWhole = first.length >= numRows;
  if (isWhole) lease.release();
  const bounds = { stallLimitMs: limits.stallLimitMs, signal: readLimits.signal };
  const batches = isWhole ? streamOne(first) : streamBatches(first, source, bounds);
  return { startRow, isTabular: plan.isTabular, shape: plan.row.shape, numRows, totalRows, batches };
}

function createBatches(reading: Reading, page: Page): BatchSource {
  const { plan, values, lease, readLimits, limits } = reading;
  let taken = 0;
  let lastId: SqlValue = null;

  async function next(): Promise<Batch | undefined> {
    if (taken >= page.numRows) return undefined;
    const rows = taken < page.ownRows ? takeOwn() : await takeAfter();
    taken += rows.length;
    lastId = rows.at(-1)?.[plan.row.idIndex] ?? null;
    const { maxIncludedRows } = limits;
    const room = maxIncludedRows;
    return await loadRows(plan.row, rows, { reader: lease.reader, values, limits: readLimits, room, maxIncludedRows });
  }

  function takeOwn(): SqlRow[] {
    const rows: SqlRow[] = [];
    for (let wanted = Math.min(BATCH_ROWS, page.ownRows - taken); wanted > 0; wanted -= 1) {
      const row = page.rows.next();
      if (row.done === true) throw new Error("The database gave fewer rows than it counted");
      rows.push(row.value);
    }
    return rows;
  }

  async function takeAfter(): Promise<SqlRow[]> {
    const limit = Math.min(BATCH_ROWS, page.numRows - taken);
    const rows = await readAll(reading, plan.after, { after: lastId, limit });
    if (rows.length < limit) throw new Error("The database gave fewer rows than it counted");
    return rows;
  }

  return {
    next: () =>
      next().catch((error) => {
        throw toQueryError(error);
      }),
    close: lease.release,
  };
}

function toQueryError(error: unknown): unknown {
  if (!(error instanceof QueryTimeError)) return error;
  return new QueryError(`Cannot finish: ${error.message}`, { cause: error });
}
