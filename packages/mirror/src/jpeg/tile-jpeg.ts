import { DecodeError } from "@brainatlas/sdk";
import { MARKER } from "./read-segments.ts";
import { JFIF_HEAD } from "./write-headers.ts";

/**
 * What comes before a tile's bytes without their first two, so that both are a JPEG: it is the same for all tiles of a tier.
 *
 * @param tables The tables that the tiles share, as `PyramidTier.tables` has them.
 * @throws {DecodeError} If they are no stream of their own.
 */
export function tileHead(tables: Uint8Array): Uint8Array<ArrayBuffer> {
  expectMarker("JPEG tables", tables, 0, MARKER.SOI);
  expectMarker("JPEG tables", tables, tables.length - 2, MARKER.EOI);
  const head = new Uint8Array(JFIF_HEAD.length + tables.length - 4);
  head.set(JFIF_HEAD);
  head.set(tables.subarray(2, -2), JFIF_HEAD.length);
  return head;
}

/**
 * A stored tile as a JPEG, without decoding it.
 *
 * @param tile The stored bytes. All but the first two are given as they are.
 * @throws {DecodeError} If tables or tile do not begin as a JPEG does.
 */
export function tileJpeg(tables: Uint8Array, tile: Uint8Array): Uint8Array<ArrayBuffer> {
  expectMarker("a JPEG tile", tile, 0, MARKER.SOI);
  const head = tileHead(tables);
  const jpeg = new Uint8Array(head.length + tile.length - 2);
  jpeg.set(head);
  jpeg.set(tile.subarray(2), head.length);
  return jpeg;
}

function expectMarker(what: string, stream: Uint8Array, at: number, marker: number): void {
  if (stream[at] === 0xff && stream[at + 1] === marker) return;
  const found = `bytes ${stream[at] ?? "beyond the end"} ${stream[at + 1] ?? ""}`.trimEnd();
  throw new DecodeError(what, { at: Math.max(at, 0), expected: `FF ${marker.toString(16).toUpperCase()}`, found });
}
