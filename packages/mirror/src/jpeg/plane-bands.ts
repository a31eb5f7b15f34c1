import { BLOCK_PX, TILE_PX } from "@brainatlas/sdk/image";
import type { TileInput, TilePlan } from "./jpeg-codec.ts";
import { MAX_JPEG_PX } from "./jpeg-limits.ts";
import type { PixelInstance } from "./pixel-instance.ts";
import type { DecodedTile, TileSlots } from "./tile-slots.ts";

/** Rows of pixels in a band. */
export const BAND_ROWS = 16;
const HALF_PX = TILE_PX / 2;

/** How the planes of a band lie in memory. */
export interface BandShape {
  /** Width rounded up to whole squares of 16 pixels. */
  readonly padded: number;
  /** From one row to the next, in bytes, of luminance and of colour. */
  readonly stride: number;
  readonly colourStride: number;
}

/** A band of a rectangle: its samples lie in `PixelInstance.cut`, as the tiles have them. */
export interface PlaneBand extends BandShape {
  /** How many rows of pixels, and of colour samples that they touch. */
  readonly rows: number;
  readonly colourRows: number;
  /** How many colour samples a row of pixels touches. */
  readonly colourWidth: number;
  /** One of the tiles that it was cut from. */
  readonly tile: DecodedTile;
}

/** @param width In pixels. */
export function bandShape(width: number): BandShape {
  const padded = Math.ceil(width / 16) * 16;
  // Not a power of two, so that the rows of a block are not all in the same place of the processor's cache.
  return { padded, stride: padded + 48, colourStride: padded / 2 + 48 };
}

/** A plane of the rectangle and how much of it there is. */
interface Plane {
  /** Where it lies in a tile and in the band; from one row to the next in bytes. */
  readonly inTile: number;
  readonly inBand: number;
  readonly stride: number;
  /** Edge of a tile, in samples. */
  readonly edge: number;
  /** The rectangle, in samples from the first tile's upper left. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Cuts a rectangle out of tiles, in bands of 16 rows of pixels and the colour samples that those touch.
 *
 * Of an odd top the last row of colour belongs to the next band too.
 *
 * @throws {RangeError} If the rows of tiles are not those of the rectangle.
 * @throws {DecodeError} If a tile is damaged.
 */
export function* planeBands(
  pixels: PixelInstance,
  slots: TileSlots,
  plan: TilePlan,
  rows: Iterable<readonly TileInput[]>,
): Generator<PlaneBand> {
  checkPlan(plan);
  const shape = bandShape(plan.width);
  const [luma, ...colours] = planesOf(pixels, plan, shape);
  const [blue, red] = colours;
  if (luma === undefined || blue === undefined || red === undefined) return;
  const columns = Math.ceil((plan.left + plan.width) / TILE_PX);
  const needed = Math.ceil((plan.top + plan.height) / TILE_PX);
  const shared = plan.top % 2;
  let [first, row, have, haveColour] = [0, 0, 0, 0];
  for (const inputs of rows) {
    if (inputs.length !== columns) throw wrongTiles(`${inputs.length} tiles in a row`, columns);
    const rowsOf = squaresOf(plan.top, plan.height, row);
    const tiles = slots.decodeRow(inputs, (column) => {
      const columnsOf = squaresOf(plan.left, plan.width, column);
      return {
        firstColumn: columnsOf.first,
        endColumn: columnsOf.end,
        firstRow: rowsOf.first,
        endRow: rowsOf.end,
      };
    });
    const [tile] = tiles;
    while (tile !== undefined && first < plan.height) {
      const end = Math.min(first + BAND_ROWS, plan.height);
      const colourEnd = Math.min((first + BAND_ROWS) / 2 + shared, blue.height);
      const firstColour = first / 2;
      have = copyPlane(pixels, luma, tiles, row, first, have, end);
      copyPlane(pixels, blue, tiles, row, firstColour, haveColour, colourEnd);
      haveColour = copyPlane(pixels, red, tiles, row, firstColour, haveColour, colourEnd);
      if (have < end || haveColour < colourEnd) break;
      yield { ...shape, rows: end - first, colourRows: colourEnd - firstColour, colourWidth: blue.width, tile };
      first += BAND_ROWS;
      if (shared === 1 && first < plan.height) keepLastRow(pixels, colours);
    }
    row += 1;
    if (row === needed) return;
  }
  throw wrongTiles(`${row} rows of tiles`, needed);
}

/** The squares of 16 pixels that a rectangle touches of its n-th tile, across or down. */
function squaresOf(start: number, length: number, tile: number): { first: number; end: number } {
  const from = Math.max(0, start - tile * TILE_PX);
  const to = Math.min(TILE_PX, start + length - tile * TILE_PX);
  return { first: Math.floor(from / BLOCK_PX), end: Math.ceil(to / BLOCK_PX) };
}

function checkPlan({ left, top, width, height }: TilePlan): void {
  const isPlaced = [left, top].every((start) => Number.isInteger(start) && start >= 0 && start < TILE_PX);
  const isSized = [width, height].every((size) => Number.isInteger(size) && size > 0 && size <= MAX_JPEG_PX);
  if (isPlaced && isSized) return;
  throw new RangeError(
    `Cannot cut out ${width}x${height} pixels from ${left},${top} on: give a start in the first tile and 1 to ${MAX_JPEG_PX} pixels`,
  );
}

function wrongTiles(found: string, needed: number): RangeError {
  return new RangeError(`Cannot cut out of ${found}: the rectangle needs ${needed}`);
}

function planesOf({ cut }: PixelInstance, { left, top, width, height }: TilePlan, shape: BandShape): Plane[] {
  const colour = {
    stride: shape.colourStride,
    edge: HALF_PX,
    left: Math.floor(left / 2),
    top: Math.floor(top / 2),
    width: Math.floor((left + width - 1) / 2) - Math.floor(left / 2) + 1,
    height: Math.floor((top + height - 1) / 2) - Math.floor(top / 2) + 1,
  };
  const blueInTile = TILE_PX * TILE_PX;
  return [
    { inTile: 0, inBand: cut.luma, stride: shape.stride, edge: TILE_PX, left, top, width, height },
    { ...colour, inTile: blueInTile, inBand: cut.blue },
    { ...colour, inTile: blueInTile + HALF_PX * HALF_PX, inBand: cut.red },
  ];
}

/** Copies the rows from `have` to `end`, as far as the row of tiles has them; gives the first that it has not. */
function copyPlane(
  { run }: PixelInstance,
  { inTile, inBand, stride, edge, left, top, width }: Plane,
  tiles: readonly DecodedTile[],
  tileRow: number,
  first: number,
  have: number,
  end: number,
): number {
  const copied = Math.min(end, (tileRow + 1) * edge - top);
  const fromRow = inTile + (top + have - tileRow * edge) * edge;
  const toRow = inBand + (have - first) * stride;
  for (const [column, { planes }] of tiles.entries()) {
    const start = Math.max(0, column * edge - left);
    const from = planes + fromRow + start + left - column * edge;
    run.copyRows(from, edge, toRow + start, stride, Math.min(width, (column + 1) * edge - left) - start, copied - have);
  }
  return copied;
}

/** The ninth row becomes the first. */
function keepLastRow(pixels: PixelInstance, planes: readonly Plane[]): void {
  for (const { inBand, stride } of planes) {
    pixels.bytes().copyWithin(inBand, inBand + (BAND_ROWS / 2) * stride, inBand + (BAND_ROWS / 2 + 1) * stride);
  }
}
