import type { TileSpan } from "@brainatlas/sdk/image";
import type { TileInput } from "../jpeg/jpeg-codec.ts";
import type { PyramidFile } from "../tiff/open-pyramid.ts";
import type { Scratch } from "./scratch.ts";

/**
 * The tiles of a span, row by row. The bytes of one are read when they are asked for, and stay until the next row is.
 *
 * @param name Tells the file from others.
 */
export function* tileInputs(
  name: string,
  file: PyramidFile,
  tier: number,
  span: TileSpan,
  scratch: Scratch,
): Generator<TileInput[]> {
  const sizes = file.pyramid.tiers[tier]?.sizes ?? new Uint32Array();
  for (const indices of indexRows(file, tier, span)) {
    scratch.reset(indices.reduce((total, index) => total + (sizes[index] ?? 0), 0));
    yield indices.map((index) => ({
      key: `${name} ${tier} ${index}`,
      bytes: () => file.readTile(tier, index, scratch.take(sizes[index] ?? 0)),
    }));
  }
}

/** Indices of tiles in their tier, row by row. */
export function* indexRows(file: PyramidFile, tier: number, span: TileSpan): Generator<number[]> {
  const columns = file.pyramid.tiers[tier]?.columns ?? 0;
  for (let row = span.firstRow; row < span.firstRow + span.rows; row += 1) {
    const first = row * columns + span.firstColumn;
    yield Array.from({ length: span.columns }, (_, column) => first + column);
  }
}
