import { type Api, openApi } from "../api.ts";
import type { Context } from "../context.ts";
import { asUsage, UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { printAnswer } from "../print-answer.ts";
import { boundQuery } from "../rma-query.ts";
import { chooseFormat, chooseLimit, defaultFormat, type RowOptions } from "../rows.ts";
import { chooseStructures } from "../structure-choice.ts";

/** What is measured, of which experiments. */
export interface MeasureOptions extends RowOptions {
  /** Experiments. */
  readonly ids: readonly number[];
  /** Acronyms or ids. */
  readonly structures?: readonly string[] | undefined;
  readonly hemisphere?: readonly string[] | undefined;
  /** The injection site, in place of the rest. */
  readonly injection?: boolean | undefined;
  /** A column of the rows. @default "projection_volume" */
  readonly measure?: string | undefined;
}

/** Options of `brainatlas connectivity unionizes`. */
export interface UnionizesOptions extends MeasureOptions {
  readonly all?: boolean | undefined;
}

const SHOWN = ["projection_volume", "projection_density", "projection_energy"];

/** Prints projections by structure. Returns the exit code. */
export async function run(context: Context, options: UnionizesOptions): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  const limit = chooseLimit(options);
  const { ids, fields, hemisphere = ["both"] } = options;
  const measure = await checkMeasure(options);
  const { unionizes } = await context.load.queries();
  const given = { hemisphere, isInjection: options.injection === true } as Parameters<typeof unionizes.projection>[1];
  asUsage(() => unionizes.projection(ids, given));
  const api = await openApi(context, options);
  const structureIds = await readStructures(context, api, options);
  const query = asUsage(() => unionizes.projection(ids, { ...given, structureIds }))
    .include("structure")
    .orderBy(measure, "desc")
    .orderBy("id");
  const several = ids.length > 1 ? ["section_data_set_id"] : [];
  const others = SHOWN.filter((each) => each !== measure);
  const columns = [...several, "structure.acronym", "structure.name", "hemisphere", measure, ...others];
  const plan = { format, fields, columns, limit, hasAll: true, spread: withHemisphere };
  await printAnswer(context, api, boundQuery(query, limit), plan);
  return EXIT.done;
}

/** By id (reference §4.6). */
const HEMISPHERES: readonly (string | undefined)[] = [undefined, "left", "right", "both"];

/** The row with its hemisphere as `--hemisphere` calls it. */
function withHemisphere(row: unknown): readonly unknown[] {
  // Of an answer, whose column may be missing.
  const { hemisphere_id: id } = row as { readonly hemisphere_id?: unknown };
  return [{ ...(row as object), hemisphere: typeof id === "number" ? (HEMISPHERES[id] ?? null) : null }];
}

/**
 * The column that is meant.
 *
 * @throws {UsageError} If there is none of that name.
 */
export async function checkMeasure({ measure = "projection_volume" }: MeasureOptions): Promise<Measure> {
  const { PROJECTION_PARAMETERS } = await import("@brainatlas/sdk/services");
  const found = PROJECTION_PARAMETERS.find((each) => each === measure);
  if (found !== undefined) return found;
  throw new UsageError(`Cannot use --measure "${measure}"; give one of ${PROJECTION_PARAMETERS.join(", ")}`);
}

export type Measure = typeof import("@brainatlas/sdk/services").PROJECTION_PARAMETERS[number];

async function readStructures(context: Context, api: Api, options: MeasureOptions): Promise<number[] | undefined> {
  if (options.structures === undefined) return undefined;
  return (await chooseStructures(context, api, options)).map(({ id }) => id);
}
