import { completeDcTable } from "./complete-dc-table.ts";
import { concatBytes } from "./concat-bytes.ts";
import { createJoinCodec, type JoinCodec } from "./join-codec.ts";
import type { JpegCodec, TileInput, TilePlan } from "./jpeg-codec.ts";
import { planSquares, SQUARES } from "./plan-squares.ts";
import type { JpegFrame } from "./read-frame.ts";
import { MARKER } from "./read-segments.ts";
import { type JpegTables, readJpegTables } from "./read-tables.ts";
import { readTileFrame } from "./tile-frame.ts";
import { createTileMarks } from "./tile-marks.ts";
import { writeJpegHeaders } from "./write-headers.ts";

/** Memory that is kept for the next rectangle; a codec that grew larger is given up. */
const KEPT_BYTES = 2 ** 24;
const END = [0xff, MARKER.EOI];

/** Makes `JpegCodec.join`. */
export function createJoin(): JpegCodec["join"] {
  let codec: JoinCodec | undefined;
  const readTables = rememberTables();
  const marks = createTileMarks();

  return function* join(plan, rows) {
    codec ??= createJoinCodec(marks);
    try {
      yield* joinRows(codec, plan, readTables(plan.tables), rows);
    } finally {
      if (codec.sizeBytes > KEPT_BYTES) codec = undefined;
    }
  };
}

/** Reads tables; those that it read last are given again, the same object. */
function rememberTables(): (stream: Uint8Array) => JpegTables {
  let stream = new Uint8Array();
  let tables: JpegTables | undefined;
  return (given) => {
    if (tables === undefined || Buffer.compare(stream, given) !== 0) {
      const read = readJpegTables(given);
      tables = { ...read, dc: read.dc.map((table) => table && completeDcTable(table)) };
      stream = given.slice();
    }
    return tables;
  };
}

function* joinRows(
  codec: JoinCodec,
  plan: TilePlan,
  tables: JpegTables,
  rows: Iterable<readonly TileInput[]>,
): Generator<Uint8Array> {
  const squares = planSquares(plan);
  const columns = Math.ceil(squares.endColumn / SQUARES);
  const count = Math.ceil(squares.endRow / SQUARES);
  let first: JpegFrame | undefined;
  let index = 0;
  for (const row of rows) {
    if (row.length !== columns) {
      throw new RangeError(`Cannot join ${row.length} tiles: the rectangle has ${columns} in a row`);
    }
    const tiles = row.map((tile) => ({ key: tile.key, stored: tile.bytes() }));
    const isFirst = first === undefined;
    first ??= readTileFrame(tiles[0]?.stored ?? new Uint8Array());
    if (isFirst) codec.open(tables, first.components);
    const head = isFirst ? writeJpegHeaders({ ...first, width: plan.width, height: plan.height }, tables) : [];
    const joined = codec.joinRow(tiles, first, squares, index);
    index += 1;
    yield concatBytes([head, joined, index === count ? END : []]);
    if (index === count) return;
  }
  throw new RangeError(`Cannot join ${index} rows of tiles: the rectangle has ${count}`);
}
