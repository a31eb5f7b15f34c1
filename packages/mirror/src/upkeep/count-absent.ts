import type { PyramidTier } from "../tiff/pyramid.ts";

/** A tile by its place, counted from the upper left, from 0. */
interface TilePlace {
  readonly column: number;
  readonly row: number;
}

/**
 * Makes what counts the absent tiles of a rectangle, from a tile to before another, in one step: entries from elsewhere may name any number of them.
 *
 * @returns Counts them; places lie within the tier.
 */
export function countAbsent({
  columns,
  rows,
  sizes,
}: Pick<PyramidTier, "columns" | "rows" | "sizes">): (start: TilePlace, end: TilePlace) => number {
  const width = columns + 1;
  /** Of each place, how many lie above it and on its left. */
  const sums = new Uint32Array(width * (rows + 1));
  const sumAt = (row: number, column: number): number => sums[row * width + column] ?? 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const own = sizes[row * columns + column] === 0 ? 1 : 0;
      const before = sumAt(row, column + 1) + sumAt(row + 1, column) - sumAt(row, column);
      sums[(row + 1) * width + column + 1] = own + before;
    }
  }
  return (start, end) =>
    sumAt(end.row, end.column) -
    sumAt(start.row, end.column) -
    sumAt(end.row, start.column) +
    sumAt(start.row, start.column);
}
