import { openApi } from "../api.ts";
import type { Context } from "../context.ts";
import { asUsage } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { printAnswer } from "../print-answer.ts";
import { boundQuery } from "../rma-query.ts";
import { chooseFormat, defaultFormat, type RowOptions } from "../rows.ts";

/** Options of `brainatlas plates`. */
export interface PlatesOptions extends RowOptions {
  /** @default 1 */
  readonly atlas?: number | undefined;
  readonly annotated?: boolean | undefined;
}

/** The adult mouse's, coronal. */
const DEFAULT_ATLAS = 1;
const COLUMNS = ["id", "section_number", "annotated", "resolution", "width", "height"] as const;

/** Lists the plates of an atlas. Returns the exit code. */
export async function run(context: Context, options: PlatesOptions): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  const api = await openApi(context, options);
  const { atlasImages } = await context.load.queries();
  const { atlas = DEFAULT_ATLAS, annotated, fields, limit } = options;
  const query = asUsage(() => (annotated === true ? atlasImages.annotated(atlas) : atlasImages.inAtlas(atlas)));
  await printAnswer(context, api, boundQuery(query, limit), { format, fields, columns: COLUMNS, limit });
  return EXIT.done;
}
