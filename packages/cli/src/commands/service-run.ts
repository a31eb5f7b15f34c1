import { type ExpressionAnswer, expressionMatrix, SERVICES, type ServiceEntry } from "@brainatlas/sdk/services";
import { openApi } from "../api.ts";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { type AnswerPlan, printAnswer } from "../print-answer.ts";
import { boundQuery } from "../rma-query.ts";
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
    return await printFacts(context, options, Object.values(SERVICES).map(listed));
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
  const limit = chooseLimit(options);
  const bounded = boundQuery(query, entry.isPaged ? limit : undefined);
  if (options.dryRun === true) {
    context.stdout.write(`${await findUrl(context, api, bounded)}\n`);
    return EXIT.done;
  }
  const plan: AnswerPlan = { format, fields, columns: connectivityColumns(query.toQuery()), limit, hasAll: true };
  const isWhole = format === "json" || format === "ndjson";
  const spread = !entry.isPaged && entry.name !== "text_search" && !isWhole ? spreadExpression : undefined;
  await printAnswer(context, api, bounded, { ...plan, spread });
  return EXIT.done;
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
