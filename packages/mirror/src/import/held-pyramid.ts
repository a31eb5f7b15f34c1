import { TILE_PX, type TierWindow, tierSize } from "@brainatlas/sdk/image";
import { isHeld, parseHeld } from "../pixels/held-windows.ts";
import { damaged } from "../store/damaged.ts";
import type { FoundEntry } from "../store/entries.ts";
import { hashFile } from "../store/hash-file.ts";
import { type OpenPyramid, openPyramid } from "../tiff/open-pyramid.ts";
import type { SparseTile } from "../tiff/write-sparse.ts";

/** What a store holds of a picture already. */
export interface HeldPyramid {
  /** The finest tier that is held. */
  readonly downsample: number;
  readonly windows: readonly TierWindow[];
  /** Whether nothing is missing from its finest tier on. */
  readonly isWhole: boolean;
  readonly isRecoded: boolean;
  readonly path: string;
  /** What its bytes are to be. */
  readonly sha256: string;
}

/**
 * What an entry holds of a picture of 8 bits whose file has a size; `undefined` for one that is drawn.
 *
 * @throws {DamagedError} If it is damaged.
 */
export function heldPyramid({ entry, path }: FoundEntry, width: number, height: number): HeldPyramid | undefined {
  const { details, sha256 } = entry;
  if (details.drawingOf !== undefined) return undefined;
  const windows = heldWindows(path, details.tiers);
  const downsample = Number(details.downsample);
  return {
    downsample,
    windows: windows ?? wholeTiers(path, width, height, downsample),
    isWhole: windows === undefined,
    isRecoded: details.isRecoded === true,
    path,
    sha256,
  };
}

/** Whether a body is what was put: what is copied of it gets a hash of its own, which would say that all is well. */
export async function isIntact({ path, sha256 }: HeldPyramid): Promise<boolean> {
  return (await hashFile(path)) === sha256;
}

function heldWindows(path: string, tiers: unknown): readonly TierWindow[] | undefined {
  try {
    return parseHeld(tiers);
  } catch (cause) {
    throw damaged("entry", path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function wholeTiers(path: string, width: number, height: number, finest: number): TierWindow[] {
  const file = openPyramid(path);
  file.close();
  return file.pyramid.tiers.map((_, number) => {
    const downsample = finest + number;
    const size = { width: tierSize(width, downsample), height: tierSize(height, downsample) };
    return { left: 0, top: 0, ...size, downsample };
  });
}

/**
 * The tiles that are held, row by row, without those that are given anew.
 *
 * @param given What is given.
 * @param shift Tiers by which the new pyramid begins finer.
 */
export function* heldTiles(
  held: HeldPyramid,
  file: OpenPyramid,
  given: readonly TierWindow[],
  shift: number,
): Generator<SparseTile[]> {
  for (const [number, { columns, rows }] of file.pyramid.tiers.entries()) {
    const downsample = held.downsample + number;
    for (let row = 0; row < rows; row += 1) {
      const tiles: SparseTile[] = [];
      for (let column = 0; column < columns; column += 1) {
        const corner = { left: column * TILE_PX, top: row * TILE_PX, width: 1, height: 1, downsample };
        if (!isHeld(held.windows, corner) || isHeld(given, corner)) continue;
        tiles.push({ tier: number + shift, column, row, bytes: file.readTile(number, row * columns + column) });
      }
      if (tiles.length > 0) yield tiles;
    }
  }
}
