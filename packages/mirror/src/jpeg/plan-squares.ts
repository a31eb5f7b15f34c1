import { BLOCK_PX, TILE_PX } from "@brainatlas/sdk/image";
import type { TilePlan } from "./jpeg-codec.ts";
import { MAX_JPEG_PX } from "./jpeg-limits.ts";

/** Squares of 16 × 16 pixels in a tile, across and down. */
export const SQUARES: number = TILE_PX / BLOCK_PX;

/** Squares of 16 × 16 pixels; columns and rows count from the upper left of the first tile. */
export interface PlanSquares {
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly firstRow: number;
  readonly endRow: number;
}

/**
 * The squares that a rectangle touches.
 *
 * @throws {RangeError} If it does not begin on their grid in its first tile, or is no size that a JPEG can have.
 * @example planSquares({ tables: new Uint8Array(), left: 16, top: 0, width: 17, height: 9 }).endColumn // → 3
 */
export function planSquares({ left, top, width, height }: TilePlan): PlanSquares {
  const isOnGrid = [left, top].every((start) => start >= 0 && start < TILE_PX && start % BLOCK_PX === 0);
  const isSized = [width, height].every((size) => Number.isInteger(size) && size > 0 && size <= MAX_JPEG_PX);
  if (!isOnGrid || !isSized) {
    throw new RangeError(
      `Cannot join ${width}x${height} pixels from ${left},${top} on: give a start on the grid of 16`,
    );
  }
  return {
    firstColumn: left / BLOCK_PX,
    endColumn: left / BLOCK_PX + Math.ceil(width / BLOCK_PX),
    firstRow: top / BLOCK_PX,
    endRow: top / BLOCK_PX + Math.ceil(height / BLOCK_PX),
  };
}
