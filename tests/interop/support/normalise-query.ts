import type { Filter, ModelStage, Options, Query, Stage, Term, Value } from "@brainatlas/sdk/rma";

/**
 * A query without what may be written in more than one way:
 *
 * - conditions on one model are one set, in no order: `[a][b]`, `[b],[a]`;
 * - terms of criteria and of includes are in no order;
 * - `$in` of one value is `$eq`;
 * - values are their text: `'1'` and `1`, `'false'` and `false`, `0.010000` and `0.01`;
 * - the table in front of a column is left out;
 * - `num_rows`, `start_row` and `count` are left out: our `Rows` sets them page by page;
 * - an order by `id` at the end is left out: our `Rows` adds it where rows would have no order.
 */
export function normaliseQuery({ stages }: Query): NormalQuery {
  return { stages: stages.map(normaliseStage), orders: stages.map(orderOf) };
}

/** A query in its normal form. */
export interface NormalQuery {
  readonly stages: readonly unknown[];
  /** Columns that each stage orders by. */
  readonly orders: readonly (readonly string[])[];
}

function normaliseStage(stage: Stage): unknown {
  if (stage.kind === "service") return { service: stage.service, filters: normaliseFilters(stage.filters) };
  if (stage.kind === "pipe") return { pipe: stage.pipe, filters: normaliseFilters(stage.filters) };
  return normaliseModel(stage);
}

function normaliseModel({ model, criteria, include, options }: ModelStage): unknown {
  return {
    model,
    criteria: normaliseTerms(criteria),
    include: normaliseTerms(include),
    ...normaliseOptions(options),
  };
}

function normaliseTerms(terms: readonly Term[]): { filters: unknown; associations: unknown } {
  const filters = terms.flatMap((term) => (term.kind === "filters" ? term.filters : []));
  const associations = terms.flatMap((term) =>
    term.kind === "association" ? [{ name: term.name, ...withOwn(term.filters, term.terms) }] : [],
  );
  return { filters: normaliseFilters(filters), associations: sorted(associations) };
}

/** `a[b](c)` and `a([b],c)` are one. */
function withOwn(filters: readonly Filter[], terms: readonly Term[]): object {
  return normaliseTerms([{ kind: "filters", filters }, ...terms]);
}

function normaliseFilters(filters: readonly Filter[]): unknown {
  return sorted(
    filters.map(({ column, operator, values }) => ({
      column: lastName(column),
      operator: operator === "in" && values.length === 1 ? "eq" : operator,
      values: operator === "in" ? values.map(textOf).sort() : values.map(textOf),
    })),
  );
}

function textOf(value: Value): string {
  if (value.kind === "variable") return `$${value.name}`;
  const text = value.kind === "string" ? value.value : value.text;
  return text !== "" && Number.isFinite(Number(text)) ? String(Number(text)) : text;
}

function normaliseOptions({ only, except, tabular }: Options): object {
  return { only: only?.map(lastName).sort(), except, tabular };
}

function orderOf(stage: Stage): string[] {
  const order = stage.kind === "model" ? (stage.options.order ?? []) : [];
  const keys = order.map(({ column, descending }) => `${lastName(column)}${descending ? " descending" : ""}`);
  while (keys.at(-1) === "id") keys.pop();
  return keys;
}

function lastName(column: string): string {
  return column.slice(column.lastIndexOf(".") + 1);
}

function sorted<T>(values: readonly T[]): T[] {
  return [...values].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
