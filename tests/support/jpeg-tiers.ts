import sharp from "sharp";
import type { TileInput, TilePlan } from "../../packages/mirror/src/jpeg/jpeg-codec.ts";
import { tileJpeg } from "../../packages/mirror/src/jpeg/tile-jpeg.ts";
import { readPyramid } from "../../packages/mirror/src/tiff/read-pyramid.ts";
import { TILE_PX, type TierWindow, tilesOf } from "../../packages/sdk/src/image/index.ts";
import { decodePlain, type PlainBox, type PlainPixels } from "./plain-image.ts";

/** One tier of JPEG tiles, in memory. */
export interface JpegTier {
  readonly width: number;
  readonly height: number;
  readonly tables: Uint8Array;
  /** Row by row. */
  readonly tiles: readonly (readonly Uint8Array[])[];
}

/** A value of a channel, 0 to 255, at a place of a picture. */
export type Paint = (x: number, y: number, channel: number) => number;

/** A number from 0 to 1 that looks random, the same for the same place each time. */
export function noiseAt(x: number, y: number, channel = 0): number {
  let mixed = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca77) ^ Math.imul(channel + 1, 0xc2b2ae3d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** Pixels of a painted picture, RGB. */
export function paintPixels(width: number, height: number, paint: Paint): Buffer {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 1) {
    const pixel = Math.floor(at / 3);
    pixels[at] = Math.min(255, Math.max(0, paint(pixel % width, Math.floor(pixel / width), at % 3)));
  }
  return pixels;
}

/** The tiers of a painted picture, stored as the store does, the finest first. */
export async function makeJpegTiers(width: number, height: number, quality: number, paint: Paint): Promise<JpegTier[]> {
  const file = await sharp(paintPixels(width, height, paint), { raw: { width, height, channels: 3 } })
    .tiff({ compression: "jpeg", quality, tile: true, pyramid: true, tileWidth: TILE_PX, tileHeight: TILE_PX })
    .toBuffer();
  const { tiers } = readPyramid((offset, length) => file.subarray(offset, offset + length), file.length);
  return tiers.map(({ columns, rows, offsets, sizes, ...tier }) => {
    const tile = (index: number) => file.subarray(offsets[index], (offsets[index] ?? 0) + (sizes[index] ?? 0));
    const row = (first: number) => Array.from({ length: columns }, (_, column) => tile(first + column));
    return { ...tier, tiles: Array.from({ length: rows }, (_, index) => row(index * columns)) };
  });
}

/**
 * One tier of any quality: libraries that write pyramids halve no colour at a high one.
 *
 * @param optimised With Huffman tables that have codes only for what the tile holds; the tier is one tile then.
 */
export async function makeJpegTier(
  quality: number,
  columns: number,
  paint: Paint,
  optimised = false,
): Promise<JpegTier> {
  const [width, height] = [columns * TILE_PX, TILE_PX];
  const whole = sharp(paintPixels(width, height, paint), { raw: { width, height, channels: 3 } });
  const options = { quality, chromaSubsampling: "4:2:0", optimiseCoding: optimised };
  const jpegs: Buffer[] = [];
  for (let left = 0; left < width; left += TILE_PX) {
    const tile = whole.clone().extract({ left, top: 0, width: TILE_PX, height: TILE_PX });
    jpegs.push(await tile.jpeg(options).toBuffer());
  }
  const parts = jpegs.map(takeApart);
  return { width, height, tables: parts[0]?.tables ?? Buffer.of(), tiles: [parts.map(({ tile }) => tile)] };
}

/** Tables and the rest of a JPEG, as two streams. */
function takeApart(jpeg: Buffer): { tables: Buffer; tile: Buffer } {
  const tables: Buffer[] = [jpeg.subarray(0, 2)];
  const tile: Buffer[] = [jpeg.subarray(0, 2)];
  for (let at = 2; ; ) {
    const marker = jpeg[at + 1];
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (marker === 0xdb || marker === 0xc4) tables.push(jpeg.subarray(at, end));
    else if (marker !== 0xe0) tile.push(jpeg.subarray(at, marker === 0xda ? undefined : end));
    if (marker === 0xda)
      return { tables: Buffer.concat([...tables, Buffer.of(0xff, 0xd9)]), tile: Buffer.concat(tile) };
    at = end;
  }
}

/** The rows of tiles that a rectangle touches, and where it lies in them. */
export function planOf(tier: JpegTier, box: PlainBox): { plan: TilePlan; rows: TileInput[][] } {
  const window: TierWindow = { ...box, downsample: 0 };
  const { firstColumn, firstRow, columns, rows, left, top } = tilesOf(window);
  const touched = tier.tiles.slice(firstRow, firstRow + rows);
  return {
    plan: { tables: tier.tables, left, top, width: box.width, height: box.height },
    rows: touched.map((row) => row.slice(firstColumn, firstColumn + columns).map(toInput)),
  };
}

/** A tile under a name that no other tile has. */
export function toInput(tile: Uint8Array): TileInput {
  let key = names.get(tile);
  if (key === undefined) {
    named += 1;
    key = String(named);
    names.set(tile, key);
  }
  return { key, bytes: () => tile };
}

const names = new WeakMap<Uint8Array, string>();
let named = 0;

/** The pixels of each tile by itself, as a decoder of JPEG has them that knows nothing of the project. */
export function mosaicOf(
  tier: JpegTier,
  decode: (jpeg: Uint8Array) => Uint8Array = (jpeg) => decodePlain(jpeg).data,
): PlainPixels {
  const [columns, rows] = [tier.tiles[0]?.length ?? 0, tier.tiles.length];
  const [width, height] = [columns * TILE_PX, rows * TILE_PX];
  const data = new Uint8Array(width * height * 3);
  for (const [row, tiles] of tier.tiles.entries()) {
    for (const [column, tile] of tiles.entries()) {
      const pixels = decode(tileJpeg(tier.tables, tile));
      for (let y = 0; y < TILE_PX; y += 1) {
        const line = pixels.subarray(y * TILE_PX * 3, (y + 1) * TILE_PX * 3);
        data.set(line, ((row * TILE_PX + y) * width + column * TILE_PX) * 3);
      }
    }
  }
  return { width, height, data };
}

/** A rectangle of pixels. */
export function cropPlain(from: PlainPixels, { left, top, width, height }: PlainBox): PlainPixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const start = ((top + y) * from.width + left) * 3;
    data.set(from.data.subarray(start, start + width * 3), y * width * 3);
  }
  return { width, height, data };
}
