import { type Api, type ApiOptions, creditOf, sayWaiting, withApiHint } from "./api.ts";
import { type Context, Interrupt } from "./context.ts";
import { UsageError } from "./errors.ts";
import { createRowPrinter } from "./output/create-row-printer.ts";
import { checkFields, type Row } from "./output/fields.ts";
import { note, printable } from "./output/notes.ts";
import { printNumber } from "./output/quantities.ts";
import { roomOf } from "./output/room.ts";
import type { RowFormat } from "./output/row-printer.ts";
import { writeText } from "./output/write-text.ts";

/** Options of every command that prints rows. */
export interface RowOptions<Format extends string = RowFormat> extends ApiOptions {
  /** @default "table" in a terminal, else "tsv" */
  readonly format?: Format | undefined;
  readonly json?: boolean | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly limit?: number | undefined;
}

/** Rows when nothing says how many. */
const DEFAULT_LIMIT = 50;

/**
 * Most rows, `undefined` for all: `--limit`, else 50, or `--all`.
 *
 * @throws {UsageError} If both are given.
 */
export function chooseLimit({
  limit,
  all,
}: Pick<RowOptions, "limit"> & { readonly all?: boolean | undefined }): number | undefined {
  if (all !== true) return limit ?? DEFAULT_LIMIT;
  if (limit === undefined) return undefined;
  throw new UsageError("Cannot use --all with --limit; leave one of them out");
}

/** Some rows of a longer list. */
export interface RowPage {
  readonly rows: readonly Row[];
  /** Number of all rows, where it is known. */
  readonly totalRows?: number | undefined;
}

/** Rows that are all there already. */
export async function* onePage(rows: readonly Row[]): AsyncGenerator<RowPage, void, undefined> {
  yield { rows };
}

/** What was printed. */
export interface Printed {
  readonly rows: number;
  readonly totalRows: number | undefined;
}

/**
 * The format that is meant.
 *
 * @throws {UsageError} If two are.
 */
export function chooseFormat<Format extends string>(
  { format, json }: Pick<RowOptions<Format | "json">, "format" | "json">,
  otherwise: Format,
): Format | "json" {
  if (json !== true) return format ?? otherwise;
  if (format === undefined || format === "json") return "json";
  throw new UsageError(`Cannot print --json and --format ${format} at once; give one of them`);
}

/** The format of rows for who reads standard output: a reader, or a program. */
export function defaultFormat({ stdout }: Context): RowFormat {
  return stdout.isTTY === true ? "table" : "tsv";
}

/** How rows are to be printed. */
export interface PrintPlan {
  readonly format: RowFormat;
  /** The fields that the user chose. */
  readonly fields?: readonly string[] | undefined;
  /** Fields of a table, of tsv and of csv, when the user chose none. */
  readonly columns?: readonly string[] | undefined;
  /** Most rows. */
  readonly limit?: number | undefined;
}

/**
 * Prints rows as their pages come. What is read no further is not asked for.
 *
 * @throws {UsageError} If the first page has not the fields that the user chose; nothing is printed then.
 */
export async function printRows(context: Context, pages: AsyncIterable<RowPage>, plan: PrintPlan): Promise<Printed> {
  const { format, fields, columns, limit = Number.POSITIVE_INFINITY } = plan;
  const isWhole = format === "json" || format === "ndjson";
  const printer = createRowPrinter(format, {
    fields: fields ?? (isWhole ? undefined : columns),
    room: roomOf(context),
    note: (text) => note(context, text),
  });
  // A table is made harmless cell by cell; what goes to programs is theirs as it is.
  const toOutput = (text: string): string => (context.stdout.isTTY === true ? printable(text) : text);
  let count = 0;
  let totalRows: number | undefined;
  try {
    for await (const page of pages) {
      if (count === 0 && fields !== undefined) checkFields(fields, page.rows);
      context.signal.throwIfAborted(); // What is counted is written.
      const rows = page.rows.slice(0, limit - count);
      count += rows.length;
      totalRows = page.totalRows ?? totalRows;
      await writeText(context, toOutput(printer.print(rows)));
      if (count >= limit) break;
    }
    await writeText(context, toOutput(printer.end()));
  } catch (error) {
    if (error instanceof Interrupt && count > 0) noteIncomplete(context, count);
    throw error;
  }
  return { rows: count, totalRows };
}

/** What is in a file by now may pass for all, or be no JSON. */
function noteIncomplete(context: Context, rows: number): void {
  note(context, `interrupted after ${printNumber(rows)} ${rows === 1 ? "row" : "rows"}; the output is not complete`);
}

/** Pages of an API: says what is waited for until the first comes, and adds the way out to a failure. */
export async function* patiently<Page>(
  context: Context,
  api: Api,
  pages: AsyncIterable<Page>,
): AsyncGenerator<Page, void, undefined> {
  const stopWaiting = sayWaiting(context, api);
  try {
    for await (const page of pages) {
      stopWaiting();
      yield page;
    }
  } catch (error) {
    throw withApiHint(error, api);
  } finally {
    stopWaiting();
  }
}

/** Says to a reader whose data these are. A program that takes them in is not to hear it each time. */
export function sayCredit(context: Context, { kind }: Api): void {
  if (context.stdout.isTTY !== true) return;
  // Rows come without the header of their answer; the sample is synthetic by its kind.
  const headers = new Headers(kind === "sample" ? { "x-brainatlas-atlas": "synthetic" } : {});
  context.stderr.write(`credit: ${creditOf(kind, { headers })}\n`);
}
