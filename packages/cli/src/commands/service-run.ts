import type { Query } from "@brainatlas/sdk/rma";
import { type ExpressionAnswer, expressionMatrix, SERVICES, type ServiceEntry } from "@brainatlas/sdk/services";
import { openApi } from "../api.ts";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { note } from "../output/notes.ts";
import { roomOf } from "../output/room.ts";
import { type AnswerPlan, printAnswer } from "../print-answer.ts";
import { boundQuery, optionsOf } from "../rma-query.ts";
import { chooseFormat, chooseLimit, defaultFormat, onePage, printRows, type RowOptions } from "../rows.ts";
import { connectivityColumns } from "../service-columns.ts";
import { describeType, findService, readServiceQuery } from "../service-parameters.ts";
import { findUrl } from "../url-of.ts";

/** Options of `brainatlas service`. */
export interface ServiceOptions extends RowOptions {
  readonly words: readonly string[];
  readonly list?: boolean | undefined;
  readonly all?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Runs a service, or says what there is. Returns the exit code. */
export async function run(context: Context, options: ServiceOptions): Promise<number> {
  const [first, second, ...others] = options.words;
  if (options.list === true) {
    if (first !== undefined) throw new UsageError(`Cannot use --list with "${first}"; leave one of them out`);
    return await printList(context, options);
  }
  if (first === undefined) {
    throw new UsageError('Cannot ask without a service; give its name; "brainatlas service --list" lists them');
  }
  if (first !== "describe") return await ask(context, options, findService(first), options.words.slice(1));
  if (second === undefined || others.length > 0)
    throw new UsageError("Cannot describe that; give one name of a service");
  return await printFacts(context, options, findService(second).parameters.map(described));
}

async function ask(
  context: Context,
  options: ServiceOptions,
  entry: ServiceEntry,
  words: readonly string[],
): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  const query = readServiceQuery(entry, words);
  const api = await openApi(context, options);
  const { fields } = options;
  const limit = limitOf(options, query.toQuery());
  const bounded = boundQuery(query, entry.isPaged ? limit : undefined);
  if (options.dryRun === true) {
    context.stdout.write(`${await findUrl(context, api, bounded)}\n`);
    return EXIT.done;
  }
  const plan: AnswerPlan = {
    format,
    fields,
    columns: connectivityColumns(query.toQuery()),

    limit,
    hasAll: true,
  };
  const isWhole = format === "json" || format === "ndjson";
  const spread = !entry.isPaged && entry.name !== "text_search" && !isWhole ? spreadExpression : undefined;
  await printAnswer(context, api, bounded, { ...plan, spread });
  return EXIT.done;
}

/** Most rows: the service's own parameter says it where it is given, which only gives pages otherwise. */
function limitOf(options: ServiceOptions, query: Query): number | undefined {
  const { numRows } = optionsOf(query);
  if (typeof numRows !== "number") return chooseLimit(options);
  const other = options.limit !== undefined ? "--limit" : options.all === true ? "--all" : undefined;
  if (other === undefined) return numRows;
  throw new UsageError(`Cannot use num_rows with ${other}; leave one of them out`);
}

/** A row for each probe and sample of an answer. */
function spreadExpression(answer: unknown): Record<string, unknown>[] {
  // What is no such answer is refused by its reader.
  const { probes, samples, levels, zScores } = expressionMatrix(answer as ExpressionAnswer);
  return probes.flatMap((probe, row) =>
    samples.map(({ donor, sample, structure }, column) => {
      const at = row * samples.length + column;
      return {
        probe: probe.id,
        gene: probe["gene-symbol"],
        donor: donor?.name,
        well: sample?.well,
        structure: structure?.abbreviation,
        "structure-name": structure?.name,
        expression_level: levels[at],
        "z-score": zScores?.[at],
      };
    }),
  );
}

/** Narrower terminals have no room for the names and the kinds of their answers. */
const LIST_ROOM = 62;

/** The services: in a terminal their names, which are to be typed, whole; their parameters are for `describe`. */
async function printList(context: Context, options: ServiceOptions): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  const room = roomOf(context);
  const isNarrow = format === "table" && room !== Number.POSITIVE_INFINITY && options.fields === undefined;
  const columns = !isNarrow ? undefined : room < LIST_ROOM ? ["service"] : ["service", "answer"];
  const rows = Object.values(SERVICES).map(listed);
  await printRows(context, onePage(rows), { format, fields: options.fields, columns, limit: options.limit });
  if (isNarrow) note(context, '"brainatlas service describe NAME" lists the parameters of one');
  return EXIT.done;
}

async function printFacts(context: Context, options: ServiceOptions, rows: readonly object[]): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  await printRows(context, onePage(rows), { format, fields: options.fields, limit: options.limit });
  return EXIT.done;
}

function listed({ name, parameters, isPaged }: ServiceEntry): object {
  const own = parameters.filter((each) => each.name !== "start_row" && each.name !== "num_rows");
  const names = own.map((each) => (each.isRequired ? each.name : `[${each.name}]`));
  const answer = isPaged ? "rows" : name === "text_search" ? "unknown" : "probes and samples";
  return { service: name, answer, parameters: names.join(" ") };
}

function described(parameter: ServiceEntry["parameters"][number]): object {
  const { name, isRequired, default: given = "" } = parameter;
  return { parameter: name, required: isRequired ? "yes" : "no", type: describeType(parameter), default: given };
}
