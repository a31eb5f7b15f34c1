import type { Drawing } from "@brainatlas/sdk/drawing";
import { fitBox } from "./fit-box.ts";
import { type ScreenMap, toScreen } from "./screen-map.ts";
import type { SeriesImage } from "./series.ts";
import type { PanelView } from "./view.ts";

/** A box of an image, in full-resolution pixels relative to the image's own. */
export type PixelBox = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Size of a panel, in CSS pixels. */
export type PanelSize = { readonly width: number; readonly height: number };

/** What of a panel says where a structure is shown best. */
export interface PlaceOptions {
  readonly image: SeriesImage;
  readonly size: PanelSize;
  readonly rotationDeg: number;
}

/** How much of a panel a structure fills at most, so that what is around it is seen too. */
const SHARE = 0.6;

/** Closer than about three pixels of the image to one of the screen nothing is left around a small structure that tells where it is. */
const MAX_ZOOM = -1.5;

/** Where a structure asks for hardly more than the whole plate, the whole plate is shown: zooms that differ by less than this. */
const WHOLE_ZOOMS = 0.4;

/** The box that holds all regions of structures in a drawing; `undefined` where it shows none of them. */
export function structureBox(drawing: Drawing, ids: ReadonlySet<number>): PixelBox | undefined {
  const boxes = drawing.regionsOf(ids).flatMap(({ box }) => box ?? []);
  if (boxes.length === 0) return undefined;
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/** The centre and zoom at which a box is seen well: with room around it, not too close, and the whole image where the box is most of it. */
export function placeOfBox(
  box: PixelBox,
  { image, size, rotationDeg }: PlaceOptions,
): Pick<PanelView, "centre" | "zoom"> {
  const whole = { left: 0, top: 0, right: image.record.width, bottom: image.record.height };
  const { centre, zoom } = fitBox(box, { width: size.width * SHARE, height: size.height * SHARE }, rotationDeg);
  const isMost = zoom <= fitBox(whole, size, rotationDeg).zoom + WHOLE_ZOOMS;
  return isMost ? { centre: undefined, zoom: undefined } : { centre, zoom: Math.min(zoom, MAX_ZOOM) };
}

/**
 * How much of a panel a box fills, across or down, whichever is more: from 0 to 1, and 0 where a part of it is outside.
 *
 * @param map Where the panel shows the image.
 */
export function shownShare({ left, top, right, bottom }: PixelBox, map: ScreenMap, size: PanelSize): number {
  const corners = [left, right].flatMap((x) => [top, bottom].map((y) => toScreen(map, { x, y })));
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [fromX, toX, fromY, toY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const isInside = fromX >= 0 && fromY >= 0 && toX <= size.width && toY <= size.height;
  return isInside ? Math.max((toX - fromX) / size.width, (toY - fromY) / size.height) : 0;
}
