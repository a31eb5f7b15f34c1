import { DecodeError } from "@brainatlas/sdk";
import { checkStatus } from "./codec-status.ts";
import type { TileInput } from "./jpeg-codec.ts";
import { MAX_TILE_BYTES } from "./jpeg-limits.ts";
import type { PixelInstance } from "./pixel-instance.ts";
import { SQUARES } from "./plan-squares.ts";
import type { JpegFrame } from "./read-frame.ts";
import { type HuffmanTable, type JpegTables, readJpegTables } from "./read-tables.ts";
import { readTileFrame } from "./tile-frame.ts";

/** A decoded tile: where its planes lie in memory, and what its headers say. */
export interface DecodedTile {
  readonly planes: number;
  readonly frame: JpegFrame;
}

/** Decoded tiles that are kept; the one that was not used for longest leaves. */
export interface TileSlots {
  /** Takes the tables that the tiles share which come next. */
  useTables(stream: Uint8Array): JpegTables;
  /**
   * Decodes the tiles of a row, as far as they are not kept. They stay until the next call.
   *
   * @param partOf What is wanted of the tile of a column, counted from 0.
   * @throws {DecodeError} If one is damaged, or no tile of a pyramid.
   */
  decodeRow(tiles: readonly TileInput[], partOf: (column: number) => TilePart): readonly DecodedTile[];
}

/** Squares of 16 pixels of a tile: columns and rows from the first to before the end, 0 to 16. */
export interface TilePart {
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly firstRow: number;
  readonly endRow: number;
}

const WHAT = "a JPEG tile";

/** @param count How many tiles are kept. A row that has more is kept all the same. */
export function createTileSlots(pixels: PixelInstance, count: number): TileSlots {
  const kept = new Map<string, DecodedTile>();
  const free: number[] = [];
  let made = 0;
  let stream = new Uint8Array();
  let tables: JpegTables = { quantisation: [], dc: [], ac: [] };
  let prepared = "";

  function takeSlot(rowLength: number): number {
    const slot = free.pop();
    if (slot !== undefined) return slot;
    if (made < Math.max(count, rowLength)) return pixels.slot(made++);
    // The tiles of the row itself were used last.
    const [oldest] = kept;
    if (oldest === undefined) throw new Error("Cannot keep a tile: there is no slot");
    kept.delete(oldest[0]);
    return oldest[1].planes;
  }

  function decode(tile: TileInput, part: TilePart, rowLength: number): DecodedTile {
    const bytes = tile.bytes();
    if (bytes.length > MAX_TILE_BYTES) {
      throw new DecodeError(WHAT, { at: 0, expected: `at most ${MAX_TILE_BYTES} bytes`, found: `${bytes.length}` });
    }
    const frame = readTileFrame(bytes);
    const key = frame.components.map(({ quantisation, dc, ac }) => [quantisation, dc, ac]).join();
    if (key !== prepared) {
      prepared = "";
      prepare(pixels, tables, frame);
      prepared = key;
    }
    const planes = takeSlot(rowLength);
    pixels.bytes().set(bytes.subarray(frame.dataStart), pixels.tile);
    const size = pixels.run.unstuff(pixels.tile, bytes.length - frame.dataStart, pixels.tileTop);
    const status = pixels.run.decodeTile(
      pixels.tileTop,
      size,
      planes,
      part.firstColumn,
      part.endColumn,
      part.firstRow,
      part.endRow,
    );
    if (status !== 0) free.push(planes);
    checkStatus(status, WHAT, tile.key);
    return { planes, frame };
  }

  return {
    useTables(next) {
      if (Buffer.compare(stream, next) === 0) return tables;
      tables = readJpegTables(next);
      stream = Uint8Array.from(next);
      prepared = "";
      return tables;
    },
    decodeRow(tiles, partOf) {
      return tiles.map((tile, column) => {
        const part = partOf(column);
        const partKey = isWhole(part) ? tile.key : `${tile.key} ${Object.values(part)}`;
        const key = kept.has(tile.key) ? tile.key : partKey;
        const decoded = kept.get(key) ?? decode(tile, part, tiles.length);
        // Put last, as what was used last.
        kept.delete(key);
        kept.set(key, decoded);
        return decoded;
      });
    },
  };
}

function isWhole({ firstColumn, endColumn, firstRow, endRow }: TilePart): boolean {
  return firstColumn === 0 && firstRow === 0 && endColumn === SQUARES && endRow === SQUARES;
}

/** Gives the codec the tables that a frame names. */
function prepare({ run, bytes, positions }: PixelInstance, tables: JpegTables, frame: JpegFrame): void {
  const memory = bytes();
  const setTable = (number: number, table: HuffmanTable | undefined) => {
    if (table === undefined) return;
    const at = run.tableSpec(number);
    memory.set(table.counts, at);
    memory.set(table.symbols, at + 16);
    checkStatus(run.setTable(number), "JPEG tables", "DHT");
  };
  for (const number of [0, 1]) {
    setTable(number, tables.dc[number]);
    setTable(2 + number, tables.ac[number]);
  }
  for (const [index, { quantisation, dc, ac }] of frame.components.entries()) {
    const steps = tables.quantisation[quantisation];
    if (steps === undefined || tables.dc[dc] === undefined || tables.ac[ac] === undefined) {
      const found = `component ${index + 1} with tables ${quantisation}, ${dc} and ${ac}`;
      throw new DecodeError(WHAT, { at: "SOF", expected: "tables that are there", found });
    }
    const view = new Uint16Array(memory.buffer, run.stepsAt() + index * 128, 64);
    for (const [place, position] of positions.entries()) view[position] = steps[place] ?? 0;
    if (index < 2) run.prepareDecode(index, dc, 2 + ac);
  }
}
