/** What the codec knows of a square of a tile, in bytes. */
export const MARK_BYTES = 10;
/** Tiles whose marks are kept: 8 MB, for a picture of 200 megapixels. */
const MAX_TILES = 3200;

/** Where the squares of tiles lie among their bits: to find that out takes most of the time of joining them. */
export interface TileMarks {
  /**
   * The marks of a tile, if so many squares are marked.
   *
   * @param size How many bytes it has. Another size is another tile.
   */
  get(key: string, size: number, squares: number): Uint8Array | undefined;
  /** Keeps a copy of marks, and forgets those that were longest unused. */
  keep(key: string, size: number, squares: number, marks: Uint8Array): void;
}

interface Kept {
  readonly size: number;
  readonly squares: number;
  readonly marks: Uint8Array;
}

/** Makes a memory for marks, which is bounded. */
export function createTileMarks(maxTiles: number = MAX_TILES): TileMarks {
  /** In the order of their last use. */
  const kept = new Map<string, Kept>();
  return {
    get(key, size, squares) {
      const found = kept.get(key);
      if (found?.size !== size || found.squares < squares) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found.marks;
    },
    keep(key, size, squares, marks) {
      kept.delete(key);
      kept.set(key, { size, squares, marks: marks.slice() });
      const [oldest] = kept.keys();
      if (kept.size > maxTiles && oldest !== undefined) kept.delete(oldest);
    },
  };
}
