import type { Box, Drawing, Region } from "@brainatlas/sdk/drawing";
import type { Api } from "../api.ts";
import type { Context } from "../context.ts";
import { note } from "../output/notes.ts";
import { printCount } from "../output/quantities.ts";
import { chooseFormat, defaultFormat, onePage, printRows, type RowOptions, sayCredit } from "../rows.ts";
import type { Graph } from "../structures.ts";

const POINT_COLUMNS = ["x", "y", "id", "acronym", "name", "group"] as const;
const LIST_COLUMNS = ["id", "acronym", "name", "regions", "area_px2", "left", "top", "right", "bottom"] as const;
/** Decimals that the service writes; more would be the arithmetic's own. */
const DECIMALS = 3;

/** What rows are made of. */
export interface DrawingView {
  readonly api: Api;
  /** Where names are from; `undefined` if they are not known. */
  readonly graph: Graph | undefined;
  readonly drawing: Drawing;
  /** The structures that are looked at; `undefined` for all. */
  readonly wanted: ReadonlySet<number> | undefined;
}

/** Prints the structures at points, the topmost first. */
export async function printPoints(
  context: Context,
  view: DrawingView,
  options: RowOptions & { readonly structures?: readonly string[] | undefined },
  points: readonly (readonly number[])[],
): Promise<void> {
  const { graph, drawing, wanted } = view;
  const labels = new Map(drawing.groups.flatMap(({ label, regions }) => regions.map((each) => [each, label])));
  const rows: object[] = [];
  for (const [x = 0, y = 0] of points) {
    const there = drawing.regionsAt(x, y);
    const found = there.filter(isWanted(wanted));
    if (found.length === 0) note(context, `${x},${y}: ${whyNothing(drawing, x, y, there, options.structures)}`);
    for (const region of found) {
      const { id, structureId, fill } = region;
      const group = labels.get(region) ?? null;
      rows.push({ x, y, ...nameOf(graph, structureId), group, region: id, fill });
    }
  }
  await print(context, view, rows, POINT_COLUMNS, options);
}

/** GraphicGroupLabel of the adult mouse's atlases (reference §4.3), whose coronal plates may be drawn in one hemisphere only. */
const HALF_DRAWN = 28;

function whyNothing(
  { width, height, groups }: Drawing,
  x: number,
  y: number,
  there: readonly Region[],
  structures: readonly string[] = [],
): string {
  if (there.length > 0) {
    const count = printCount(there.length, "region is", "regions are");
    return `${count} drawn there, none of ${structures.join(", ")}; leave out --structures to see all`;
  }
  if (x < 0 || y < 0 || x > width || y > height) return `outside of the drawing of ${width} × ${height} pixels`;
  const isHalf = groups.some(({ labelId }) => labelId === HALF_DRAWN);
  return `nothing is drawn there${isHalf ? "; plates of the adult mouse may be drawn in one hemisphere only" : ""}`;
}

/** Prints the structures that are drawn, the largest first. */
export async function printListed(context: Context, view: DrawingView, options: RowOptions): Promise<void> {
  const { graph, drawing, wanted } = view;
  const shown = drawing.regions.filter(isWanted(wanted));
  const rows = [...new Set(shown.map(({ structureId }) => structureId))].map((structureId) => {
    const regions = shown.filter((region) => region.structureId === structureId);
    const area = regions.reduce((sum, region) => sum + region.area, 0);
    return { ...nameOf(graph, structureId), regions: regions.length, area_px2: round(area), ...sidesOf(regions) };
  });
  rows.sort((one, other) => other.area_px2 - one.area_px2);
  if (rows.length === 0) note(context, wanted === undefined ? "nothing is drawn" : "none of these structures is drawn");
  await print(context, view, rows, LIST_COLUMNS, options);
}

async function print(
  context: Context,
  { api, graph, drawing }: DrawingView,
  rows: readonly object[],
  columns: readonly string[],
  options: RowOptions,
): Promise<void> {
  const format = chooseFormat(options, defaultFormat(context));
  await printRows(context, onePage(rows), { format, fields: options.fields, columns });
  if (graph !== undefined) noteUnknown(context, graph, drawing);
  sayCredit(context, api);
}

function noteUnknown(context: Context, { id, tree }: Graph, drawing: Drawing): void {
  const ids = new Set(drawing.regions.flatMap(({ structureId }) => structureId ?? []));
  const unknown = [...ids].filter((each) => !tree.has(each)).length;
  if (unknown === 0) return;
  const count = printCount(unknown, "structure", "structures");
  note(context, `graph ${id} does not have ${count} of the drawing; give the one that has with --graph`);
}

function isWanted(wanted: DrawingView["wanted"]): (region: Region) => boolean {
  return ({ structureId }) => wanted === undefined || (structureId !== undefined && wanted.has(structureId));
}

function nameOf(graph: Graph | undefined, structureId: number | undefined): object {
  const structure = structureId === undefined ? undefined : graph?.tree.get(structureId);
  return { id: structureId ?? null, acronym: structure?.acronym ?? null, name: structure?.name ?? null };
}

/** The box that holds all of some regions. */
function sidesOf(regions: readonly Region[]): Record<keyof Box, number | null> {
  const boxes = regions.flatMap(({ box }) => box ?? []);
  const side = (name: keyof Box, choose: (one: number, other: number) => number): number | null =>
    boxes.length === 0 ? null : round(boxes.map((box) => box[name]).reduce((one, other) => choose(one, other)));
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
