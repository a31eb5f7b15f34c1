import { type FileHandle, open } from "node:fs/promises";
import { type ImageSize, TILE_PX } from "@brainatlas/sdk/image";
import { concatBytes } from "../jpeg/concat-bytes.ts";
import { MAX_TILE_BYTES } from "../jpeg/jpeg-limits.ts";
import { type BigField, bigDirectory, bigTiffHead, FIELD_TYPE } from "./big-directory.ts";

/** One tier of a pyramid that is to be written. */
export interface SparseTier extends ImageSize {
  /** The JPEG tables that its tiles share, as `PyramidTier.tables` has them. */
  readonly tables: Uint8Array;
}

/** A tile on its way into a pyramid. */
export interface SparseTile {
  /** Counts from the finest tier, 0. */
  readonly tier: number;
  readonly column: number;
  readonly row: number;
  /** An abbreviated JPEG of 256 × 256 pixels. */
  readonly bytes: Uint8Array;
}

const { SHORT, LONG, UNDEFINED, LONG8 } = FIELD_TYPE;
const HEAD_BYTES = 16;

/** Where the tiles of a tier were written; 0 and 0 for one that was not. */
interface Places {
  readonly columns: number;
  readonly rows: number;
  readonly offsets: Float64Array;
  readonly sizes: Uint32Array;
}

/**
 * Writes a pyramid of JPEG tiles that may lack some: a BigTIFF file, so that pictures of any size fit, with a directory a tier behind the tiles. A
 * tile that is not given is one of no bytes at offset 0, as libtiff has it too.
 *
 * Memory is that of the tables: 12 bytes for each tile of the whole picture, and what is given at a time.
 *
 * @param tiers The finest first.
 * @param tiles In any order, some at a time.
 * @throws {RangeError} If a tile lies outside of its tier, is given twice, or is larger than tiles may be; what was written is worth nothing then.
 */
export async function writeSparse(
  path: string,
  tiers: readonly SparseTier[],
  tiles: AsyncIterable<readonly SparseTile[]> | Iterable<readonly SparseTile[]>,
): Promise<void> {
  const places = tiers.map(emptyPlaces);
  const file = await open(path, "wx");
  try {
    let end = HEAD_BYTES;
    for await (const some of tiles) {
      for (const tile of some) end = note(places, tile, end);
      await writeAll(file, concatBytes(some.map(({ bytes }) => bytes)), end);
    }
    const first = end;
    for (const [index, tier] of tiers.entries()) {
      const fields = fieldsOf(tier, places[index] ?? emptyPlaces(tier), index);
      const directory = bigDirectory(fields, end, index === tiers.length - 1);
      end += directory.length;
      await writeAll(file, directory, end);
    }
    await writeAll(file, bigTiffHead(first), HEAD_BYTES);
  } finally {
    await file.close();
  }
}

/** Writes bytes before a place. */
async function writeAll(file: FileHandle, bytes: Uint8Array, end: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, end - bytes.length + done);
    done += bytesWritten;
  }
}

function emptyPlaces({ width, height }: ImageSize): Places {
  const [columns, rows] = [Math.ceil(width / TILE_PX), Math.ceil(height / TILE_PX)];
  const count = columns * rows;
  return { columns, rows, offsets: new Float64Array(count), sizes: new Uint32Array(count) };
}

/** Notes where a tile begins; gives where it ends. */
function note(places: readonly Places[], { tier, column, row, bytes }: SparseTile, start: number): number {
  const at = places[tier];
  const index = at === undefined ? -1 : row * at.columns + column;
  const isInside = at !== undefined && column >= 0 && column < at.columns && row >= 0 && row < at.rows;
  if (!isInside || at.sizes[index] !== 0 || bytes.length === 0 || bytes.length > MAX_TILE_BYTES) {
    const what = `tile ${column}, ${row} of tier ${tier}, of ${bytes.length} bytes`;
    throw new RangeError(`Cannot write ${what}; give each tile of a tier once, of 1 to ${MAX_TILE_BYTES} bytes`);
  }
  at.offsets[index] = start;
  at.sizes[index] = bytes.length;
  return start + bytes.length;
}

function fieldsOf({ width, height, tables }: SparseTier, { offsets, sizes }: Places, index: number): BigField[] {
  return [
    [254, LONG, [index === 0 ? 0 : 1]], // Whether it is another one, made smaller.
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, [8, 8, 8]],
    [259, SHORT, [7]],
    [262, SHORT, [6]],
    [277, SHORT, [3]],
    [284, SHORT, [1]],
    [322, LONG, [TILE_PX]],
    [323, LONG, [TILE_PX]],
    [324, LONG8, offsets],
    [325, LONG, sizes],
    [347, UNDEFINED, tables],
    [530, SHORT, [2, 2]],
  ];
}
