import * as rmaModule from "@brainatlas/sdk/rma";
import { type ModelStage, printRma, type Query, type TypedQuery } from "@brainatlas/sdk/rma";
import type { Api } from "../../api.ts";
import { UsageError } from "../../errors.ts";
import { boundQuery, optionsOf, readQuery, typed, withOptions } from "../../rma-query.ts";
import type { PullPlan } from "../plan.ts";
import { askRecords, together, withRows } from "./ask-records.ts";
import { nameByMark } from "./plan-name.ts";
import { isSynthetic } from "./synthetic.ts";

/** How much of a query's answer is wanted. */
export interface RmaPlanOptions {
  /** Most rows. @default what the query itself says, else all */
  readonly limit?: number | undefined;
}

/**
 * Plans the rows of a query, all pages of them. They are records: what a service computes, and columns of several tables in one row, are none.
 *
 * @param text A query as RMA, one that begins with its model, or a URL.
 * @throws {UsageError} If it is none, or its answer is no records.
 * @example (await planRma(api, "Structure[acronym$eq'TH']", {}, signal)).records[0]?.name // → "structures"
 */
export async function planRma(api: Api, text: string, options: RmaPlanOptions, signal: AbortSignal): Promise<PullPlan> {
  const query = readQuery(rmaModule, text, undefined);
  const stage = checkAnswer(query);
  const { numRows } = optionsOf(query);
  const limit = options.limit ?? (typeof numRows === "number" ? numRows : undefined);
  const paged = withOptions(query, { numRows: undefined, count: undefined, debug: undefined });
  const bounded: TypedQuery<unknown> = boundQuery(typed(rmaModule, paged), limit);
  const name = recordsName(stage.model);
  const [records, synthetic] = await together(signal, (both) =>
    Promise.all([askRecords(api, name, bounded, both), isSynthetic(api, both)]),
  );
  return {
    title: printRma(paged).slice(0, 200),
    name: nameByMark("rma", [printRma(paged), limit ?? null]),
    things: [],
    records: withRows(records),
    notes: notesOn(stage, records.rows.length, limit),
    isSynthetic: synthetic,
  };
}

function notesOn({ options: { only, except } }: ModelStage, rows: number, limit: number | undefined): string[] {
  const notes: string[] = [];
  if (rows === 0) notes.push("the query finds no rows");
  if (limit !== undefined && rows === limit) notes.push(`there may be more rows: at most ${limit} were asked for`);
  if (only !== undefined || except !== undefined) notes.push("the rows have some of their columns alone, as was asked");
  return notes;
}

function checkAnswer({ stages }: Query): ModelStage {
  const last = stages.at(-1);
  if (last?.kind !== "model") {
    throw new UsageError(
      'Cannot pull what a service computes: it is no records, which others could be answered from; "brainatlas rma" or "service" saves the answer',
    );
  }
  if (last.options.tabular !== undefined) {
    throw new UsageError(
      'Cannot pull tabular rows, whose columns are of several records; ask with rma::include, or save them with "brainatlas rma --format csv"',
    );
  }
  if (!/^[A-Z][A-Za-z0-9]{0,79}$/.test(last.model))
    throw new UsageError(`Cannot pull rows of ${JSON.stringify(last.model)}: it is no model`);
  return last;
}

/**
 * Name of the files of a model's rows: its plural, as the API writes it.
 *
 * @example recordsName("GeneAlias") // → "gene_aliases"
 */
export function recordsName(model: string): string {
  const name = model.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
