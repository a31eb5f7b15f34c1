import { inflateSync } from "node:zlib";
import { DecodeError } from "@brainatlas/sdk";
import { TILE_PX, type TierWindow, tilesOf } from "@brainatlas/sdk/image";
import type { PyramidFile } from "../tiff/open-pyramid.ts";
import { indexRows } from "./tile-rows.ts";

/** Samples of a tile: three channels. */
const TILE_SAMPLES = TILE_PX * TILE_PX * 3;
const TILE_BYTES = TILE_SAMPLES * 2;
/** Most samples of a band, which bounds the memory of wide windows. */
const MAX_BAND_SAMPLES = 2 ** 23;

/**
 * A window of a pyramid of 16 bits as interleaved RGB of 8, in bands of whole rows.
 *
 * @param filter Makes 8 bits of interleaved 16.
 * @throws {DecodeError} If a tile is damaged.
 */
export function* deepBands(
  file: PyramidFile,
  tier: number,
  window: TierWindow,
  filter: (rgb: Uint16Array) => Uint8Array,
): Generator<Uint8Array> {
  const span = tilesOf(window);
  const most = Math.max(1, Math.floor(MAX_BAND_SAMPLES / (window.width * 3)));
  let done = 0;
  for (const indices of indexRows(file, tier, span)) {
    const from = done === 0 ? span.top : 0;
    const end = Math.min(TILE_PX, from + window.height - done);
    for (let row = from; row < end; row += most) {
      const rows = Math.min(most, end - row);
      const band = new Uint16Array(window.width * rows * 3);
      for (const [column, index] of indices.entries()) {
        const samples = readTile(file, tier, index);
        copyRows(samples, row, rows, column * TILE_PX - span.left, band, window.width);
      }
      yield filter(band);
    }
    done += end - from;
  }
}

/** Copies rows of a tile into a band where its left edge lies at `at` pixels, which may be outside. */
function copyRows(tile: Uint16Array, row: number, rows: number, at: number, band: Uint16Array, width: number): void {
  const skipped = Math.max(0, -at);
  const to = Math.max(0, at);
  const copied = Math.min(TILE_PX - skipped, width - to);
  for (let each = 0; each < rows; each += 1) {
    const from = ((row + each) * TILE_PX + skipped) * 3;
    band.set(tile.subarray(from, from + copied * 3), (each * width + to) * 3);
  }
}

function readTile(file: PyramidFile, tier: number, index: number): Uint16Array {
  const bytes = inflateTile(file.readTile(tier, index), `tier ${tier}, tile ${index}`);
  const samples = new Uint16Array(bytes.buffer, bytes.byteOffset, TILE_SAMPLES);
  if (file.pyramid.isDifferenced) undoDifferences(samples);
  return samples;
}

function inflateTile(packed: Uint8Array, at: string): Buffer {
  const fail = (found: string, cause?: unknown): never => {
    throw new DecodeError("the picture", { at, expected: `a tile of ${TILE_BYTES} bytes`, found }, { cause });
  };
  let bytes: Buffer;
  try {
    bytes = inflateSync(packed, { maxOutputLength: TILE_BYTES });
  } catch (cause) {
    return fail("damaged data", cause);
  }
  if (bytes.length !== TILE_BYTES) return fail(`${bytes.length}`);
  // A copy where the bytes lie at an odd place: samples have two.
  return bytes.byteOffset % 2 === 0 ? bytes : Buffer.from(Uint8Array.from(bytes).buffer);
}

/** Each row holds differences to the pixel on the left (TIFF predictor 2). */
function undoDifferences(samples: Uint16Array): void {
  const rowSamples = TILE_PX * 3;
  for (let start = 0; start < samples.length; start += rowSamples) {
    for (let at = start + 3; at < start + rowSamples; at += 1) {
      samples[at] = (samples[at] ?? 0) + (samples[at - 3] ?? 0);
    }
  }
}
