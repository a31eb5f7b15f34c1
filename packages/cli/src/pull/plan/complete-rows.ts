import type { BrainAtlas } from "@brainatlas/sdk";
import type { Query, Term, TypedQuery } from "@brainatlas/sdk/rma";
import { SCHEMA } from "@brainatlas/sdk/rma/schema";
import { HintedError } from "../../errors.ts";
import { printNumber } from "../../output/quantities.ts";
import { withOptions } from "../../rma-query.ts";
import { idOf, type PlanRow } from "./row-values.ts";

/** Most rows that are held for one query: a plan is made in memory. */
export const MAX_ROWS = 1_000_000;

/**
 * The rows of a query, complete and each once.
 *
 * Where fewer come than were promised, they are counted once more without what is included: with joins the API counts too high
 * (reference §3.6).
 *
 * @throws {HintedError} If the API keeps some of the rows that it promised to itself, or promises more than can be held.
 * @throws {Error} If a row is none.
 */
export async function completeRows(
  client: BrainAtlas,
  query: TypedQuery<unknown>,
  signal: AbortSignal,
): Promise<readonly PlanRow[]> {
  const { maxRows = Number.POSITIVE_INFINITY } = query;
  const rows: PlanRow[] = [];
  const needsId = hasIds(query.toQuery());
  let promised = 0;
  for await (const page of client.rows(query, { signal }).pages()) {
    if (page.totalRows !== undefined) promised = Math.max(promised, page.totalRows - startRowOf(query.toQuery()));
    for (const row of page.rows) rows.push(checkRow(row, query, needsId));
    refuseTooMany(Math.min(maxRows, Math.max(promised, rows.length)), query);
  }
  if (rows.length > 0 && rows.length >= Math.min(promised, maxRows)) return rows;
  const counted = Math.min((await countPlain(client, query, signal)) ?? promised, maxRows);
  if (rows.length >= counted) return rows;
  const failure = new Error(
    `Cannot plan with a part of the rows: ${printNumber(counted)} were promised of "${query}", and ${printNumber(rows.length)} came`,
  );
  throw new HintedError(failure, "ask again later: the data may be changing, or the API may not be well");
}

function refuseTooMany(count: number, query: TypedQuery<unknown>): void {
  if (count <= MAX_ROWS) return;
  const failure = new Error(
    `Cannot plan with ${printNumber(count)} rows of "${query}": at most ${printNumber(MAX_ROWS)} are held at once`,
  );
  throw new HintedError(failure, "ask for fewer, in several pulls");
}

/** Without its id a row cannot be kept, nor told from others. */
function checkRow(row: unknown, query: TypedQuery<unknown>, needsId: boolean): PlanRow {
  const isObject = typeof row === "object" && row !== null && !Array.isArray(row);
  if (isObject && !(needsId && idOf(row as PlanRow) === undefined)) return row as PlanRow; // An object, as any may be.
  const shown = JSON.stringify(row)?.slice(0, 60);
  throw new Error(`Cannot use the rows of "${query}": one is ${shown}, ${isObject ? "without an id" : "and no row"}`);
}

/** A few models have no ids, and a query may ask for other columns. */
function hasIds({ stages }: Query): boolean {
  const last = stages.at(-1);
  if (last?.kind !== "model" || last.options.only !== undefined || last.options.except !== undefined) return false;
  return "id" in (SCHEMA[last.model]?.attributes ?? {});
}

/** The number of matches, asked for without what is included; `undefined` where the API does not say it. */
async function countPlain(
  client: BrainAtlas,
  query: TypedQuery<unknown>,
  signal: AbortSignal,
): Promise<number | undefined> {
  const whole = query.toQuery();
  const plain = withoutIncludes(withOptions(whole, { numRows: 1, startRow: undefined, order: undefined }));
  const response = await client.query({ ...query, toQuery: () => plain, toString: () => String(query) }, { signal });
  const { total_rows: total } = response.json() as { total_rows?: unknown };
  return Number.isSafeInteger(total) ? Math.max(0, (total as number) - startRowOf(whole)) : undefined;
}

/** A filter within an include counts for the rows themselves (reference §3.4), so that it stays. */
function withoutIncludes(query: Query): Query {
  const last = query.stages.at(-1);
  if (last?.kind !== "model") return query;
  const plain = { ...last, include: last.include.filter(hasFilters) };
  return { stages: [...query.stages.slice(0, -1), plain] };
}

function hasFilters(term: Term): boolean {
  return term.filters.length > 0 || (term.kind === "association" && term.terms.some(hasFilters));
}

function startRowOf({ stages }: Query): number {
  const last = stages.at(-1);
  return last?.kind === "model" ? (last.options.startRow ?? 0) : 0;
}
