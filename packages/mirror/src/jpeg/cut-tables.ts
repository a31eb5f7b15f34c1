import { TILE_PX } from "@brainatlas/sdk/image";
import type { CutHeaders } from "./cut-headers.ts";
import { MARKER } from "./read-segments.ts";
import { STANDARD_AC, STANDARD_DC } from "./standard-codes.ts";

const [HIGH, LOW] = [TILE_PX >> 8, TILE_PX & 255];

/**
 * The tables that the tiles of a JPEG share, a stream of its own, in the order in which libtiff writes them: quantisation, then for luminance and
 * for colour the Huffman tables that serve any picture (ITU-T T.81, annex K). JPEGs of the same quantisation give the same bytes.
 */
export function cutTables({ steps }: Pick<CutHeaders, "steps">): Uint8Array {
  const [luma, blue, red] = steps;
  const quantisation = hasRed({ steps }) ? [luma, blue, red] : [luma, blue];
  const bytes = [0xff, MARKER.SOI];
  const put = (marker: number, content: readonly number[]): void => {
    const length = content.length + 2;
    bytes.push(0xff, marker, length >> 8, length & 255, ...content);
  };
  for (const [number, table] of quantisation.entries()) put(MARKER.DQT, [number, ...table]);
  for (const [number, dc] of STANDARD_DC.entries()) {
    put(MARKER.DHT, [number, ...dc.counts, ...dc.symbols]);
    const ac = STANDARD_AC[number];
    if (ac !== undefined) put(MARKER.DHT, [0x10 | number, ...ac.counts, ...ac.symbols]);
  }
  return Uint8Array.from([...bytes, 0xff, MARKER.EOI]);
}

/** What comes before the coded bytes of each tile. */
export function cutTileHead({ steps }: Pick<CutHeaders, "steps">): Uint8Array {
  const red = hasRed({ steps }) ? 2 : 1;
  const frame = [8, HIGH, LOW, HIGH, LOW, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, red];
  const scan = [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0];
  return Uint8Array.from([
    ...[0xff, MARKER.SOI],
    ...[0xff, MARKER.SOF0, 0, frame.length + 2, ...frame],
    ...[0xff, MARKER.SOS, 0, scan.length + 2, ...scan],
  ]);
}

/** Whether red has steps of its own. */
function hasRed({ steps: [, blue, red] }: Pick<CutHeaders, "steps">): boolean {
  return Buffer.compare(blue, red) !== 0;
}
