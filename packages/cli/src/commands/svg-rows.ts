import type { Box, Drawing, Region } from "@brainatlas/sdk/drawing";
import type { Context } from "../context.ts";
import { note } from "../output/notes.ts";
import { printCount } from "../output/quantities.ts";
import { chooseFormat, defaultFormat, onePage, printRows, type RowOptions, sayCredit } from "../rows.ts";
import type { Graph } from "../structures.ts";

const POINT_COLUMNS = ["x", "y", "id", "acronym", "name", "group"] as const;
const LIST_COLUMNS = ["id", "acronym", "name", "regions", "area_px2", "left", "top", "right", "bottom"] as const;
/** Decimals that the service writes; more would be the arithmetic's own. */
const DECIMALS = 3;

type Wanted = ReadonlySet<number> | undefined;

/** Prints the structures at points, the topmost first. */
export async function printPoints(
  context: Context,
  graph: Graph,
  drawing: Drawing,
  wanted: Wanted,
  options: RowOptions,
  points: readonly (readonly number[])[],
): Promise<void> {
  const labels = new Map(drawing.groups.map(({ id, label }) => [id, label]));
  const rows: object[] = [];
  for (const [x = 0, y = 0] of points) {
    const found = drawing.regionsAt(x, y).filter(isWanted(wanted));
    if (found.length === 0) note(context, `nothing is drawn at ${x},${y}`);
    for (const region of found) {
      const { id, structureId, groupId, fill } = region;
      const group = groupId === undefined ? null : (labels.get(groupId) ?? null);
      rows.push({ x, y, ...nameOf(graph, structureId), group, region: id, fill });
    }
  }
  await print(context, graph, drawing, rows, POINT_COLUMNS, options);
}

/** Prints the structures that are drawn, in the order in which they are first painted. */
export async function printListed(
  context: Context,
  graph: Graph,
  drawing: Drawing,
  wanted: Wanted,
  options: RowOptions,
): Promise<void> {
  const shown = drawing.regions.filter(isWanted(wanted));
  const rows = [...new Set(shown.map(({ structureId }) => structureId))].map((structureId) => {
    const regions = shown.filter((region) => region.structureId === structureId);
    const area = regions.reduce((sum, region) => sum + region.area, 0);
    return { ...nameOf(graph, structureId), regions: regions.length, area_px2: round(area), ...sidesOf(regions) };
  });
  if (rows.length === 0) note(context, wanted === undefined ? "nothing is drawn" : "none of these structures is drawn");
  await print(context, graph, drawing, rows, LIST_COLUMNS, options);
}

async function print(
  context: Context,
  { api, id, tree }: Graph,
  drawing: Drawing,
  rows: readonly object[],
  columns: readonly string[],
  options: RowOptions,
): Promise<void> {
  const format = chooseFormat(options, defaultFormat(context));
  await printRows(context, onePage(rows), { format, fields: options.fields, columns });
  const ids = new Set(drawing.regions.flatMap(({ structureId }) => structureId ?? []));
  const unknown = [...ids].filter((each) => !tree.has(each)).length;
  if (unknown > 0) {
    const count = printCount(unknown, "structure", "structures");
    note(context, `graph ${id} does not have ${count} of the drawing; give the one that has with --graph`);
  }
  sayCredit(context, api);
}

function isWanted(wanted: Wanted): (region: Region) => boolean {
  return ({ structureId }) => wanted === undefined || (structureId !== undefined && wanted.has(structureId));
}

function nameOf({ tree }: Graph, structureId: number | undefined): object {
  const structure = structureId === undefined ? undefined : tree.get(structureId);
  return { id: structureId ?? null, acronym: structure?.acronym ?? null, name: structure?.name ?? null };
}

/** The box that holds all of some regions. */
function sidesOf(regions: readonly Region[]): Record<keyof Box, number | null> {
  const boxes = regions.flatMap(({ box }) => box ?? []);
  const side = (name: keyof Box, choose: (...values: number[]) => number): number | null =>
    boxes.length === 0 ? null : round(choose(...boxes.map((box) => box[name])));
  return {
    left: side("left", Math.min),
    top: side("top", Math.min),
    right: side("right", Math.max),
    bottom: side("bottom", Math.max),
  };
}

function round(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
