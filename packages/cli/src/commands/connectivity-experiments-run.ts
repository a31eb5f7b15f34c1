import { openApi } from "../api.ts";
import type { Context } from "../context.ts";
import { asUsage, UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { printAnswer } from "../print-answer.ts";
import { boundQuery } from "../rma-query.ts";
import { chooseFormat, chooseLimit, defaultFormat } from "../rows.ts";
import { type ExperimentsOptions, noteUnknownLines, readPlaces } from "./experiment-filter.ts";

type Filter = NonNullable<Parameters<QueriesModule["connectivity"]["experiments"]>[0]>;
type QueriesModule = typeof import("@brainatlas/sdk/queries");

const COLUMNS = [
  "data_set_id",
  "structure_abbrev",
  "injection_volume",
  "injection_x",
  "injection_y",
  "injection_z",
  "transgenic_line.name",
  "name",
] as const;

/** Lists experiments. Returns the exit code. */
export async function run(context: Context, options: ExperimentsOptions): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  const limit = chooseLimit(options);
  if (options.below === true && options.structure === undefined) {
    throw new UsageError("Cannot use --below without --structure; give one");
  }
  const { connectivity } = await context.load.queries();
  const { id, line, strain, product, fields } = options;
  // What is no id is refused by the query.
  const given = { ids: id, transgenicLine: line, strain, productIds: product } as Filter;
  asUsage(() => connectivity.experiments(given));
  const api = await openApi(context, options);
  const places = await readPlaces(context, options);
  const query = asUsage(() => connectivity.experiments({ ...given, ...places.filter }));
  // The query's own reason leads to a service; here an option goes there.
  const reason = `no injection has its center in ${options.structure?.join(", ")} itself; add --below for what lies in it`;
  const explain = places.hasOthersBelow ? async () => reason : undefined;
  const plan = { format, fields, columns: COLUMNS, limit, hasAll: true, explain };
  await printAnswer(context, api, boundQuery(query, limit), plan);
  if (line !== undefined) await noteUnknownLines(context, api, line);
  return EXIT.done;
}
