import { DecodeError } from "@brainatlas/sdk";
import { TILE_PX } from "@brainatlas/sdk/image";
import { type JpegFrame, readJpegFrame } from "./read-frame.ts";

/**
 * Reads the headers of a tile.
 *
 * @throws {DecodeError} If they are damaged, or not what tiles of a stored pyramid have.
 */
export function readTileFrame(tile: Uint8Array): JpegFrame {
  const frame = readJpegFrame(tile);
  if (frame.width === TILE_PX && frame.height === TILE_PX) return frame;
  const found = `${frame.width}x${frame.height} pixels`;
  throw new DecodeError("a JPEG tile", { at: "SOF0", expected: `${TILE_PX}x${TILE_PX} pixels`, found });
}

/**
 * Where the coded bytes of a tile begin.
 *
 * @param first What another tile's headers say, whose tables this one is to have.
 * @param firstBytes The bytes of that tile. Headers are alike as a rule, and are read only where they are not.
 * @throws {DecodeError} If its headers are damaged, or name other tables.
 */
export function dataStart(tile: Uint8Array, first: JpegFrame, firstBytes: Uint8Array): number {
  if (beginAlike(tile, firstBytes, first.dataStart)) return first.dataStart;
  const frame = readTileFrame(tile);
  for (const [index, { quantisation, dc, ac }] of frame.components.entries()) {
    const given = first.components[index];
    if (given?.quantisation === quantisation && given.dc === dc && given.ac === ac) continue;
    const found = `tables ${quantisation}, ${dc} and ${ac} for component ${index + 1}`;
    throw new DecodeError("a JPEG tile", { at: "SOS", expected: "the tables that the other tiles have", found });
  }
  return frame.dataStart;
}

function beginAlike(left: Uint8Array, right: Uint8Array, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (left[at] !== right[at]) return false;
  return true;
}
