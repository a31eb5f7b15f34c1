import { type ImageBox, type TierWindow, tierSize } from "./geometry.ts";

/** Edge of a tile of a stored pyramid, in pixels of its tier. */
export const TILE_PX = 256;
/** Edge of the squares in which a JPEG with halved colour (4:2:0) is coded, in pixels: what begins on their grid needs no decoding. */
export const BLOCK_PX = 16;

/** The tiles of a tier that a window touches; columns and rows count from 0 at the upper left. */
export interface TileSpan {
  readonly firstColumn: number;
  readonly firstRow: number;
  readonly columns: number;
  readonly rows: number;
  /** Where the window begins in the first tile, in pixels. */
  readonly left: number;
  readonly top: number;
}

/**
 * The tiles that a window touches.
 *
 * @example tilesOf({ left: 250, top: 0, width: 10, height: 256, downsample: 0 }).columns // → 2
 */
export function tilesOf({ left, top, width, height }: TierWindow): TileSpan {
  const firstColumn = Math.floor(left / TILE_PX);
  const firstRow = Math.floor(top / TILE_PX);
  return {
    firstColumn,
    firstRow,
    columns: Math.ceil((left + width) / TILE_PX) - firstColumn,
    rows: Math.ceil((top + height) / TILE_PX) - firstRow,
    left: left - firstColumn * TILE_PX,
    top: top - firstRow * TILE_PX,
  };
}

/** Whether a window begins on the grid of a JPEG's squares, so that it can be cut out without decoding. Where it ends is free. */
export function isOnBlockGrid({ left, top }: TierWindow): boolean {
  return left % BLOCK_PX === 0 && top % BLOCK_PX === 0;
}

/**
 * The window of one tile, cut off at the tier's right and lower edge; `undefined` for a tile that is none.
 *
 * @param file Size of the full resolution, in pixels.
 * @example tileWindow(1, 0, 0, { image_width: 300, image_height: 200 })?.width // → 44
 */
export function tileWindow(
  column: number,
  row: number,
  downsample: number,
  file: Pick<ImageBox, "image_width" | "image_height">,
): TierWindow | undefined {
  const left = column * TILE_PX;
  const top = row * TILE_PX;
  const width = Math.min(TILE_PX, tierSize(file.image_width, downsample) - left);
  const height = Math.min(TILE_PX, tierSize(file.image_height, downsample) - top);
  const isTile = column >= 0 && row >= 0 && width > 0 && height > 0;
  return isTile ? { left, top, width, height, downsample } : undefined;
}
