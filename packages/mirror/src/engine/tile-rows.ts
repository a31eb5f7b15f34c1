import type { TileSpan } from "@brainatlas/sdk/image";
import type { TileInput } from "../jpeg/jpeg-codec.ts";
import type { PyramidFile } from "../tiff/open-pyramid.ts";

/**
 * The tiles of a span, row by row; the bytes of one are read when they are asked for.
 *
 * @param name Tells the file from others.
 */
export function* tileInputs(name: string, file: PyramidFile, tier: number, span: TileSpan): Generator<TileInput[]> {
  for (const indices of indexRows(file, tier, span)) {
    yield indices.map((index) => ({
      key: `${name} ${tier} ${index}`,
      bytes: () => file.readTile(tier, index),
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
