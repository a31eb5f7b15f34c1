import { TILE_PX, type TierWindow, tierSize } from "@brainatlas/sdk/image";
import { isHeld, parseHeld } from "../pixels/held-windows.ts";
import type { FoundEntry } from "../store/entries.ts";
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
}

/**
 * What an entry holds of a picture whose file has a size; `undefined` for one that is drawn, of 16 bits, or of a file of another size.
 *
 * @throws {Error} If the entry is damaged.
 */
export function heldPyramid({ entry, path }: FoundEntry, width: number, height: number): HeldPyramid | undefined {
  const { details } = entry;
  const isOf = details.width === width && details.height === height && details.bits !== 16;
  if (!isOf || details.drawingOf !== undefined) return undefined;
  const windows = parseHeld(details.tiers);
  const downsample = Number(details.downsample);
  return {
    downsample,
    windows: windows ?? wholeTiers(path, width, height, downsample),
    isWhole: windows === undefined,
    isRecoded: details.isRecoded === true,
    path,
  };
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
