import type { Affine2d } from "./affine.ts";

/** A picture of four bytes a pixel. */
export interface SampledPixels<Data extends Uint8Array | Uint8ClampedArray = Uint8Array | Uint8ClampedArray> {
  readonly data: Data;
  readonly width: number;
  readonly height: number;
}

/**
 * Fills a picture with what another has at the mapped places; what falls outside of it stays as it is.
 *
 * @param map From column and row of the target to places in the source, where a pixel reaches from its index to the next.
 */
export type Sampler = (source: SampledPixels, map: Affine2d, target: SampledPixels<Uint8ClampedArray>) => void;

/** Takes the pixel that a place lies in. */
export const sampleNearest: Sampler = (source, map, target) => {
  const { data: from, width } = source;
  const { data: into } = target;
  walk(source, map, target, (x, y, to) => {
    const at = (Math.floor(y) * width + Math.floor(x)) * 4;
    into[to] = from[at] as number; // Inside of the picture, as is all below.
    into[to + 1] = from[at + 1] as number;
    into[to + 2] = from[at + 2] as number;
    into[to + 3] = from[at + 3] as number;
  });
};

/** Weighs the four pixels around a place by their distance; beyond the middle of the outermost they are repeated. */
export const sampleLinear: Sampler = (source, map, target) => {
  const { data: from, width, height } = source;
  const { data: into } = target;
  walk(source, map, target, (x, y, to) => {
    const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
    const [right, down] = [x - 0.5 - left, y - 0.5 - top];
    const [column, nextColumn] = [Math.max(left, 0) * 4, Math.min(left + 1, width - 1) * 4];
    const [row, nextRow] = [Math.max(top, 0) * width * 4, Math.min(top + 1, height - 1) * width * 4];
    for (let channel = 0; channel < 4; channel += 1) {
      const upperLeft = from[row + column + channel] as number;
      const upperRight = from[row + nextColumn + channel] as number;
      const lowerLeft = from[nextRow + column + channel] as number;
      const lowerRight = from[nextRow + nextColumn + channel] as number;
      const upper = upperLeft + (upperRight - upperLeft) * right;
      const lower = lowerLeft + (lowerRight - lowerLeft) * right;
      into[to + channel] = upper + (lower - upper) * down;
    }
  });
};

/** Visits the pixels of the target whose places lie in the source. */
function walk(
  source: SampledPixels,
  [xOfColumn, xOfRow, yOfColumn, yOfRow, xStart, yStart]: Affine2d,
  target: SampledPixels,
  visit: (x: number, y: number, to: number) => void,
): void {
  for (let row = 0, to = 0; row < target.height; row += 1) {
    for (let column = 0; column < target.width; column += 1, to += 4) {
      const x = xOfColumn * column + xOfRow * row + xStart;
      const y = yOfColumn * column + yOfRow * row + yStart;
      if (x >= 0 && x < source.width && y >= 0 && y < source.height) visit(x, y, to);
    }
  }
}
