import type { Box, Region } from "@brainatlas/sdk/drawing";
import { grown, meets, overlap, seenBox, union } from "../model/box.ts";
import type { RegionLook } from "../model/drawing-look.ts";
import { scaleOf } from "../model/screen-map.ts";
import { type PaintContext, type PaintPlace, startPainting, thin } from "./paint-place.ts";
import { regionPath } from "./region-path.ts";

/** A region that is seen, and how. */
interface Painted {
  readonly region: Region;
  readonly look: RegionLook;
}

/** How much wider than the line its rim is, in CSS pixels, and how much of it shows. */
const RIM_PX = 1.5;
const RIM_OPACITY = 0.5;

/**
 * Paints the regions of a drawing onto a canvas, over nothing. As in the document later regions lie on earlier ones, and each replaces what
 * it covers: the opacity of a place is that of the topmost region there.
 *
 * @param lookOf How a region is painted; `undefined` for one that is not.
 */
export function paintDrawing(
  context: PaintContext,
  regions: readonly Region[],
  place: PaintPlace,
  lookOf: (region: Region) => RegionLook | undefined,
): void {
  startPainting(context, place);
  const seen = seenBox(place.map, place.size);
  const painted = regions.flatMap((region) => {
    const look = meets(region.box, seen) ? lookOf(region) : undefined;
    return look === undefined ? [] : [{ region, look }];
  });
  const pixel = 1 / scaleOf(place.map);
  const box = union(painted.map(({ region }) => region.box));
  // Edges reach beyond the borders by up to a pixel.
  const touched = box && overlap(grown(box, pixel), seen);
  if (touched !== undefined) paintFills(context, touched, painted);
  paintLines(context, painted, pixel);
}

/**
 * Paints all opaque, and thins all out to the lowest opacity at once; then what is to show more, and what lies on it, once again in its place.
 * Of a drawing of one opacity this is a single fill a region.
 */
function paintFills(context: PaintContext, box: Box, all: readonly Painted[]): void {
  const filled = all.filter(({ look }) => look.fill !== undefined);
  const lowest = Math.min(1, ...filled.map(({ look }) => look.fillOpacity));
  for (const each of filled) fill(context, each, 1);
  if (filled.length > 0) thin(context, box, lowest);
  const raised: Box[] = [];
  for (const each of filled) {
    const own = each.region.box;
    const isRaised = each.look.fillOpacity > lowest;
    if (isRaised && own !== undefined) raised.push(own);
    if (!isRaised && !raised.some((below) => meets(below, own))) continue;
    context.globalCompositeOperation = "destination-out";
    fill(context, each, 1);
    context.globalCompositeOperation = "source-over";
    fill(context, each, each.look.fillOpacity);
  }
}

function fill(context: PaintContext, { region, look }: Painted, opacity: number): void {
  context.globalAlpha = opacity;
  context.fillStyle = look.fill ?? "";
  context.fill(regionPath(region), region.fillRule);
}

/** Wide lines lie on narrow ones: those of what is selected. */
function paintLines(context: PaintContext, painted: readonly Painted[], pixel: number): void {
  const ordered = painted.toSorted((one, other) => one.look.widthPx - other.look.widthPx);
  for (const { region, look } of ordered) {
    if (look.rim === undefined) continue;
    stroke(context, region, look.rim, look.lineOpacity * RIM_OPACITY, (look.widthPx + RIM_PX) * pixel);
  }
  for (const { region, look } of ordered) {
    stroke(context, region, look.line, look.lineOpacity, look.widthPx * pixel);
  }
}

function stroke(context: PaintContext, region: Region, colour: string, opacity: number, width: number): void {
  context.globalAlpha = opacity;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(regionPath(region));
}
