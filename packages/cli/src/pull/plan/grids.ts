import type { BrainAtlas, VolumeFile } from "@brainatlas/sdk";
import {
  type ExpressionVolume,
  PROJECTION_IMAGES,
  type ProjectionVolume,
  type ResolutionUm,
} from "@brainatlas/sdk/volume";
import type { Api } from "../../api.ts";
import { asUsage } from "../../errors.ts";
import type { PullAsset, PullPlan } from "../plan.ts";
import { together, withRows } from "./ask-records.ts";
import { askDataSets, isConnectivity } from "./data-sets.ts";
import { nameByIds } from "./plan-name.ts";
import { distinct, idOf, type PlanRow, rowsIn } from "./row-values.ts";
import { isSynthetic } from "./synthetic.ts";
import { ThingList } from "./thing-list.ts";

/** Which grids are wanted. */
export interface GridPlanOptions {
  /** Volumes of an expression experiment. @default the service's own choice: energy, with the record of the data set */
  readonly include?: readonly string[] | undefined;
  /** Volumes of a connectivity experiment. @default projection_density */
  readonly projection?: readonly string[] | undefined;
  /** Edge of a voxel of a connectivity experiment, in µm. @default 100 */
  readonly resolution?: number | undefined;
}

type GridFile = Extract<VolumeFile, { kind: "expression-grid" | "projection-grid" }>;

/**
 * Plans the grids of experiments with the rows of those: volumes of projection of the connectivity atlas's, else the zip of expression.
 *
 * @param ids SectionDataSet ids.
 * @throws {UsageError} If an id, a volume or the resolution can be none.
 * @throws {HintedError} If the API has none of the data sets.
 * @example (await planGrids(api, [69289763], {}, signal)).things[0]?.name // → "grids/69289763.zip"
 */
export async function planGrids(
  api: Api,
  ids: readonly number[],
  options: GridPlanOptions,
  signal: AbortSignal,
): Promise<PullPlan> {
  const wanted = distinct(ids);
  // What the client refuses, it refuses before anything is sent.
  for (const file of [...expressionFiles(1, options), ...projectionFiles(1, options)]) assetOf(api.client, file);
  const [sets, synthetic] = await together(signal, (both) =>
    Promise.all([askDataSets(api, wanted, both), isSynthetic(api, both)]),
  );
  const rows = new Map(sets.rows.map((row) => [idOf(row), row]));
  const list = new ThingList();
  const kinds = new Set<GridFile["kind"]>();
  for (const id of wanted.filter((each) => rows.has(each))) {
    for (const file of filesOf(rows.get(id) ?? {}, id, options)) {
      kinds.add(file.kind);
      list.add(assetOf(api.client, file));
    }
  }
  return {
    title: wanted.length === 1 ? `grids of data set ${wanted[0]}` : `grids of ${wanted.length} data sets`,
    name: nameByIds("grids", wanted),
    things: list.things,
    records: withRows(sets),
    unknown: sets.unknown,
    notes: idleOptions(kinds, options),
    isSynthetic: synthetic,
  };
}

function filesOf(row: PlanRow, id: number, options: GridPlanOptions): GridFile[] {
  // Of a data set that says no product, the option tells.
  const isUnknown = rowsIn(row.products).length === 0;
  const isTracer = isUnknown ? options.projection !== undefined : isConnectivity(row);
  return isTracer ? projectionFiles(id, options) : expressionFiles(id, options);
}

function expressionFiles(dataSetId: number, { include }: GridPlanOptions): GridFile[] {
  return [{ kind: "expression-grid", dataSetId, include: include as readonly ExpressionVolume[] | undefined }]; // The client checks the names.
}

function projectionFiles(dataSetId: number, options: GridPlanOptions): GridFile[] {
  const { projection = [PROJECTION_IMAGES[0]], resolution = 100 } = options;
  return [...new Set(projection)].map((image) => ({
    kind: "projection-grid",
    dataSetId,
    image: image as ProjectionVolume, // The client checks both.
    resolutionUm: resolution as ResolutionUm,
  }));
}

function assetOf(client: BrainAtlas, file: GridFile): PullAsset {
  const url = asUsage(() => client.volumes.url(file));
  const urlPath = url.slice(client.baseUrl.length);
  const { dataSetId } = file;
  if (file.kind === "projection-grid") {
    const name = `grids/${dataSetId}_${file.image}_${file.resolutionUm}.nrrd`;
    return { kind: "asset", url, urlPath, name };
  }
  const name = `grids/${[dataSetId, ...(file.include ?? [])].join("_")}.zip`;
  return { kind: "asset", url, urlPath, name };
}

/** Options that concern none of the data sets. */
function idleOptions(kinds: ReadonlySet<GridFile["kind"]>, options: GridPlanOptions): string[] {
  const idle = (name: string, kind: string): string => `--${name} has no effect: none of the data sets is of ${kind}`;
  const { include, projection, resolution } = options;
  const notes: string[] = [];
  if (include !== undefined && !kinds.has("expression-grid")) notes.push(idle("include", "expression"));
  if (kinds.has("projection-grid")) return notes;
  if (projection !== undefined) notes.push(idle("projection", "connectivity"));
  if (resolution !== undefined) notes.push(idle("resolution", "connectivity"));
  return notes;
}
