import type { ImagePoint } from "@brainatlas/sdk/sync";
import { wholeBox } from "./box.ts";
import { clamp } from "./clamp.ts";
import { fitBox } from "./fit-box.ts";
import type { Size } from "./size.ts";
import type { PanelView } from "./view.ts";

/** What is looked at in a panel. */
export interface ZoomPlace {
  /** In full-resolution pixels relative to the image's box. */
  readonly centre: ImagePoint;
  /** Logarithm to base 2 of the CSS pixels per full-resolution pixel. */
  readonly zoom: number;
  /** Degrees clockwise, from 0 to 359. */
  readonly rotationDeg: number;
}

/** Where a panel goes, or stands: without `centre` and `zoom` at the whole image, however large the panel is. */
export type PanelPlace = Pick<PanelView, "centre" | "zoom" | "rotationDeg">;

/** How far a panel zooms. */
export interface ZoomLimits {
  readonly least: number;
  readonly most: number;
}

/** Part of a panel that is left free around the whole image, on each side. */
const MARGIN_SHARE = 0.02;

/** Nearest that one gets: eight CSS pixels per full-resolution pixel. */
const MOST_ZOOM = 3;

/** Differences that nobody sees: of centres in CSS pixels, of zooms in powers of two, of rotations in degrees. */
const EPSILON = { centrePx: 0.05, zoom: 1e-4, rotationDeg: 1e-3 } as const;

/**
 * The place that shows a whole image with a small margin.
 *
 * @param image Its size in full-resolution pixels.
 * @param size Of the panel, in CSS pixels.
 */
export function wholePlace(image: Size, size: Size, rotationDeg: number): ZoomPlace {
  const free = 1 - 2 * MARGIN_SHARE;
  const { centre, zoom } = fitBox(
    wholeBox(image),
    { width: size.width * free, height: size.height * free },
    rotationDeg,
  );
  return { centre, zoom, rotationDeg };
}

/** How far a panel zooms: from half of what shows the whole image to where its pixels are plain squares. */
export function zoomLimits(image: Size, size: Size, rotationDeg: number): ZoomLimits {
  const { zoom } = wholePlace(image, size, rotationDeg);
  return { least: zoom - 1, most: Math.max(zoom, MOST_ZOOM) };
}

/** The nearest zoom that is allowed. */
export function clampZoom(zoom: number, { least, most }: ZoomLimits): number {
  return clamp(zoom, least, most);
}

/** The nearest point that is on an image. */
export function within({ x, y }: ImagePoint, { width, height }: Size): ImagePoint {
  return { x: clamp(x, 0, width), y: clamp(y, 0, height) };
}

/**
 * A place that is moved, as it is seen.
 *
 * @param right What is looked at lies so many CSS pixels further to the right of the panel.
 * @param down And so many further down.
 */
export function pannedPlace(place: ZoomPlace, right: number, down: number): ZoomPlace {
  const angle = (place.rotationDeg * Math.PI) / 180;
  const scale = 2 ** place.zoom;
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const { x, y } = place.centre;
  return { ...place, centre: { x: x + cos * right + sin * down, y: y - sin * right + cos * down } };
}

/** A rotation from 0 to less than 360 degrees. */
export function normalRotation(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}

/** Whether two places are seen as one. */
export function isSamePlace(one: ZoomPlace, other: ZoomPlace): boolean {
  const turn = normalRotation(one.rotationDeg - other.rotationDeg);
  const apartPx = Math.hypot(one.centre.x - other.centre.x, one.centre.y - other.centre.y) * 2 ** one.zoom;
  return (
    apartPx < EPSILON.centrePx &&
    Math.abs(one.zoom - other.zoom) < EPSILON.zoom &&
    Math.min(turn, 360 - turn) < EPSILON.rotationDeg
  );
}

/** Whether two places of a panel are seen as one. */
export function isSamePanelPlace(one: PanelPlace, other: PanelPlace): boolean {
  const [first, second] = [whereOf(one), whereOf(other)];
  if (first !== undefined && second !== undefined) return isSamePlace(first, second);
  const isAlike = one.centre === other.centre && one.zoom === other.zoom;
  return isAlike && normalRotation(one.rotationDeg) === normalRotation(other.rotationDeg);
}

/** A panel at a place; the same panel where it is seen as there already. */
export function withPlace(panel: PanelView, { centre, zoom, rotationDeg }: PanelPlace): PanelView {
  const place = { centre, zoom, rotationDeg };
  return isSamePanelPlace(panel, place) ? panel : { ...panel, ...place };
}

function whereOf({ centre, zoom, rotationDeg }: PanelPlace): ZoomPlace | undefined {
  return centre === undefined || zoom === undefined ? undefined : { centre, zoom, rotationDeg };
}
