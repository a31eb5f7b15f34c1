import type { ModelStage, Options, Query, Term, TypedQuery } from "@brainatlas/sdk/rma";
import { asUsage, UsageError } from "./errors.ts";

/** The SDK's module of that name, which is loaded when it is needed. */
export type RmaModule = typeof import("@brainatlas/sdk/rma");

/**
 * Reads a query in any of the ways that a user has it: whole, beginning with its model, as a URL, or as the criteria of a model.
 *
 * @throws {UsageError} If it cannot be read, with the place.
 */
export function readQuery(rma: RmaModule, text: string | undefined, model: string | undefined): Query {
  return asUsage(() => {
    const query = readAny(rma, text, model);
    rma.printRma(query); // What is read can be printed, but for a model's name that comes from elsewhere.
    return query;
  });
}

function readAny(rma: RmaModule, text: string | undefined, model: string | undefined): Query {
  if (model !== undefined) return readCriteria(rma, text ?? "", model);
  if (text === undefined) throw new UsageError("Cannot ask without a query; give one, or --model, or --file");
  return /^\s*https?:\/\//i.test(text) ? readUrl(rma, text.trim()) : rma.parseRma(withAxis(text));
}

/** A query as the client takes it. */
export function typed(rma: RmaModule, query: Query): TypedQuery<unknown> {
  return { toQuery: () => query, toString: () => rma.printRma(query), maxRows: undefined };
}

/** A query with at most so many rows; `undefined` for all. */
export function boundQuery<Row>(query: TypedQuery<Row>, limit: number | undefined): TypedQuery<Row> {
  if (limit === undefined) return query;
  return {
    toQuery: () => query.toQuery(),
    toString: () => query.toString(),
    maxRows: limit,
    emptyCheck: query.emptyCheck,
  };
}

/** A query whose last stage has these options too; a service has none. */
export function withOptions(query: Query, options: Options): Query {
  const last = query.stages.at(-1);
  if (last?.kind !== "model") return query;
  const changed: ModelStage = { ...last, options: { ...last.options, ...options } };
  return { stages: [...query.stages.slice(0, -1), changed] };
}

/** The options of the stage that gives the answer; a service has its page among its parameters. */
export function optionsOf({ stages }: Query): Options {
  const last = stages.at(-1);
  if (last?.kind !== "service") return last?.kind === "model" ? last.options : {};
  const countOf = (name: string): number | undefined => {
    const [value] = last.filters.find(({ column }) => column === name)?.values ?? [];
    const count = value?.kind === "number" ? Number(value.text) : Number.NaN;
    return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
  };
  return { startRow: countOf("start_row"), numRows: countOf("num_rows") };
}

/** The first column that a query asks to have a value, whatever it is. */
export function bareColumn({ stages }: Query): string | undefined {
  const columnOf = (term: Term): string | undefined => {
    const own = term.filters.find(({ operator }) => operator === undefined)?.column;
    return own ?? (term.kind === "association" ? firstOf(term.terms, columnOf) : undefined);
  };
  return firstOf(stages, (stage) => (stage.kind === "model" ? firstOf(stage.criteria, columnOf) : undefined));
}

function firstOf<T, Found>(all: readonly T[], find: (each: T) => Found | undefined): Found | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `Structure[…]` for `model::Structure[…]`. */
function withAxis(text: string): string {
  return /^\s*[A-Z]\w*\s*(?:[[,]|$)/.test(text) ? `model::${text.trimStart()}` : text;
}

function readCriteria(rma: RmaModule, text: string, model: string): Query {
  if (/^\s*(?:model|service|pipe)::/.test(text)) {
    throw new UsageError("Cannot use --model with a query that names its own; leave one of them out");
  }
  return { stages: [{ kind: "model", model, ...rma.parseClauses(text, "criteria") }] };
}

/** The query of a URL: in its parameters, and with the model and the id in its path where they are (reference §3.1). */
function readUrl(rma: RmaModule, text: string): Query {
  const url = new URL(text);
  const [, model, id] = /\/data\/([A-Z]\w*)(?:\/(\d+))?(?:\/query)?(?:\.\w+)?$/.exec(url.pathname) ?? [];
  if (model !== undefined) {
    return rma.parseRmaRequest(url.searchParams, { model, id: id === undefined ? undefined : Number(id) });
  }
  if (!["criteria", "q", "include"].some((name) => url.searchParams.get(name))) {
    throw new UsageError("Cannot ask without a query: this URL holds no query");
  }
  return rma.parseRmaRequest(url.searchParams);
}
