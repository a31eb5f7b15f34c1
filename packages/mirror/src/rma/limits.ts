import { QueryError, type QueryLimits } from "./result.ts";

export const DEFAULT_QUERY_LIMITS: QueryLimits = {
  timeLimitMs: 30_000,
  maxRows: 5_000_000,
  maxIncludedRows: 1_000_000,
  maxListValues: 20_000,
  maxAssociations: 40,
  maxFilters: 200,
  stallLimitMs: 60_000,
};

/** Longest pattern after `$li` and `$il`, in characters: what a pattern costs grows with its length times the text's. */
export const MAX_PATTERN_CHARACTERS = 1000;

/** Rows of the model that are read, and handed on, at once. */
export const BATCH_ROWS = 500;

/** Rows of an answer that names no number (reference §3.4). */
export const DEFAULT_NUM_ROWS = 50;

/** Most columns that one option may name; the database gives rows of 2000. */
export const MAX_OPTION_COLUMNS = 500;

/** Most tables that the database joins in one statement; it allows 64. */
const MAX_JOINED_TABLES = 60;

export function checkJoinedTables(count: number): void {
  if (count <= MAX_JOINED_TABLES) return;
  throw new QueryError(`Cannot join ${count} tables: at most ${MAX_JOINED_TABLES}; name fewer associations`);
}

/** @throws {QueryError} If there are more of something than the limit allows. */
export function checkCount(count: number, limit: number, what: string): void {
  if (count <= limit) return;
  throw new QueryError(`Cannot take ${count} ${what} in one query: at most ${limit}; ask in several queries`);
}
