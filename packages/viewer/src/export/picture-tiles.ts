import type { Box } from "@brainatlas/sdk/drawing";
import type { ImageBox } from "@brainatlas/sdk/image";
import { coarseTier, type GridTile, gridSize, tierAt, VIEW_TILE_PX } from "../model/tile-grid.ts";

/** Most pixels that are put together of tiles. */
const MAX_SHEET_PX = 32_000_000;

/** The tiles of a stored file that show a part of an image. */
export interface PictureTiles {
  readonly downsample: number;
  readonly tiles: readonly GridTile[];
  /** Of the first tile, 0-based. */
  readonly column: number;
  readonly row: number;
  /** Of all tiles together, in pixels of the tier; those at the rim of the file may be smaller. */
  readonly width: number;
  readonly height: number;
}

/**
 * The tiles that show a part of an image as sharp as it is drawn; coarser ones where they would be too many.
 *
 * @param box The part, in full-resolution pixels relative to the image's box.
 * @param scale Pixels of the drawn picture per full-resolution pixel.
 */
export function pictureTiles(record: ImageBox, box: Box, scale: number): PictureTiles {
  const coarsest = coarseTier(record);
  for (let downsample = tierAt(record, scale); ; downsample += 1) {
    const tiles = tilesAt(record, box, downsample);
    if (downsample >= coarsest || tiles.width * tiles.height <= MAX_SHEET_PX) return tiles;
  }
}

function tilesAt(record: ImageBox, box: Box, downsample: number): PictureTiles {
  const edge = VIEW_TILE_PX * 2 ** downsample;
  const { columns, rows } = gridSize(record, downsample);
  const across = span(record.x + box.left, record.x + box.right, edge, columns);
  const down = span(record.y + box.top, record.y + box.bottom, edge, rows);
  return {
    downsample,
    tiles: down.flatMap((row) => across.map((column) => ({ downsample, column, row }))),
    column: across[0] ?? 0,
    row: down[0] ?? 0,
    width: across.length * VIEW_TILE_PX,
    height: down.length * VIEW_TILE_PX,
  };
}

/** Indices of the tiles that have a part of a stretch. */
function span(from: number, to: number, edge: number, count: number): number[] {
  const first = Math.min(count - 1, Math.floor(from / edge));
  const last = Math.min(count - 1, Math.ceil(to / edge) - 1);
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
}
