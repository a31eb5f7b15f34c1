import { openApi } from "../api.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { printAnswer } from "../print-answer.ts";
import { boundQuery } from "../rma-query.ts";
import { chooseFormat, defaultFormat, type RowOptions } from "../rows.ts";

/** Options of `brainatlas atlases`. */
export type AtlasesOptions = RowOptions;

const COLUMNS = ["id", "name", "image_type", "structure_graph.id", "structure_graph.name"] as const;

/** Lists the atlases. Returns the exit code. */
export async function run(context: Context, options: AtlasesOptions): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  const api = await openApi(context, options);
  const { atlases } = await context.load.queries();
  const query = atlases.all().include("structure_graph").orderBy("id");
  const { fields, limit } = options;
  await printAnswer(context, api, boundQuery(query, limit), { format, fields, columns: COLUMNS, limit });
  return EXIT.done;
}
