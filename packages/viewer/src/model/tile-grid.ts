import { type ImageBox, type ImageRegion, tierCount, tierSize } from "@brainatlas/sdk/image";
import { clamp } from "./clamp.ts";

/** Edge of the tiles that are asked for, in pixels: two of the service's own in each direction, so that there are fewer requests. */
export const VIEW_TILE_PX = 512;

/** Shortest long edge of an image at the coarsest tier that is shown: enough for a first look, and one tile as a rule. */
const COARSE_PX = 256;

/** Least that a pixel of a tier takes on the screen, in device pixels: what is shown is as sharp as the screen can be. */
export const LEAST_PIXEL = 0.5;

/** Size of a stored file. */
export type StoredSize = Pick<ImageBox, "image_width" | "image_height">;

/** A tile of a stored file, on the file's own grid; columns and rows count from 0 at its upper left. */
export interface GridTile {
  readonly downsample: number;
  readonly column: number;
  readonly row: number;
}

/** The coarsest tier of a file: how often its full resolution is halved at most. */
export function lastTier(file: StoredSize): number {
  return tierCount(file.image_width, file.image_height) - 1;
}

/**
 * The coarsest tier that is worth showing of an image: of a small box in a large file, one at which the box still is a picture.
 *
 * @returns A downsample.
 */
export function coarseTier(box: ImageBox): number {
  const edge = Math.max(box.width, box.height, 1);
  return clamp(Math.floor(Math.log2(edge / COARSE_PX)), 0, lastTier(box));
}

/**
 * The tier at which an image is shown: the coarsest that is as sharp as the screen.
 *
 * @param scale Device pixels per full-resolution pixel.
 * @returns A downsample.
 */
export function tierAt(box: ImageBox, scale: number): number {
  const needed = Math.ceil(Math.log2(LEAST_PIXEL / scale));
  return clamp(needed, 0, coarseTier(box));
}

/** Columns and rows of a tier. */
export function gridSize(file: StoredSize, downsample: number): { readonly columns: number; readonly rows: number } {
  return {
    columns: Math.ceil(tierSize(file.image_width, downsample) / VIEW_TILE_PX),
    rows: Math.ceil(tierSize(file.image_height, downsample) / VIEW_TILE_PX),
  };
}

/** What of a file a tile shows: on the file's own grid, so that a mirror gives it without encoding it anew (reference §1.4). */
export function tileRegion(file: StoredSize, { downsample, column, row }: GridTile): ImageRegion {
  const [left, top] = [column * VIEW_TILE_PX, row * VIEW_TILE_PX];
  return {
    left: left * 2 ** downsample,
    top: top * 2 ** downsample,
    width: Math.min(VIEW_TILE_PX, tierSize(file.image_width, downsample) - left),
    height: Math.min(VIEW_TILE_PX, tierSize(file.image_height, downsample) - top),
    downsample,
  };
}
