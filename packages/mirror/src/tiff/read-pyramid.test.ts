import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { DecodeError } from "@brainatlas/sdk";
import fc from "fast-check";
import sharp, { type TiffOptions } from "sharp";
import { describe, expect, test } from "vitest";
import { type MadeField, type MadeTiff, makeTiff } from "../../../../tests/support/make-tiff.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import type { Pyramid, ReadAt } from "./pyramid.ts";
import { readPyramid } from "./read-pyramid.ts";

const TABLES = [0xff, 0xd8, 0xff, 0xdb, 0xff, 0xd9];

/** The fields of a tier of JPEG tiles, each of which has ten bytes from the 16th of the file on. */
function jpegFields(width: number, height: number): MadeField[] {
  const tiles = Math.ceil(width / 256) * Math.ceil(height / 256);
  const long = (tag: number, ...values: number[]): MadeField => ({ tag, type: 4, values });
  const short = (tag: number, ...values: number[]): MadeField => ({ tag, type: 3, values });
  return [
    ...[long(256, width), long(257, height), short(258, 8, 8, 8), short(259, 7), short(262, 6), short(277, 3)],
    ...[short(322, 256), short(323, 256), long(324, ...Array(tiles).fill(16)), long(325, ...Array(tiles).fill(10))],
    { tag: 347, type: 7, values: TABLES },
  ];
}

function deflateFields(width: number, height: number, predictor = 2): MadeField[] {
  const kept = jpegFields(width, height).filter(({ tag }) => ![258, 259, 262, 347].includes(tag));
  const short = (tag: number, ...values: number[]): MadeField => ({ tag, type: 3, values });
  return [...kept, short(258, 16, 16, 16), short(259, 8), short(262, 2), short(317, predictor)];
}

const DATA = new Uint8Array(10);
const PLATE: MadeTiff = { data: DATA, directories: [jpegFields(513, 300), jpegFields(256, 150)] };

/** The same fields with some others in their place. */
function withFields(fields: readonly MadeField[], ...others: MadeField[]): MadeField[] {
  const tags = others.map(({ tag }) => tag);
  return [...fields.filter(({ tag }) => !tags.includes(tag)), ...others];
}

function without(fields: readonly MadeField[], tag: number): MadeField[] {
  return fields.filter((field) => field.tag !== tag);
}

function readerOf(bytes: Uint8Array): ReadAt {
  return (offset, length) => bytes.subarray(offset, offset + length);
}

function readMade(made: MadeTiff): Pyramid {
  const bytes = makeTiff(made);
  return readPyramid(readerOf(bytes), bytes.length);
}

function sizesOf({ tiers }: Pyramid): string[] {
  return tiers.map(({ width, height, columns, rows }) => `${width}×${height} ${columns}×${rows}`);
}

describe("readPyramid()", () => {
  test.each([
    [false, true],
    [false, false],
    [true, true],
    [true, false],
  ])("reads the same of a file that is big (%s) and little-endian (%s)", (isBig, isLittleEndian) => {
    const pyramid = readMade({ ...PLATE, isBig, isLittleEndian });
    expect(pyramid).toMatchObject({ encoding: "jpeg", isDifferenced: false });
    expect(sizesOf(pyramid)).toEqual(["513×300 3×2", "256×150 1×1"]);
    expect(pyramid.tiers[0]?.offsets).toEqual(Float64Array.from(Array(6).fill(16)));
    expect(pyramid.tiers[0]?.sizes).toEqual(Uint32Array.from(Array(6).fill(10)));
    expect([...(pyramid.tiers[1]?.tables ?? [])]).toEqual(TABLES);
  });

  test("reads places past 4 GB", () => {
    const far = 2 ** 40;
    const fields = withFields(jpegFields(256, 256), { tag: 324, type: 16, values: [far] });
    const bytes = makeTiff({ isBig: true, data: DATA, directories: [fields] });
    expect(readPyramid(readerOf(bytes), far + 10).tiers[0]?.offsets[0]).toBe(far);
    expect(() => readPyramid(readerOf(bytes), far + 9)).toThrow(/expected tile 0 within the file/);
  });

  test.each([1, 2])("reads 16 bits with predictor %i", (predictor) => {
    const pyramid = readMade({ data: DATA, directories: [deflateFields(9, 9, predictor)] });
    expect(pyramid).toMatchObject({ encoding: "deflate", isDifferenced: predictor === 2 });
    expect(pyramid.tiers[0]?.tables).toHaveLength(0);
  });
});

describe("readPyramid() of files that the encoder writes", () => {
  /** A smooth picture, no two places of it alike, in 8 or 16 bits. */
  function pixels<T extends Uint8Array | Uint16Array>(data: T, width: number, height: number, scale: number): T {
    for (let at = 0; at < data.length; at += 3) {
      const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)];
      data[at] = scale * ((255 * x) / width);
      data[at + 1] = scale * ((255 * y) / height);
      data[at + 2] = scale * (128 + 100 * Math.sin(x / 37) * Math.cos(y / 29));
    }
    return data;
  }

  async function written(options: TiffOptions, is16: boolean): Promise<{ bytes: Buffer; raw: Uint16Array }> {
    const [width, height] = [600, 300];
    const size = width * height * 3;
    const data = is16
      ? pixels(new Uint16Array(size), width, height, 257)
      : pixels(new Uint8Array(size), width, height, 1);
    const path = join(await temporaryFolder(), "a.tif");
    await sharp(data, { raw: { width, height, channels: 3 } })
      .toColourspace(is16 ? "rgb16" : "srgb")
      .tiff({ tile: true, pyramid: true, tileWidth: 256, tileHeight: 256, ...options })
      .toFile(path);
    return { bytes: readFileSync(path), raw: Uint16Array.from(data) };
  }

  test.each([false, true])("finds tiles that are JPEGs with their tables (BigTIFF: %s)", async (bigtiff) => {
    const { bytes } = await written({ compression: "jpeg", quality: 85, bigtiff }, false);
    const { tiers } = readPyramid(readerOf(bytes), bytes.length);
    expect(tiers.map(({ width, height }) => [width, height])).toEqual([
      [600, 300],
      [300, 150],
      [150, 75],
    ]);
    for (const [page, { columns, rows, offsets, sizes, tables, width, height }] of tiers.entries()) {
      for (let index = 0; index < columns * rows; index += 1) {
        const tile = readerOf(bytes)(offsets[index] ?? 0, sizes[index] ?? 0);
        const jpeg = Buffer.concat([tables.subarray(0, -2), tile.subarray(2)]);
        const [left, top] = [(index % columns) * 256, Math.floor(index / columns) * 256];
        const window = { left, top, width: Math.min(256, width - left), height: Math.min(256, height - top) };
        const inside = { ...window, left: 0, top: 0 };
        const found = await sharp(jpeg).extract(inside).raw().toBuffer();
        expect(found.equals(await sharp(bytes, { page }).extract(window).raw().toBuffer())).toBe(true);
      }
    }
  });

  test("finds tiles of 16 bits that are exact", async () => {
    const { bytes, raw } = await written({ compression: "deflate", predictor: "horizontal" }, true);
    const { tiers, isDifferenced } = readPyramid(readerOf(bytes), bytes.length);
    expect(isDifferenced).toBe(true);
    const { offsets, sizes } = tiers[0] ?? {};
    const second = inflateSync(readerOf(bytes)(offsets?.[1] ?? 0, sizes?.[1] ?? 0));
    const values = new Uint16Array(second.buffer.slice(second.byteOffset, second.byteOffset + second.length));
    for (let at = 3; at < 256 * 3; at += 1) values[at] = (values[at] ?? 0) + (values[at - 3] ?? 0);
    expect(values.subarray(0, 256 * 3)).toEqual(raw.subarray(256 * 3, 2 * 256 * 3));
  });
});

describe("readPyramid() refuses", () => {
  const [plate, half] = PLATE.directories as [MadeField[], MadeField[]]; // There are two.
  const short = (tag: number, ...values: number[]): MadeField => ({ tag, type: 3, values });
  const long = (tag: number, ...values: number[]): MadeField => ({ tag, type: 4, values });

  test.each<[string, readonly MadeField[], RegExp]>([
    ["no width", without(plate, 256), /a field 256/],
    ["no tiles", without(plate, 324), /a field 324/],
    ["no tables", without(plate, 347), /a field 347/],
    ["a width of 0", withFields(plate, long(256, 0)), /holds 0; expected an edge of 1/],
    ["a width past the bound", withFields(plate, long(256, 2 ** 31 + 1)), /expected an edge of 1 to 2147483648/],
    [
      "tiles without number",
      withFields(plate, long(256, 2 ** 31), long(257, 2 ** 31)),
      /expected at most 4194304 tiles/,
    ],
    ["more tiles than are listed", withFields(plate, long(256, 1025)), /holds 6; expected 10 values in field 324/],
    [
      "a list that lies past the end",
      withFields(plate, { ...long(325, ...Array(6).fill(9)), place: 1e9 }),
      /bytes within/,
    ],
    ["a count of values that lies", withFields(plate, { ...long(324, 1, 2), count: 2 ** 32 - 1 }), /expected 6 values/],
    ["a tile past the end", withFields(plate, long(324, ...Array(5).fill(16), 4e9)), /tile 5 within the file/],
    ["a tile of no bytes", withFields(plate, long(325, ...Array(5).fill(10), 0)), /tile 5 within the file/],
    ["a tile beyond measure", withFields(plate, long(325, 2 ** 21, ...Array(5).fill(10))), /tile 0 within the file/],
    ["tiles of another size", withFields(plate, short(322, 512)), /expected 256 in field 322/],
    ["grey", withFields(plate, short(277, 1)), /expected 3 in field 277/],
    ["RGB in JPEG", withFields(plate, short(262, 2)), /expected 6 in field 262/],
    ["12 bits", withFields(plate, short(258, 12, 12, 12)), /expected 8, 8, 8 in field 258/],
    ["whole colour", withFields(plate, short(530, 1, 1)), /expected 2, 2 in field 530/],
    ["separate channels", withFields(plate, short(284, 2)), /expected 1 in field 284/],
    ["floating point", withFields(plate, short(339, 3, 3, 3)), /expected 1, 1, 1 in field 339/],
    ["LZW", withFields(plate, short(259, 5)), /holds 5; expected compression 7 or 8/],
    ["text for a number", withFields(plate, { tag: 256, type: 2, values: [49] }), /type 2; expected whole numbers/],
    ["a fraction for a number", withFields(plate, { tag: 256, type: 5, values: [1] }), /type 5; expected whole/],
    ["tables without an end", withFields(plate, { tag: 347, type: 7, values: TABLES.slice(0, 4) }), /from SOI to EOI/],
    ["tables of a byte", withFields(plate, { tag: 347, type: 7, values: [255] }), /from SOI to EOI/],
    [
      "tables beyond measure",
      withFields(plate, { tag: 347, type: 7, values: Array(5000).fill(0) }),
      /at most 4096 bytes/,
    ],
    ["another predictor", withFields(deflateFields(9, 9), short(317, 3)), /expected predictor 1 or 2/],
    ["8 bits in deflate", withFields(deflateFields(9, 9), short(258, 8, 8, 8)), /expected 16, 16, 16/],
  ])("%s", (_, fields, message) => {
    const read = (): Pyramid => readMade({ data: DATA, directories: [fields] });
    expect(read).toThrow(DecodeError);
    expect(read).toThrow(message);
  });

  test.each<[string, MadeTiff, RegExp]>([
    [
      "a tier that is rounded up",
      { ...PLATE, directories: [plate, withFields(half, long(256, 257))] },
      /edge of 256 pixels/,
    ],
    [
      "a tier that is not halved",
      { ...PLATE, directories: [plate, plate] },
      /edge of 256 pixels, half of the tier above/,
    ],
    ["tiers in two encodings", { ...PLATE, directories: [plate, deflateFields(256, 150)] }, /encoding of the first/],
    ["a ring of directories", { ...PLATE, loopTo: 0 }, /one of them again/],
    ["a ring of one", { ...PLATE, directories: [jpegFields(1, 1)], loopTo: 0 }, /one of them again/],
    ["33 tiers", { data: DATA, directories: Array(33).fill(jpegFields(1, 1)) }, /at most 32 tiers/],
    ["no directory", { directories: [] }, /place of a directory/],
    ["1001 fields", { directories: [Array(1001).fill(short(1, 1))] }, /holds 1001; expected at most 1000 fields/],
    ["16 bits, big-endian", { isLittleEndian: false, data: DATA, directories: [deflateFields(9, 9)] }, /big-endian/],
  ])("%s", (_, made, message) => {
    expect(() => readMade(made)).toThrow(DecodeError);
    expect(() => readMade(made)).toThrow(message);
  });

  test.each(["", "II", "II*\0", "II*\0\u0001\0\0\0", "MM\0*\0\0\0\u0008", "\u0089PNG", "II+\0\u0004\0\0\0aaaaaaaa"])(
    "the file %j",
    (text) => {
      const bytes = Buffer.from(text, "latin1");
      expect(() => readPyramid(readerOf(bytes), bytes.length)).toThrow(DecodeError);
    },
  );
});

/** Reads, and checks of what is read that all of it lies within the file; a `DecodeError` is an answer too. */
function checkBounded(bytes: Uint8Array): void {
  let asked = 0;
  const read: ReadAt = (offset, length) => {
    asked += length;
    return bytes.subarray(offset, offset + length);
  };
  try {
    const { tiers } = readPyramid(read, bytes.length);
    for (const { offsets, sizes, columns, rows } of tiers) {
      expect([offsets.length, sizes.length]).toEqual([columns * rows, columns * rows]);
      for (const [index, offset] of offsets.entries())
        expect(offset + (sizes[index] ?? 0)).toBeLessThanOrEqual(bytes.length);
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  // A few fields of each tier, none longer than the file.
  expect(asked).toBeLessThan(32 * 16 * bytes.length + 64);
}

describe("readPyramid() of damaged files", () => {
  const sound = [false, true].flatMap((isBig) =>
    [false, true].map((isLittleEndian) => makeTiff({ ...PLATE, isBig, isLittleEndian })),
  );

  test("ends with a pyramid that lies within the file, or a DecodeError", () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 });
    checkProperty(
      fc.property(fc.constantFrom(...sound), flips, fc.option(fc.nat()), (file, changes, cut) => {
        const bytes = file.slice(0, cut === null ? file.length : cut % file.length);
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
        checkBounded(bytes);
      }),
    );
  });

  test("ends so wherever a file is cut, and whichever byte is wrong", () => {
    for (const file of sound) {
      for (let at = 0; at < file.length; at += 1) {
        checkBounded(file.subarray(0, at));
        for (const value of [0, 1, 0x7f, 0xff]) {
          const bytes = file.slice();
          bytes[at] = value;
          checkBounded(bytes);
        }
      }
    }
  });
});
