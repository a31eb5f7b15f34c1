import { BLOCK_PX, type ImageSize, tierCount, tierSize } from "@brainatlas/sdk/image";
import { MAX_JPEG_PX } from "../jpeg/jpeg-limits.ts";

/** Rows that are in memory at once while a picture is enlarged. */
const MAX_ROWS = 512;

/** What a picture is enlarged to: whole tiles of a size. */
export interface Padding extends ImageSize {
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/**
 * What a picture is to be enlarged to, by its last column and row, before it is cut into JPEG tiles: so that tiers end on whole squares of 16 pixels.
 * Otherwise the writer fills the squares that the picture ends in with black, which runs into the colour of its last pixels.
 *
 * @returns `undefined` for a picture that ends so already.
 */
export function paddingOf({ width, height }: ImageSize): Padding | undefined {
  const tiers = tierCount(width, height);
  const tileWidth = stepOf(width, tiers, MAX_JPEG_PX);
  const tileHeight = stepOf(height, tiers, MAX_ROWS);
  const padded = { width: roundUp(width, tileWidth), height: roundUp(height, tileHeight) };
  const isPadded = padded.width === width && padded.height === height;
  return isPadded || Math.max(padded.width, padded.height) > MAX_JPEG_PX
    ? undefined
    : { ...padded, tileWidth, tileHeight };
}

/** Whole squares of the coarsest tier that has any, in pixels of the finest. */
function stepOf(edge: number, tiers: number, most: number): number {
  let step = BLOCK_PX;
  for (let tier = 1; tier < tiers && tierSize(edge, tier) >= BLOCK_PX; tier += 1) {
    const next = BLOCK_PX * 2 ** tier;
    if (next > most || roundUp(edge, next) > MAX_JPEG_PX) break;
    step = next;
  }
  return step;
}

function roundUp(edge: number, step: number): number {
  return Math.ceil(edge / step) * step;
}
