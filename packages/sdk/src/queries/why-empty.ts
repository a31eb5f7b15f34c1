import type { EmptyCheck, TypedQuery } from "../rma/builder-stages.ts";
import { nearest } from "./nearest.ts";

/** Rows that a check looks at. An answer as long as this may lack some, so that nothing can be said of what it does not show. */
export const CHECKED_ROWS = 10;
/** Values that an explanation lists at most. */
const LISTED = 5;

/** A query that a check can bound. */
interface Checkable<Row> extends TypedQuery<Row> {
  limit(rows: number): TypedQuery<Row>;
}

/** A check whose explanation knows the rows of its query. */
export function checkOf<Row>(query: Checkable<Row>, explain: (rows: readonly Row[]) => string | undefined): EmptyCheck {
  // Whoever runs the check passes the rows of its own query.
  return { query: query.limit(CHECKED_ROWS), explain: (rows) => explain(rows as readonly Row[]) };
}

/** A query with a check, where there is one. */
export function explained<Query extends { whenEmpty(check: EmptyCheck): Query }>(
  query: Query,
  check: EmptyCheck | undefined,
): Query {
  return check === undefined ? query : query.whenEmpty(check);
}

/** A check that tells ids of records that are not there: its query asks for the records of these ids. */
export function missingIds(
  what: string,
  ids: readonly number[],
  query: Checkable<{ readonly id: number }>,
  advice: string,
): EmptyCheck {
  return checkOf(query, (rows) => {
    if (rows.length >= CHECKED_ROWS) return undefined;
    const there = new Set(rows.map((row) => row.id));
    const missing = ids.filter((id) => !there.has(id));
    return missing.length === 0 ? undefined : `There is no ${what} ${listed(missing)}; ${advice}`;
  });
}

/** A query for the records of ids, which is also the question that tells those that are not there. */
export function explainedIds<
  Query extends Checkable<{ readonly id: number }> & { whenEmpty(check: EmptyCheck): Query },
>(what: string, ids: readonly number[], query: Query, advice: string): Query {
  return query.whenEmpty(missingIds(what, ids, query, advice));
}

/**
 * A check that tells a name that no record has: its query asks for names that begin like it, in any case of letters. Of more
 * names than one it tells nothing, as the query language has no list of patterns.
 *
 * @param ask Makes the query, from a pattern.
 * @param nameOf Name of a row. @default its `name`
 */
export function missingName<Row extends { readonly name: string | null }>(
  what: string,
  [name, ...others]: readonly string[],
  ask: (pattern: string) => Checkable<Row>,
  advice: string,
  nameOf: (row: Row) => string | null = (row) => row.name,
): EmptyCheck | undefined {
  if (name === undefined || others.length > 0) return undefined;
  const text = name.trim();
  return checkOf(ask(`${text.slice(0, Math.ceil(text.length / 2))}*`), (rows) => {
    const names = rows.flatMap((row) => nameOf(row) ?? []);
    if (names.includes(name) || rows.length >= CHECKED_ROWS) return undefined;
    const meant = nearest(name, names);
    return `There is no ${what} "${name}"; ${meant === undefined ? advice : `give "${meant}"`}`;
  });
}

/** Values in words: quoted where they are text, each once, shortened when they are many. */
export function listed(values: Iterable<unknown>): string {
  const all = [...new Set(values)].filter((value) => value !== null && value !== undefined);
  const shown = all.slice(0, LISTED).map((value) => (typeof value === "string" ? `"${value}"` : String(value)));
  return all.length > LISTED ? `${shown.join(", ")} and ${all.length - LISTED} more` : shown.join(", ");
}
