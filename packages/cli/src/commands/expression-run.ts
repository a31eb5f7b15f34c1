import { type Api, creditOf, openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { type DataSetChoice, findDataSet } from "../gene-data-set.ts";
import type { Bar, BarChart } from "../output/bar-chart.ts";
import { note } from "../output/notes.ts";
import { openPlot, type Plot } from "../plot-file.ts";
import { chooseFormat, defaultFormat, onePage, printRows, type RowOptions, sayCredit } from "../rows.ts";
import { type ChosenStructure, checkStructureChoice, chooseStructures } from "../structure-choice.ts";

/** Options of `brainatlas expression`. */
export interface ExpressionOptions extends RowOptions, DataSetChoice {
  /** Acronyms or ids. */
  readonly structures?: readonly string[] | undefined;
  /** Id or name of a structure set. */
  readonly set?: string | undefined;
  /** @default "energy" */
  readonly measure?: "energy" | "density" | undefined;
  /** File of the picture. */
  readonly plot?: string | undefined;
}

/** Expression in a structure. */
type Value = Awaited<ReturnType<typeof fetchValues>>[number];

/** What is measured, as a column of the rows. */
type Column = (typeof COLUMNS)[number];

/** Prints the expression of a gene by structure. Returns the exit code. */
export async function run(context: Context, options: ExpressionOptions): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  const { measure = "energy", fields, limit } = options;
  checkStructureChoice(options);
  const plot = options.plot === undefined ? undefined : await openPlot(context, options.plot);
  const api = await openApi(context, options);
  const dataSet = await findDataSet(context, api, options);
  const structures = await chooseStructures(context, api, options);
  const column = `expression_${measure}` as const;
  const values = await waitFor(context, api, () => fetchValues(context, api, dataSet.id, structures));
  const sorted = sortValues(values, column).slice(0, limit);
  if (sorted.length === 0) {
    note(context, `no rows: data set ${dataSet.id} has no expression values of these structures`);
    return EXIT.done;
  }
  const others = COLUMNS.filter((each) => each !== column);
  const columns = ["structure.acronym", "structure.name", column, ...others, "structure_id"];
  await printRows(context, onePage(sorted), { format, fields, columns });
  if (plot !== undefined) {
    const bars = toBars(sorted.slice(0, MAX_BARS), structures, column);
    if (bars.length < sorted.length) note(context, `the picture shows the first ${bars.length} structures`);
    await drawBars(context, plot, { ...dataSet.heading, axis: AXES[measure], credit: `Data: ${credit(api)}`, bars });
  }
  sayCredit(context, api);
  return EXIT.done;
}

const COLUMNS = ["expression_energy", "expression_density"] as const;
/** Bars of a picture: more would make it longer than some programs show. */
const MAX_BARS = 200;
const SYNTHETIC = { "x-brainatlas-atlas": "synthetic" };

async function fetchValues(
  context: Context,
  { client }: Api,
  dataSetId: number,
  structures: readonly ChosenStructure[],
) {
  const { unionizes } = await context.load.queries();
  const structureIds = structures.map(({ id }) => id);
  const query = unionizes.expression(dataSetId, { structureIds }).include("structure");
  return await client.rows(query, { signal: context.signal }).all();
}

/** Strongest first; what has no value is last. */
function sortValues(values: readonly Value[], column: Column): Value[] {
  return values.toSorted((one, other) => (other[column] ?? -1) - (one[column] ?? -1));
}

function toBars(values: readonly Value[], structures: readonly ChosenStructure[], column: Column): Bar[] {
  const byId = new Map(structures.map((each) => [each.id, each]));
  return values.map((value) => {
    const { acronym = String(value.structure_id), name = "", color = "" } = byId.get(value.structure_id ?? 0) ?? {};
    return { label: acronym, name, color, value: value[column] };
  });
}

const AXES = {
  energy: "Expression energy: intensity of expressing pixels, over all pixels",
  density: "Expression density: share of expressing pixels",
} as const;

/** Rows come without the header of their answer; the sample is synthetic by its kind. */
function credit({ kind }: Api): string {
  return creditOf(kind, { headers: new Headers(kind === "sample" ? SYNTHETIC : {}) });
}

async function drawBars(context: Context, plot: Plot, chart: BarChart): Promise<void> {
  const { printBarChart } = await import("../output/bar-chart.ts");
  await plot.write(printBarChart(chart));
  note(context, `wrote ${plot.shown}`);
}
