import { openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { asUsage } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { note } from "../output/notes.ts";
import { chooseFormat, onePage, printRows, sayCredit } from "../rows.ts";
import { checkStructureChoice, chooseStructures } from "../structure-choice.ts";
import { checkMeasure, type MeasureOptions } from "./connectivity-unionizes-run.ts";

/** Options of `brainatlas connectivity matrix`. */
export interface MatrixOptions extends MeasureOptions {
  /** Id or name of a structure set. */
  readonly set?: string | undefined;
}

type HemisphereName = import("@brainatlas/sdk/queries").HemisphereName;

/** Prints a matrix of experiments and structures. Returns the exit code. */
export async function run(context: Context, options: MatrixOptions): Promise<number> {
  const format = chooseFormat(options, context.stdout.isTTY === true ? "table" : "csv");
  checkStructureChoice(options);
  const parameter = await checkMeasure(options);
  const { ids, fields } = options;
  // What is none is refused by the query.
  const hemispheres = (options.hemisphere ?? ["left", "right"]) as HemisphereName[];
  const isInjection = options.injection === true;
  const { unionizes } = await context.load.queries();
  const { projectionMatrix } = await import("@brainatlas/sdk/services");
  asUsage(() => unionizes.projection(ids, { hemisphere: hemispheres, isInjection }));
  const api = await openApi(context, options);
  const structures = await chooseStructures(context, api, options);
  const structureIds = structures.map(({ id }) => id);
  const query = unionizes.projection(ids, { hemisphere: hemispheres, isInjection, structureIds });
  const rows = await waitFor(context, api, () => api.client.rows(query, { signal: context.signal }).all());
  const matrix = projectionMatrix(rows, { dataSetIds: ids, structureIds, hemispheres, parameter, isInjection });
  const acronyms = new Map(structures.map(({ id, acronym }) => [id, acronym]));
  const names = matrix.columns.map(({ structureId, hemisphere }) => `${acronyms.get(structureId)} ${hemisphere}`);
  const printed = matrix.rows.map((experiment, row) => {
    const values = matrix.values.subarray(row * names.length, (row + 1) * names.length);
    if (values.every(Number.isNaN)) note(context, `experiment ${experiment} has no such values`);
    const cells = names.map((name, column): [string, number | null] => [name, orNull(values[column])]);
    return { experiment, ...Object.fromEntries(cells) };
  });
  await printRows(context, onePage(printed), { format, fields });
  sayCredit(context, api);
  return EXIT.done;
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
