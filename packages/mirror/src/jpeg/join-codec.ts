import { DecodeError } from "@brainatlas/sdk";
import { createCodecInstance, type JoinExports } from "./codec-instance.ts";
import { checkStatus } from "./codec-status.ts";
import { MAX_TILE_BYTES } from "./jpeg-limits.ts";
import { type PlanSquares, SQUARES } from "./plan-squares.ts";
import type { JpegFrame } from "./read-frame.ts";
import type { JpegTables } from "./read-tables.ts";
import { dataStart } from "./tile-frame.ts";
import { MARK_BYTES, type TileMarks } from "./tile-marks.ts";

/** The largest row of tiles; 256 tiles of noise at quality 100 have as much. */
const MAX_ROW_BYTES = 2 ** 25;
const TILE = "a JPEG tile";
const TABLES = "JPEG tables";

/** A tile, and what names it. */
export interface StoredTile {
  readonly key: string;
  readonly stored: Uint8Array;
}

/** The codec, as it joins one rectangle after the other. */
export interface JoinCodec {
  /** Memory that it holds, in bytes. */
  readonly sizeBytes: number;
  /**
   * Begins a rectangle.
   *
   * @param tables Those that the tiles share. The same object again costs nothing.
   * @throws {DecodeError} If one is missing that the tiles are coded with.
   */
  open(tables: JpegTables, components: JpegFrame["components"]): void;
  /**
   * Joins a row of tiles.
   *
   * @param index Which row, from 0.
   * @returns The coded bytes, as they lie in the codec's memory until the next call.
   * @throws {DecodeError} If a tile is damaged.
   */
  joinRow(tiles: readonly StoredTile[], first: JpegFrame, squares: PlanSquares, index: number): Uint8Array;
}

/**
 * Starts a codec.
 *
 * @param marks What is known of tiles; it outlives the codec.
 */
export function createJoinCodec(marks: TileMarks): JoinCodec {
  const { run, bytes } = createCodecInstance<JoinExports>();
  let known: JpegTables | undefined;
  let numbers = "";

  function putTables(tables: JpegTables, [luma, blue]: JpegFrame["components"]): void {
    const wanted = [tables.dc[luma.dc], tables.dc[blue.dc], tables.ac[luma.ac], tables.ac[blue.ac]];
    for (const [slot, table] of wanted.entries()) {
      if (table === undefined) {
        const expected = "the Huffman tables that the tiles name";
        throw new DecodeError(TABLES, { at: "DHT", expected, found: `none for slot ${slot}` });
      }
      bytes().set(table.counts, run.tableSpec(slot));
      bytes().set(table.symbols, run.tableSpec(slot) + table.counts.length);
      checkStatus(run.setTable(slot), TABLES, "DHT");
    }
    run.prepareWalk(0, 0, 2);
    run.prepareWalk(1, 1, 3);
  }

  /** Notes where the first squares of the tile lie that was added last; once known, it is not looked for again. */
  function markTile(key: string, size: number, squares: number, at: string): void {
    const known = marks.get(key, size, squares);
    if (known !== undefined) {
      bytes().set(known, run.marks());
      return;
    }
    checkStatus(run.markTile(squares), TILE, at);
    marks.keep(key, size, squares, bytes().subarray(run.marks(), run.marks() + (squares + 1) * MARK_BYTES));
  }

  return {
    get sizeBytes() {
      return bytes().length;
    },
    open(tables, components) {
      const named = components.map(({ dc, ac }) => `${dc}${ac}`).join();
      if (tables !== known || named !== numbers) {
        known = undefined;
        putTables(tables, components);
        [known, numbers] = [tables, named];
      }
      run.openPicture(0, 1);
    },
    joinRow(tiles, first, { firstColumn, endColumn, firstRow, endRow }, index) {
      const top = index * SQUARES;
      const end = Math.min(endRow - top, SQUARES);
      const { total, largest } = measure(tiles);
      const input = run.openRow(tiles.length, total, largest, Math.max(firstRow - top, 0), end);
      if (input === 0) throw new RangeError(`Cannot join ${tiles.length} tiles of ${total} bytes: no memory is left`);
      for (const [column, { key, stored }] of tiles.entries()) {
        const from = dataStart(stored, first, tiles[0]?.stored ?? stored);
        const left = column * SQUARES;
        const right = Math.min(endColumn - left, SQUARES);
        bytes().set(stored.subarray(from), input);
        const size = run.addTile(stored.length - from, Math.max(firstColumn - left, 0), right);
        markTile(key, size, (end - 1) * SQUARES + right, `coded bytes of tile ${column}`);
      }
      checkStatus(run.writeRow(endRow - top <= SQUARES ? 1 : 0), TABLES, "DHT");
      const start = run.outputStart();
      return bytes().subarray(start, start + run.outputSize());
    },
  };
}

function measure(tiles: readonly StoredTile[]): { total: number; largest: number } {
  let total = 0;
  let largest = 0;
  for (const { stored } of tiles) {
    total += stored.length;
    largest = Math.max(largest, stored.length);
  }
  if (largest > MAX_TILE_BYTES || total > MAX_ROW_BYTES) {
    const expected = `at most ${MAX_TILE_BYTES} bytes, and ${MAX_ROW_BYTES} in a row of tiles`;
    throw new DecodeError(TILE, { at: "the end", expected, found: `${largest} bytes, and ${total} in its row` });
  }
  return { total, largest };
}
