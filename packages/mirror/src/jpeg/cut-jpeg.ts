import { BLOCK_PX } from "@brainatlas/sdk/image";
import type { ReadAt } from "../tiff/pyramid.ts";
import { checkStatus } from "./codec-status.ts";
import { concatBytes } from "./concat-bytes.ts";
import { type CutHeaders, WHAT } from "./cut-headers.ts";
import { type CutInstance, createCutInstance } from "./cut-instance.ts";
import { createCutStream } from "./cut-stream.ts";
import { cutTileHead } from "./cut-tables.ts";
import { SQUARES } from "./plan-squares.ts";
import { MARKER } from "./read-segments.ts";

const END = [0xff, MARKER.EOI];

/**
 * Cuts a JPEG into tiles of 256 × 256 pixels without decoding it: their coefficients are those of the JPEG. Memory is that of a row of tiles.
 *
 * Where a tile is larger than what is left of the picture, its last squares are repeated by their mean colour.
 *
 * @param headers Of the same file.
 * @returns Rows of tiles from the top, each from left to right: abbreviated JPEGs without tables, which `cutTables()` gives.
 * @throws {DecodeError} If the JPEG is damaged or cut off.
 */
export function* cutJpeg(headers: CutHeaders, read: ReadAt, sizeBytes: number): Generator<Uint8Array[], void> {
  const codec = createCutInstance(headers);
  const stream = createCutStream(codec, headers, read, sizeBytes);
  const columns = Math.ceil(headers.width / BLOCK_PX);
  const rows = Math.ceil(headers.height / BLOCK_PX);
  const tiles = Math.ceil(columns / SQUARES);
  const head = cutTileHead(headers);
  let untilRestart = headers.interval;

  /** The next squares of a row for a tile, which ends with those that are filled. */
  function* copy(tile: number, count: number, filled: number, isLast: boolean): Generator<Uint8Array> {
    for (let left = count; left > 0; ) {
      if (headers.interval > 0 && untilRestart === 0) {
        stream.restart();
        untilRestart = headers.interval;
      }
      stream.fill();
      const copied = headers.interval > 0 ? Math.min(left, untilRestart) : left;
      left -= copied;
      untilRestart -= copied;
      yield copySquares(codec, tile, copied, left === 0 ? filled : 0, left === 0 && isLast);
    }
  }

  for (let first = 0; first < rows; first += SQUARES) {
    const last = Math.min(first + SQUARES, rows) - 1;
    const pieces = Array.from({ length: tiles }, (): Uint8Array[] => [head]);
    for (let row = first; row <= last; row += 1) {
      const missing = row === last ? (SQUARES - 1 - (last - first)) * SQUARES : 0;
      for (const [tile, parts] of pieces.entries()) {
        const count = Math.min(SQUARES, columns - tile * SQUARES);
        for (const part of copy(tile, count, SQUARES - count + missing, row === last)) parts.push(part);
      }
    }
    if (last === rows - 1) stream.end();
    yield pieces.map((parts) => concatBytes([...parts, END]));
  }
}

/** A copy of what the codec wrote. */
function copySquares(
  { run, bytes }: CutInstance,
  tile: number,
  copied: number,
  filled: number,
  isLast: boolean,
): Uint8Array {
  checkStatus(run.cutSquares(tile, copied, filled, isLast ? 1 : 0), WHAT, `coded bytes of tile column ${tile}`);
  return bytes().slice(run.cutStart(), run.cutStart() + run.cutSize());
}
