import { type FileHandle, open } from "node:fs/promises";
import type { ImageSize } from "@brainatlas/sdk/image";

/** Fields of a TIFF directory that are looked at. */
const TAG = { width: 256, height: 257, tileWidth: 322, tileHeight: 323, offsets: 324 } as const;
const CHANNELS = 3;

/** A field of a directory, and where its value stands in the file. */
interface Field {
  readonly values: readonly number[];
  readonly at: number;
  /** Bytes of a value. */
  readonly size: number;
}

/**
 * Enlarges a picture to the whole of its tiles, in place: what lies beyond it repeats its last column and row. It is an uncompressed little-endian
 * TIFF or BigTIFF of tiles, three channels of 8 bits, as libvips writes it.
 *
 * @returns The new size.
 */
export async function fillTiles(path: string): Promise<ImageSize> {
  const file = await open(path, "r+");
  try {
    return await fill(file);
  } finally {
    await file.close();
  }
}

async function fill(file: FileHandle): Promise<ImageSize> {
  const fields = await readDirectory(file);
  const one = (tag: number): number => fields.get(tag)?.values[0] ?? 0;
  const [width, height] = [one(TAG.width), one(TAG.height)];
  const [tileWidth, tileHeight] = [one(TAG.tileWidth), one(TAG.tileHeight)];
  const offsets = fields.get(TAG.offsets)?.values ?? [];
  const columns = Math.ceil(width / tileWidth);
  const rows = Math.ceil(height / tileHeight);
  const tile = Buffer.alloc(tileWidth * tileHeight * CHANNELS);
  for (const [index, offset] of offsets.entries()) {
    const isLast = { column: index % columns === columns - 1, row: Math.floor(index / columns) === rows - 1 };
    if (!isLast.column && !isLast.row) continue;
    await file.read(tile, 0, tile.length, offset);
    if (isLast.column) fillRight(tile, tileWidth, width - (columns - 1) * tileWidth);
    if (isLast.row) fillBelow(tile, tileWidth, height - (rows - 1) * tileHeight);
    await file.write(tile, 0, tile.length, offset);
  }
  await writeNumber(file, fields.get(TAG.width), columns * tileWidth);
  await writeNumber(file, fields.get(TAG.height), rows * tileHeight);
  return { width: columns * tileWidth, height: rows * tileHeight };
}

/** Repeats the last of `used` columns. */
function fillRight(tile: Buffer, width: number, used: number): void {
  const rowBytes = width * CHANNELS;
  for (let row = 0; row < tile.length; row += rowBytes) {
    const end = row + used * CHANNELS;
    tile.fill(tile.subarray(end - CHANNELS, end), end, row + rowBytes);
  }
}

/** Repeats the last of `used` rows. */
function fillBelow(tile: Buffer, width: number, used: number): void {
  const rowBytes = width * CHANNELS;
  const end = used * rowBytes;
  for (let row = end; row < tile.length; row += rowBytes) tile.copyWithin(row, end - rowBytes, end);
}

async function readDirectory(file: FileHandle): Promise<ReadonlyMap<number, Field>> {
  const read = async (at: number, length: number): Promise<Buffer> =>
    (await file.read(Buffer.alloc(length), 0, length, at)).buffer;
  const head = await read(0, 16);
  const isBig = head.readUInt16LE(2) === 43;
  const start = isBig ? Number(head.readBigUInt64LE(8)) : head.readUInt32LE(4);
  const [countBytes, fieldBytes, room] = isBig ? [8, 20, 8] : [2, 12, 4];
  const count = isBig ? Number((await read(start, 8)).readBigUInt64LE()) : (await read(start, 2)).readUInt16LE();
  const fields = new Map<number, Field>();
  for (let index = 0; index < count; index += 1) {
    const at = start + countBytes + index * fieldBytes;
    const bytes = await read(at, fieldBytes);
    const size = { 3: 2, 4: 4, 16: 8 }[bytes.readUInt16LE(2)] ?? 1;
    const length = (isBig ? Number(bytes.readBigUInt64LE(4)) : bytes.readUInt32LE(4)) * size;
    const place = bytes.subarray(fieldBytes - room);
    const isInPlace = length <= room;
    const pointer = isBig ? Number(place.readBigUInt64LE()) : place.readUInt32LE();
    const values = isInPlace ? place.subarray(0, length) : await read(pointer, length);
    fields.set(bytes.readUInt16LE(), {
      values: Array.from({ length: length / size }, (_, each) => numberAt(values, each * size, size)),
      at: isInPlace ? at + fieldBytes - room : pointer,
      size,
    });
  }
  return fields;
}

function numberAt(bytes: Buffer, at: number, size: number): number {
  return size === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, size);
}

async function writeNumber(file: FileHandle, field: Field | undefined, value: number): Promise<void> {
  if (field === undefined || field.size > 4) throw new Error("its directory has no size that can be changed");
  const bytes = Buffer.alloc(field.size);
  bytes.writeUIntLE(value, 0, field.size);
  await file.write(bytes, 0, field.size, field.at);
}
