import type { Query } from "@brainatlas/sdk/rma";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import type { RowFormat } from "../output/row-printer.ts";
import type { QueryPlace } from "../query-text.ts";
import { optionsOf } from "../rma-query.ts";
import { chooseFormat, defaultFormat, type RowOptions } from "../rows.ts";

/** Options of `brainatlas rma`. */
export interface RmaOptions extends RowOptions<RowFormat | "xml">, QueryPlace {
  readonly model?: string | undefined;
  readonly all?: boolean | undefined;
  readonly count?: boolean | undefined;
  readonly raw?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Forms of the service's own answer. */
export type RawFormat = "json" | "csv" | "xml";

/** What is to be printed of the answer. */
export type RmaTask =
  | { readonly kind: "rows"; readonly format: RowFormat }
  /** The service's own answer. */
  | { readonly kind: "raw"; readonly format: RawFormat }
  | { readonly kind: "count" };

/** Rows when nothing says how many; the service's own default. */
const DEFAULT_LIMIT = 50;

/**
 * What the options ask for.
 *
 * @throws {UsageError} If they contradict each other.
 */
export function chooseTask(context: Context, options: RmaOptions): RmaTask {
  refuseWith(options, "count", ["format", "json", "fields", "raw", "limit", "all"]);
  refuseWith(options, "all", ["limit"]);
  if (options.count === true) return { kind: "count" };
  const format = chooseFormat(options, options.raw === true ? "json" : defaultFormat(context));
  if (format !== "xml" && options.raw !== true) return { kind: "rows", format };
  if (options.fields !== undefined) {
    throw new UsageError(
      "Cannot choose --fields of the service's own answer; add rma::options[only$eq'…'] to the query",
    );
  }
  if (format === "xml" || format === "json" || format === "csv") return { kind: "raw", format };
  throw new UsageError(`Cannot print --raw as ${format}; give --format json, csv or xml`);
}

/** Most rows, `undefined` for all: `--limit` or `--all`, else what the query itself says, else 50. */
export function chooseLimit({ limit, all }: RmaOptions, query: Query): number | undefined {
  if (all === true) return undefined;
  const { numRows = DEFAULT_LIMIT } = optionsOf(query);
  return limit ?? (numRows === "all" ? undefined : numRows);
}

function refuseWith(options: RmaOptions, name: "count" | "all", others: readonly (keyof RmaOptions)[]): void {
  if (options[name] !== true) return;
  const other = others.find((each) => options[each] !== undefined);
  if (other !== undefined) throw new UsageError(`Cannot use --${name} with --${other}; leave one of them out`);
}
