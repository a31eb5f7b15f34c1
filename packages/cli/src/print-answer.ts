import type { Rows } from "@brainatlas/sdk";
import type { TypedQuery } from "@brainatlas/sdk/rma";
import type { Api } from "./api.ts";
import type { Context } from "./context.ts";
import { note } from "./output/notes.ts";
import { printNumber } from "./output/quantities.ts";
import { type Printed, type PrintPlan, patiently, printRows, type RowPage, sayCredit } from "./rows.ts";

/** How the answer to a query is to be printed. */
export interface AnswerPlan extends PrintPlan {
  /** Number of the query's first row among all, from 0. */
  readonly startRow?: number | undefined;
  /** Whether the command has `--all`. */
  readonly hasAll?: boolean | undefined;
  /** Says why there are no rows, in place of the query's own check; `undefined` if it does not know. */
  readonly explain?: (() => Promise<string | undefined>) | undefined;
  /** Makes the rows that are printed of one that came, where they are others. */
  readonly spread?: ((row: unknown) => readonly unknown[]) | undefined;
}

/** What was printed of an answer. */
export interface PrintedAnswer extends Printed {
  /** Whether there are no rows, and the reader was told why. */
  readonly isExplained: boolean;
}

/** Prints the rows of a query; beside them whose they are, how many more there are, or why there are none. */
export async function printAnswer(
  context: Context,
  api: Api,
  query: TypedQuery<unknown>,
  plan: AnswerPlan,
): Promise<PrintedAnswer> {
  const rows = api.client.rows(query, { signal: context.signal });
  const printed = await printRows(context, patiently(context, api, spreadPages(rows.pages(), plan.spread)), plan);
  if (printed.rows === 0) {
    const reason = (await plan.explain?.()) ?? (await findReason(rows));
    context.signal.throwIfAborted();
    note(context, reason === undefined ? "no rows" : `no rows: ${reason}`);
    return { ...printed, isExplained: reason !== undefined };
  }
  const rest = describeRest(printed, plan);
  if (rest !== undefined) note(context, rest);
  sayCredit(context, api);
  return { ...printed, isExplained: false };
}

async function* spreadPages(
  pages: AsyncIterable<RowPage>,
  spread: AnswerPlan["spread"],
): AsyncGenerator<RowPage, void, undefined> {
  for await (const page of pages) yield spread === undefined ? page : { rows: page.rows.flatMap(spread) };
}

/** What the rows are of, if they are not all. */
function describeRest({ rows, totalRows }: Printed, plan: AnswerPlan): string | undefined {
  const { startRow = 0, limit, hasAll } = plan;
  if (rows !== limit) return undefined;
  const advice = hasAll === true ? "; --all gives all" : "";
  const noun = rows === 1 ? "row" : "rows";
  if (totalRows === undefined) return `${printNumber(rows)} ${noun}, and there may be more${advice}`;
  if (startRow + rows >= totalRows) return undefined;
  const which = startRow === 0 ? printNumber(rows) : `${printNumber(startRow + 1)} to ${printNumber(startRow + rows)}`;
  return `${which} of ${printNumber(totalRows)} rows${advice}`;
}

/** Why there are no rows, as far as that is known. */
export async function findReason(rows: Rows<unknown>): Promise<string | undefined> {
  // The answer is there, and is none; that nobody tells the reason is no failure.
  const reason = await rows.whyEmpty().catch(() => undefined);
  if (reason === undefined) return undefined;
  // What it advises is often a call of the SDK, which is of no use here.
  const [fact = "", advice = ""] = reason.split("; ");
  return advice === "" || /\w\(|\w: /.test(advice) ? fact : `${fact}; ${advice}`;
}
