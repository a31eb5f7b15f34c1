import type { Box, Drawing } from "@brainatlas/sdk/drawing";
import { boxAround, corners, union, wholeBox } from "./box.ts";
import { fitBox } from "./fit-box.ts";
import { type ScreenMap, toScreen } from "./screen-map.ts";
import type { SeriesImage } from "./series.ts";
import type { Size } from "./size.ts";
import type { PanelView } from "./view.ts";

/** What of a panel says where a structure is shown best. */
export interface PlaceOptions {
  readonly image: SeriesImage;
  readonly size: Size;
  readonly rotationDeg: number;
}

/** How much of a panel a structure fills at most, so that what is around it is seen too. */
const SHARE = 0.6;

/** Closer than about three pixels of the image to one of the screen nothing is left around a small structure that tells where it is. */
const MAX_ZOOM = -1.5;

/** Where a structure asks for hardly more than the whole plate, the whole plate is shown: zooms that differ by less than this. */
const WHOLE_ZOOMS = 0.4;

/** The box that holds all regions of structures in a drawing; `undefined` where it shows none of them. */
export function structureBox(drawing: Drawing, ids: ReadonlySet<number>): Box | undefined {
  return union(drawing.regionsOf(ids).map(({ box }) => box));
}

/** The centre and zoom at which a box is seen well: with room around it, not too close, and the whole image where the box is most of it. */
export function placeOfBox(box: Box, { image, size, rotationDeg }: PlaceOptions): Pick<PanelView, "centre" | "zoom"> {
  const { centre, zoom } = fitBox(box, { width: size.width * SHARE, height: size.height * SHARE }, rotationDeg);
  const isMost = zoom <= fitBox(wholeBox(image.record), size, rotationDeg).zoom + WHOLE_ZOOMS;
  return isMost ? { centre: undefined, zoom: undefined } : { centre, zoom: Math.min(zoom, MAX_ZOOM) };
}

/**
 * How much of a panel a box fills, across or down, whichever is more: from 0 to 1, and 0 where a part of it is outside.
 *
 * @param map Where the panel shows the image.
 */
export function shownShare(box: Box, map: ScreenMap, { width, height }: Size): number {
  const { left, top, right, bottom } = boxAround(corners(box).map((corner) => toScreen(map, corner)));
  const isInside = left >= 0 && top >= 0 && right <= width && bottom <= height;
  return isInside ? Math.max((right - left) / width, (bottom - top) / height) : 0;
}
