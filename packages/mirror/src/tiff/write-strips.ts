import { type FileHandle, open } from "node:fs/promises";
import type { ImageSize } from "@brainatlas/sdk/image";

/** Rows of a strip: what a reader has to hold of the file at once. */
const STRIP_ROWS = 16;
/** Bytes of a pixel. */
const CHANNELS = 3;

/** Numbers that BigTIFF gives to types. */
const SHORT = 3;
const LONG = 4;
const LONG8 = 16;

/**
 * Writes pixels as an uncompressed TIFF: red, green and blue, 8 bits each. It is a BigTIFF, so that pictures of any size fit, and its tables come
 * first, so that the pixels pass through.
 *
 * @param size Size of the picture, in pixels.
 * @param bands Whole rows from the top, any number of them at a time.
 * @throws {RangeError} If they are more or fewer pixels than the picture has; what was written is worth nothing then.
 */
export async function writeStrips(
  path: string,
  size: ImageSize,
  bands: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const expected = size.width * size.height * CHANNELS;
  const file = await open(path, "wx");
  try {
    await file.writeFile(stripTables(size));
    const written = await fill(file, bands, expected);
    if (written !== expected) {
      throw new RangeError(`Cannot write ${written} bytes as a picture of ${expected}; give each of its rows once`);
    }
  } finally {
    await file.close();
  }
}

async function fill(
  file: FileHandle,
  bands: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  expected: number,
): Promise<number> {
  let written = 0;
  for await (const band of bands) {
    written += band.byteLength;
    if (written > expected) break;
    await file.writeFile(band); // Goes on where the last ended.
  }
  return written;
}

/** All that stands before the pixels: the header, one directory, and the lists of its strips. */
function stripTables({ width, height }: ImageSize): Uint8Array {
  const count = Math.ceil(height / STRIP_ROWS);
  const fields: (readonly [tag: number, type: number, ...values: number[]])[] = [
    [256, LONG, width],
    [257, LONG, height],
    [258, SHORT, 8, 8, 8],
    [259, SHORT, 1],
    [262, SHORT, 2],
    [273, LONG8], // Where strips begin,
    [277, SHORT, CHANNELS],
    [278, LONG, STRIP_ROWS],
    [279, LONG8], // and how many bytes they have.
    [284, SHORT, 1],
  ];
  const [first, lists] = [24, 16 + 8 + fields.length * 20 + 8];
  const pixels = lists + 2 * count * 8;
  const bytes = new Uint8Array(pixels);
  const view = new DataView(bytes.buffer);
  const putLong8 = (at: number, value: number): void => view.setBigUint64(at, BigInt(value), true);
  bytes.set(Buffer.from("II+\0\u0008\0\0\0", "latin1"));
  putLong8(8, 16);
  putLong8(16, fields.length);
  for (const [index, [tag, type, ...values]] of fields.entries()) {
    const at = first + index * 20;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    putLong8(at + 4, type === LONG8 ? count : values.length);
    for (const [nth, value] of values.entries()) {
      if (type === SHORT) view.setUint16(at + 12 + 2 * nth, value, true);
      else view.setUint32(at + 12, value, true);
    }
    // A list of one value lies in the field itself.
    if (type === LONG8) putLong8(at + 12, tag === 273 ? lists : lists + count * 8);
  }
  const rowBytes = width * CHANNELS;
  for (let strip = 0; strip < count; strip += 1) {
    const rows = Math.min(STRIP_ROWS, height - strip * STRIP_ROWS);
    putLong8(count === 1 ? first + 5 * 20 + 12 : lists + strip * 8, pixels + strip * STRIP_ROWS * rowBytes);
    putLong8(count === 1 ? first + 8 * 20 + 12 : lists + (count + strip) * 8, rows * rowBytes);
  }
  return bytes;
}
