import { QueryError, type QueryLimits } from "./result.ts";

const DEFAULT_QUERY_LIMITS: QueryLimits = {
  timeLimitMs: 30_000,
  maxRows: 5_000_000,
  maxIncludedRows: 1_000_000,
  maxListValues: 20_000,
  maxAssociations: 40,
  maxFilters: 200,
  stallLimitMs: 60_000,
};

/** Longest time that a timer takes, in ms; with a longer one it would end at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Most that a count may be bounded by: one more is still a whole number. */
const MAX_COUNT = Number.MAX_SAFE_INTEGER - 1;

/**
 * The bounds of a query, with the defaults for those that are not given.
 *
 * @throws {RangeError} If one is no whole number above 0, or a time longer than 24 days.
 */
export function completeLimits(given: Partial<QueryLimits> = {}): QueryLimits {
  const limit = (name: keyof QueryLimits, most: number): number => {
    const value = given[name] ?? DEFAULT_QUERY_LIMITS[name];
    if (Number.isInteger(value) && value > 0 && value <= most) return value;
    throw new RangeError(`Cannot use ${name} ${value}; give a whole number from 1 to ${most}`);
  };
  return {
    timeLimitMs: limit("timeLimitMs", MAX_TIMER_MS),
    maxRows: limit("maxRows", MAX_COUNT),
    maxIncludedRows: limit("maxIncludedRows", MAX_COUNT),
    maxListValues: limit("maxListValues", MAX_COUNT),
    maxAssociations: limit("maxAssociations", MAX_COUNT),
    maxFilters: limit("maxFilters", MAX_COUNT),
    stallLimitMs: limit("stallLimitMs", MAX_TIMER_MS),
  };
}

/** Longest pattern after `$li` and `$il`, in characters: what a pattern costs grows with its length times the text's. */
export const MAX_PATTERN_CHARACTERS = 1000;

/** Rows of the model that are read, and handed on, at once. */
export const BATCH_ROWS = 500;

/** Rows of an answer that names no number (reference §3.4). */
export const DEFAULT_NUM_ROWS = 50;

/** Most columns that one option may name; the database gives rows of 2000. */
export const MAX_OPTION_COLUMNS = 500;

/** Most columns that flat rows may have: the database orders and groups by 2000, those of the order among them. */
export const MAX_FLAT_COLUMNS = 1000;

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
