import { stat } from "node:fs/promises";
import { type ImageSize, TILE_PX, type TierWindow, tierCount, tierSize } from "@brainatlas/sdk/image";
import { importError } from "./source.ts";

/** Longest edge of a file of which parts are put, in pixels: more than ten times the largest that the service is known to have. */
const MAX_EDGE_PX = 2 ** 20;
/** Tiles of the finest tier, of which a reader of pyramids takes as many. */
const MAX_TILES = 2 ** 22;
const MAX_PARTS = 65_536;

/** A part of a tier, as a JPEG on disk. */
export interface TierPart {
  /** How often the full resolution is halved. */
  readonly downsample: number;
  /** Left edge in pixels of the tier, a multiple of 256. */
  readonly left: number;
  /** Upper edge in pixels of the tier, a multiple of 256. */
  readonly top: number;
  /** Path of the JPEG. */
  readonly file: string;
}

/**
 * Checks where parts are said to lie, before any of them is read.
 *
 * @returns The finest tier of which there are parts.
 * @throws {RangeError} If a number is none of its range, or a tier between the finest and the last has no part.
 */
export function checkParts({ width, height }: ImageSize, parts: readonly TierPart[]): number {
  const tiles = Math.ceil(width / TILE_PX) * Math.ceil(height / TILE_PX);
  const isSize = [width, height].every((edge) => Number.isInteger(edge) && edge >= 1 && edge <= MAX_EDGE_PX);
  if (!isSize || tiles > MAX_TILES) {
    throw new RangeError(
      `Cannot use a file of ${width} × ${height} pixels; give edges of 1 to ${MAX_EDGE_PX}, and no more than ${MAX_TILES} tiles`,
    );
  }
  if (parts.length === 0 || parts.length > MAX_PARTS) {
    throw new RangeError(`Cannot use ${parts.length} parts of a picture; give 1 to ${MAX_PARTS}`);
  }
  for (const part of parts) checkPlace({ width, height }, part);
  const count = tierCount(width, height);
  const given = new Set(parts.map(({ downsample }) => downsample));
  const finest = Math.min(...given);
  for (let downsample = finest; downsample < count; downsample += 1) {
    if (!given.has(downsample)) {
      throw new RangeError(
        `Cannot use the parts: none is of downsample ${downsample}; give all tiers from the finest, ${finest}, to the last, ${count - 1}`,
      );
    }
  }
  return finest;
}

function checkPlace(size: ImageSize, { downsample, left, top, file }: TierPart): void {
  const last = tierCount(size.width, size.height) - 1;
  if (!Number.isInteger(downsample) || downsample < 0 || downsample > last) {
    throw new RangeError(`Cannot use downsample ${downsample} of "${file}"; give a tier of the file, 0 to ${last}`);
  }
  const [width, height] = [tierSize(size.width, downsample), tierSize(size.height, downsample)];
  const isOnGrid = [left, top].every((start) => Number.isInteger(start) && start >= 0 && start % TILE_PX === 0);
  if (isOnGrid && left < width && top < height) return;
  const remedy = `give a place within the tier, multiples of ${TILE_PX}, so that tiles can be cut from it`;
  throw new RangeError(`Cannot put "${file}" at ${left}, ${top} of ${width} × ${height} pixels; ${remedy}`);
}

/**
 * The window that a part fills.
 *
 * @param own Size of its JPEG, in pixels.
 * @throws {Error} If it reaches beyond the tier, or ends neither on the grid of tiles nor at the tier's edge.
 */
export function windowOfPart(size: ImageSize, { downsample, left, top, file }: TierPart, own: ImageSize): TierWindow {
  const ends = (start: number, length: number, edge: number): boolean =>
    start + length === edge || (start + length < edge && length % TILE_PX === 0);
  const [width, height] = [tierSize(size.width, downsample), tierSize(size.height, downsample)];
  if (ends(left, own.width, width) && ends(top, own.height, height)) {
    return { left, top, width: own.width, height: own.height, downsample };
  }
  const place = `${own.width} × ${own.height} pixels at ${left}, ${top} of ${width} × ${height}`;
  throw importError({ path: file }, `its ${place} end neither on a multiple of ${TILE_PX} nor at the edge of the tier`);
}

/** Length of a part's file, in bytes. */
export async function sizeOfPart({ file }: TierPart): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (cause) {
    throw importError({ path: file }, "it cannot be read; check the path", cause);
  }
}
