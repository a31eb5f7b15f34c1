import type { Query, TypedQuery } from "@brainatlas/sdk/rma";
import { type Api, openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { note, printable } from "../output/notes.ts";
import { writeText } from "../output/write-text.ts";
import { printAnswer } from "../print-answer.ts";
import { readQueryText } from "../query-text.ts";
import { bareColumn, boundQuery, optionsOf, readQuery, typed, withOptions } from "../rma-query.ts";
import { sayCredit } from "../rows.ts";
import { findUrl } from "../url-of.ts";
import { chooseLimit, chooseTask, type RawFormat, type RmaOptions } from "./rma-task.ts";

/** The sign that every operator begins with, as it is and in a URL. */
const HAS_OPERATOR = /\$|%24/;

/** Asks a query. Returns the exit code. */
export async function run(context: Context, options: RmaOptions): Promise<number> {
  const task = chooseTask(context, options);
  const text = await readQueryText(context, options);
  const rma = await context.load.rma();
  const query = hintLostOperators(options.query, () => readQuery(rma, text, options.model));
  noteLostOperators(context, options.query, query);
  const limit = chooseLimit(options, query);
  const api = await openApi(context, options);
  if (task.kind === "raw") {
    const page = typed(rma, withOptions(query, { numRows: limit ?? "all" }));
    if (options.dryRun === true) return await printUrl(context, api, page, task.format);
    return await printRaw(context, api, page, task.format);
  }
  const bounded = boundQuery(typed(rma, query), limit);
  if (options.dryRun === true) return await printUrl(context, api, bounded);
  if (task.kind === "count") return await printCount(context, api, bounded);
  const { fields } = options;
  const { startRow } = optionsOf(query);
  await printAnswer(context, api, bounded, { format: task.format, fields, limit, startRow, hasAll: true });
  return EXIT.done;
}

/** A shell that takes `$eq` for a variable leaves `[name'value']` of `[name$eq'value']`, which no query has. */
function hintLostOperators<T>(argument: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const isLost = argument !== undefined && !HAS_OPERATOR.test(argument) && /\[[\w.]+["']/.test(argument);
    if (!isLost || !(error instanceof UsageError)) throw error;
    throw new UsageError(error.message, {
      cause: error.cause,
      hint: "did the shell take $eq or the like for a variable? Put the query in single quotes",
    });
  }
}

/** A shell that takes `$eq1` for a variable leaves `[id]` of `[id$eq1]`: another question, and no wrong one. */
function noteLostOperators(context: Context, argument: string | undefined, query: Query): void {
  if (argument === undefined || argument === "-" || HAS_OPERATOR.test(argument)) return;
  const bare = bareColumn(query);
  if (bare === undefined) return;
  note(
    context,
    `[${bare}] asks for rows that have any ${bare}; if an operator was meant, put the query in single quotes`,
  );
}

async function printUrl(context: Context, api: Api, query: TypedQuery<unknown>, format?: RawFormat): Promise<number> {
  context.stdout.write(`${await findUrl(context, api, query, format)}\n`);
  return EXIT.done;
}

async function printCount(context: Context, api: Api, query: TypedQuery<unknown>): Promise<number> {
  const count = await waitFor(context, api, () => api.client.rows(query, { signal: context.signal }).count());
  context.stdout.write(`${count}\n`);
  return EXIT.done;
}

/** Prints the service's own answer as it is. It may say that the query failed, with status 200 (reference §3.6). */
async function printRaw(context: Context, api: Api, query: TypedQuery<unknown>, format: RawFormat): Promise<number> {
  const response = await waitFor(context, api, () => api.client.query(query, { format, signal: context.signal }));
  const text = response.text();
  await writeText(context, context.stdout.isTTY === true ? endLine(printable(text)) : response.bytes());
  if (!/^[^[]{0,200}\bsuccess["']?\s*[=:]\s*["']?false/.test(text)) {
    sayCredit(context, api);
    return EXIT.done;
  }
  context.stderr.write("error: The service refuses the query; its answer says why\n");
  return EXIT.failed;
}

function endLine(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
