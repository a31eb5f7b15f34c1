import type { ImagePoint } from "@brainatlas/sdk/sync";
import { clamp } from "./clamp.ts";
import { printLength, printPixels } from "./length.ts";
import type { Size } from "./size.ts";
import type { LineView } from "./view.ts";

/** An end of a measuring line. */
export type LineEnd = "from" | "to";

/** Length of a line, in full-resolution pixels; it lies in the plane of the section. */
export function lineLength({ from, to }: Pick<LineView, LineEnd>): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

/**
 * Length of a line in words.
 *
 * @param resolutionUm Edge of a full-resolution pixel, in µm; `undefined` where it is not known.
 * @example printLine({ from: { x: 0, y: 0 }, to: { x: 300, y: 400 } }, 2) // → "1 mm (500 px)"
 */
export function printLine(line: Pick<LineView, LineEnd>, resolutionUm: number | undefined): string {
  const length = lineLength(line);
  return resolutionUm === undefined
    ? printPixels(length)
    : `${printLength(length * resolutionUm)} (${printPixels(length)})`;
}

/**
 * A line with one end elsewhere, no further than the edges of the image.
 *
 * @param image Its size, in full-resolution pixels.
 */
export function withEnd(line: LineView, end: LineEnd, { x, y }: ImagePoint, image: Size): LineView {
  const point = { x: clamp(x, 0, image.width), y: clamp(y, 0, image.height) };
  return { ...line, [end]: point };
}

/** Width of a character of a label, and distance of a label from its line, in CSS pixels. */
const CHARACTER_PX = 7.25;
const BESIDE_PX = 18;

/**
 * Where the label of a line stands: beside its middle, above it rather than below.
 *
 * @param ends In CSS pixels of the panel.
 * @param characters How many the label has.
 * @returns Its middle and its width, in CSS pixels.
 */
export function labelPlace(
  { from, to }: Pick<LineView, LineEnd>,
  characters: number,
): ImagePoint & { readonly width: number } {
  const width = characters * CHARACTER_PX;
  const [across, down] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(across, down) || 1;
  const turn = across < 0 ? -1 : 1;
  const [right, up] = [(turn * down) / length, (-turn * across) / length];
  const away = BESIDE_PX + Math.abs(right) * (width / 2);
  return { x: (from.x + to.x) / 2 + right * away, y: (from.y + to.y) / 2 + up * away, width };
}
