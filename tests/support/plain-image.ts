// What a picture of a stored pyramid has to be, in the plainest way: every tile is decoded by itself, and the window is copied out of
// them. Nothing of the mirror is used.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { decode } from "jpeg-js";

/** Pixels, RGB, row by row. */
export interface PlainPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A rectangle in pixels of a tier. */
export interface PlainBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One tier of a stored pyramid. */
export interface PlainTier {
  readonly width: number;
  readonly height: number;
  /** The pixels of a rectangle that lies within the tier. */
  crop(box: PlainBox): PlainPixels;
}

/** A stored pyramid, the finest tier first. */
export interface PlainPyramid {
  readonly tiers: readonly PlainTier[];
  close(): void;
}

const TILE_PX = 256;
const TILE_BYTES = TILE_PX * TILE_PX * 3;
/** Decoded tiles that are kept: 75 MB. */
const MAX_KEPT = 400;

/** Fields of a directory by their tags. */
type Fields = ReadonlyMap<number, readonly number[]>;
type Read = (offset: number, length: number) => Buffer;

/** Size of a picture in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Opens a little-endian TIFF or BigTIFF of JPEG tiles, one directory a tier.
 *
 * @param picture Size of the picture, where the file is larger; tiers are halved until the longer edge is at most 256 pixels.
 */
export function openPlainPyramid(path: string, picture?: PictureSize): PlainPyramid {
  const fd = openSync(path, "r");
  const { size } = fstatSync(fd);
  const read: Read = (offset, length) => {
    const bytes = Buffer.alloc(Math.min(length, size - offset));
    readSync(fd, bytes, 0, bytes.length, offset);
    return bytes;
  };
  const kept = new Map<string, Uint8Array>();
  const isTier = (tier: number): boolean =>
    picture === undefined || tier === 0 || Math.max(picture.width, picture.height) / 2 ** (tier - 1) > TILE_PX;
  const directories = readDirectories(read).filter((_, tier) => isTier(tier));
  return {
    tiers: directories.map((fields, tier) => openTier(fields, tier, read, kept, picture)),
    close: () => closeSync(fd),
  };
}

function readDirectories(read: Read): Fields[] {
  const head = read(0, 16);
  if (head.toString("latin1", 0, 2) !== "II") throw new Error("No little-endian TIFF");
  const isBig = head.readUInt16LE(2) === 43;
  const directories: Fields[] = [];
  let at = isBig ? Number(head.readBigUInt64LE(8)) : head.readUInt32LE(4);
  while (at !== 0) {
    const [countBytes, fieldBytes] = isBig ? [8, 20] : [2, 12];
    const count = isBig ? Number(read(at, 8).readBigUInt64LE()) : read(at, 2).readUInt16LE();
    const bytes = read(at + countBytes, count * fieldBytes + 8);
    const fields = Array.from({ length: count }, (_, index) => bytes.subarray(index * fieldBytes));
    directories.push(new Map(fields.map((field) => [field.readUInt16LE(), readNumbers(field, isBig, read)])));
    const next = bytes.subarray(count * fieldBytes);
    at = isBig ? Number(next.readBigUInt64LE()) : next.readUInt32LE();
  }
  return directories;
}

/** Bytes of a number by the type that TIFF gives it; others are not looked at here. */
const SIZES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1, 16: 8 };

function readNumbers(field: Buffer, isBig: boolean, read: Read): number[] {
  const size = SIZES[field.readUInt16LE(2)] ?? 0;
  const count = isBig ? Number(field.readBigUInt64LE(4)) : field.readUInt32LE(4);
  const place = field.subarray(isBig ? 12 : 8);
  const isInPlace = size * count <= (isBig ? 8 : 4);
  const offset = isBig ? Number(place.readBigUInt64LE()) : place.readUInt32LE();
  const bytes = isInPlace ? place : read(offset, size * count);
  return Array.from({ length: size === 0 ? 0 : count }, (_, index) =>
    size === 8 ? Number(bytes.readBigUInt64LE(index * 8)) : bytes.readUIntLE(index * size, size),
  );
}

function openTier(
  fields: Fields,
  tier: number,
  read: Read,
  kept: Map<string, Uint8Array>,
  size: PictureSize | undefined,
): PlainTier {
  const numbers = (tag: number): readonly number[] => fields.get(tag) ?? [];
  const [[width = 0], [height = 0]] = [numbers(256), numbers(257)];
  const [offsets, sizes, tables] = [numbers(324), numbers(325), Buffer.from(numbers(347))];
  const columns = Math.ceil(width / TILE_PX);

  function tileAt(index: number): Uint8Array {
    const key = `${tier} ${index}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const stored = read(offsets[index] ?? 0, sizes[index] ?? 0);
    // The tables without their end, then the tile without its start.
    const { data } = decodePlain(Buffer.concat([tables.subarray(0, -2), stored.subarray(2)]));
    if (data.length !== TILE_BYTES) throw new Error(`Tile ${key} is not of ${TILE_PX} × ${TILE_PX} pixels`);
    const [oldest] = kept.keys();
    if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, data);
    return data;
  }

  return {
    width: size === undefined ? width : Math.max(1, Math.floor(size.width / 2 ** tier)),
    height: size === undefined ? height : Math.max(1, Math.floor(size.height / 2 ** tier)),
    crop(box) {
      const data = new Uint8Array(box.width * box.height * 3);
      for (let row = 0; row < box.height; row += 1) {
        const y = box.top + row;
        for (let done = 0; done < box.width; ) {
          const x = box.left + done;
          const length = Math.min(TILE_PX - (x % TILE_PX), box.width - done);
          const tile = tileAt(Math.floor(y / TILE_PX) * columns + Math.floor(x / TILE_PX));
          const from = ((y % TILE_PX) * TILE_PX + (x % TILE_PX)) * 3;
          data.set(tile.subarray(from, from + length * 3), (row * box.width + done) * 3);
          done += length;
        }
      }
      return { width: box.width, height: box.height, data };
    },
  };
}

/** Decodes a JPEG with a decoder that is none of the mirror's: it repeats the samples of halved colour and does not smooth them. */
export function decodePlain(jpeg: Uint8Array): PlainPixels {
  const { width, height, data } = decode(jpeg, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxMemoryUsageInMB: 4096,
    maxResolutionInMP: 1000,
  });
  return { width, height, data };
}

/** What is asked for of a file: its place in full-resolution pixels, its size in pixels of the tier. */
export interface PlainRequest extends PlainBox {
  readonly downsample: number;
}

/** The part of a request that lies in the tier, in its whole pixels; `undefined` where nothing does. */
export function plainBox(request: PlainRequest, tier: { width: number; height: number }): PlainBox | undefined {
  const x = Math.floor(request.left / 2 ** request.downsample);
  const y = Math.floor(request.top / 2 ** request.downsample);
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  const width = Math.min(tier.width, x + request.width) - left;
  const height = Math.min(tier.height, y + request.height) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : undefined;
}

/** A rectangle of pixels, which lies within them. */
export function cropPlain({ width, data }: PlainPixels, box: PlainBox): PlainPixels {
  const rows = Array.from({ length: box.height }, (_, row) => {
    const from = ((box.top + row) * width + box.left) * 3;
    return data.subarray(from, from + box.width * 3);
  });
  return { width: box.width, height: box.height, data: new Uint8Array(Buffer.concat(rows)) };
}
