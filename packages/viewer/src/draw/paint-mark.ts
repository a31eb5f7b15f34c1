import type { Region } from "@brainatlas/sdk/drawing";
import { meets, seenBox } from "../model/box.ts";
import { scaleOf } from "../model/screen-map.ts";
import { type PaintContext, type PaintPlace, startPainting } from "./paint-place.ts";
import { regionPath } from "./region-path.ts";

/** A line around regions. */
export interface MarkTone {
  readonly colour: string;
  /** Outside of the border, in CSS pixels. */
  readonly widthPx: number;
}

/** Around what is pointed at: two tones, of which one is seen on any picture. */
export const POINTED_TONES: readonly MarkTone[] = [
  { colour: "#0d1411", widthPx: 3.5 },
  { colour: "#ffffff", widthPx: 2.25 },
];

/** Around what is selected: thinner, as it stands out by its colours already. */
export const SELECTED_TONES: readonly MarkTone[] = [
  { colour: "#ffffff", widthPx: 2.5 },
  { colour: "#0d1411", widthPx: 1.75 },
];

/**
 * Paints a line around regions, over nothing: around all of them as around one, so that there is none where they meet.
 *
 * @param tones From the widest to the narrowest.
 */
export function paintMark(
  context: PaintContext,
  regions: readonly Region[],
  place: PaintPlace,
  tones: readonly MarkTone[],
): void {
  startPainting(context, place);
  const seen = seenBox(place.map, place.size);
  const pixel = 1 / scaleOf(place.map);
  const paths = regions.filter(({ box }) => meets(box, seen));
  for (const { colour, widthPx } of tones) {
    context.strokeStyle = colour;
    // Half of a line lies within the border, and is taken away.
    context.lineWidth = 2 * widthPx * pixel;
    for (const region of paths) context.stroke(regionPath(region));
  }
  context.globalCompositeOperation = "destination-out";
  for (const region of paths) context.fill(regionPath(region), region.fillRule);
  context.globalCompositeOperation = "source-over";
}
