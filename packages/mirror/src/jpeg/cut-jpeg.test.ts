import { readFileSync } from "node:fs";
import { isAtlasError } from "@brainatlas/sdk";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { cutTier, headersOf, readerOf } from "../../../../tests/support/cut-tiles.ts";
import {
  cropPlain,
  type JpegTier,
  makeJpegTiers,
  mosaicOf,
  noiseAt,
  type Paint,
  paintPixels,
  planOf,
} from "../../../../tests/support/jpeg-tiers.ts";
import { decodePlain } from "../../../../tests/support/plain-image.ts";
import { checkAsyncProperty, checkProperty } from "../../../../tests/support/property.ts";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { makeRestarted } from "../../../../tests/support/restarted-jpeg.ts";
import { concatBytes } from "./concat-bytes.ts";
import { createJpegCodec } from "./create-jpeg-codec.ts";
import { readCutHeaders } from "./cut-headers.ts";
import { cutJpeg } from "./cut-jpeg.ts";
import { cutTables } from "./cut-tables.ts";

const paint: Paint = (x, y, channel) => 128 + 70 * Math.sin(x / 9 + channel) + 90 * (noiseAt(x, y, channel) - 0.5);

interface Form {
  readonly quality?: number;
  readonly optimiseCoding?: boolean;
  readonly progressive?: boolean;
  readonly chromaSubsampling?: string;
}

async function encode(width: number, height: number, form: Form = {}): Promise<Buffer> {
  const picture = sharp(paintPixels(width, height, paint), { raw: { width, height, channels: 3 } });
  return await picture.jpeg({ quality: 85, chromaSubsampling: "4:2:0", optimiseCoding: false, ...form }).toBuffer();
}

/** All of a tier as a JPEG again. */
function joined(tier: JpegTier): Uint8Array {
  const { plan, rows } = planOf(tier, { left: 0, top: 0, width: tier.width, height: tier.height });
  return concatBytes([...createJpegCodec().join(plan, rows)]);
}

function codedBytes(jpeg: Uint8Array): Uint8Array {
  return jpeg.subarray(headersOf(jpeg).dataStart);
}

/** The tiles have the pixels of the whole, as a decoder sees them that knows nothing of the project. */
function expectPixels(jpeg: Uint8Array): void {
  const tier = cutTier(jpeg);
  const box = { left: 0, top: 0, width: tier.width, height: tier.height };
  expect(Buffer.compare(cropPlain(mosaicOf(tier), box).data, decodePlain(jpeg).data)).toBe(0);
}

test("cutJpeg() undoes the joining of tiles: the very bytes come back", async () => {
  const [tier] = await makeJpegTiers(512, 256, 85, paint);
  if (tier === undefined) throw new Error("No tier");
  const again = cutTier(joined(tier));
  expect(Buffer.compare(again.tables, tier.tables)).toBe(0);
  expect(again.tiles.flat().map((tile, index) => Buffer.compare(tile, tier.tiles.flat()[index] ?? tile))).toEqual([
    0, 0,
  ]);
});

test("cutJpeg() keeps all coefficients: joined again they are the same coded bytes", async () => {
  const size = fc.integer({ min: 1, max: 600 });
  const quality = fc.integer({ min: 1, max: 100 });
  await checkAsyncProperty(
    fc.asyncProperty(size, size, quality, async (width, height, quality) => {
      const jpeg = await encode(width, height, { quality });
      const again = joined(cutTier(jpeg));
      expect(Buffer.compare(codedBytes(again), codedBytes(jpeg))).toBe(0);
    }),
    12,
  );
});

test.each([
  [300, 270, { quality: 100, optimiseCoding: true }],
  [257, 17, { quality: 1, optimiseCoding: true }],
  [16, 600, { quality: 50, optimiseCoding: true }],
  [1, 1, { optimiseCoding: true }],
])("cutJpeg() reads a picture of %i × %i with Huffman tables of its own", async (width, height, form) => {
  expectPixels(await encode(width, height, form));
});

test.each([1, 3, 20, 21, 40, 1000])("cutJpeg() reads restarts after each %i squares", async (interval) => {
  const [width, height] = [320, 288];
  const jpeg = await makeRestarted(paintPixels(width, height, paint), { width, height }, interval);
  expect(headersOf(jpeg).interval).toBe(interval);
  expectPixels(jpeg);
});

test("cutJpeg() reads bytes before a marker that fill up, and a file in which chunks end anywhere", async () => {
  const jpeg = await makeRestarted(paintPixels(320, 288, paint), { width: 320, height: 288 }, 7);
  const filled: number[] = [];
  for (const [index, byte] of jpeg.entries()) {
    if (byte === 0xff && (jpeg[index + 1] ?? 0) >= 0xd0 && (jpeg[index + 1] ?? 0) <= 0xd9 && index > 2)
      filled.push(0xff, 0xff);
    filled.push(byte);
  }
  const whole = cutTier(jpeg);
  expect(cutTier(Uint8Array.from(filled))).toEqual(whole);
  for (const most of [2, 3, 13]) {
    const read = (offset: number, length: number) => jpeg.subarray(offset, offset + (length > 1000 ? most : length));
    expect([...cutJpeg(headersOf(jpeg), read, jpeg.length)]).toEqual(whole.tiles);
  }
});

test.each<[Form, RegExp]>([
  [{ progressive: true }, /frame FF C2, not baseline/],
  [{ chromaSubsampling: "4:4:4" }, /sampling 1x1,1x1,1x1/],
])("readCutHeaders() says that a JPEG of %j is not cut", async (form, words) => {
  const jpeg = await encode(40, 40, form);
  expect(readCutHeaders(readerOf(jpeg), jpeg.length)).toEqual({ uncut: expect.stringMatching(words) });
});

test("readCutHeaders() says that grey, CMYK and RGB are not cut", async () => {
  const grey = await sharp(await encode(40, 40))
    .toColourspace("b-w")
    .jpeg()
    .toBuffer();
  const cmyk = await sharp(await encode(40, 40))
    .toColourspace("cmyk")
    .jpeg()
    .toBuffer();
  const plain = await encode(40, 40);
  // Without the JFIF header, the numbers of the components are what says it.
  const rgb = Buffer.concat([plain.subarray(0, 2), plain.subarray(plain.indexOf(Buffer.of(0xff, 0xdb)))]);
  const frame = rgb.indexOf(Buffer.of(0xff, 0xc0));
  for (const [index, letter] of [..."RGB"].entries()) rgb.write(letter, frame + 10 + index * 3, "latin1");
  const words = [grey, cmyk, rgb].map((jpeg) => readCutHeaders(readerOf(jpeg), jpeg.length));
  expect(words).toEqual([
    { uncut: "1 components of 8 bits" },
    { uncut: "4 components of 8 bits" },
    { uncut: "red, green and blue" },
  ]);
});

describe("cutJpeg() of a damaged JPEG", () => {
  const small = encode(48, 35);

  test("refuses one that is cut off, at any length", async () => {
    const jpeg = await small;
    for (let length = 0; length < jpeg.length; length += 1) {
      expect(() => cutTier(jpeg.subarray(0, length)), `${length} bytes`).toThrow(/Cannot decode (a JPEG|JPEG tables)/);
    }
  });

  test("refuses sizes that the coded bytes do not have", async () => {
    const jpeg = await small;
    const frame = jpeg.indexOf(Buffer.of(0xff, 0xc0));
    for (const [height, width] of [
      [0, 48],
      [35, 0],
      [65_535, 48],
      [35, 65_535],
      [65_535, 65_535],
      [35, 64],
      [16, 48],
    ] as const) {
      const lie = Buffer.from(jpeg);
      lie.writeUInt16BE(height, frame + 5);
      lie.writeUInt16BE(width, frame + 7);
      expect(() => cutTier(lie), `${width} × ${height}`).toThrow(/Cannot decode (a JPEG|JPEG tables)/);
    }
  });

  test("refuses restarts that are missing, in another order, or too many", async () => {
    const jpeg = await makeRestarted(paintPixels(64, 32, paint), { width: 64, height: 32 }, 2);
    const at = jpeg.indexOf(Buffer.of(0xff, 0xd1));
    const other = Buffer.from(jpeg);
    other[at + 1] = 0xd3;
    const missing = Buffer.concat([jpeg.subarray(0, at), jpeg.subarray(at + 2)]);
    const more = Buffer.concat([jpeg.subarray(0, -2), Buffer.of(0xff, 0xd3), jpeg.subarray(-2)]);
    for (const wrong of [other, missing, more])
      expect(() => cutTier(wrong)).toThrow(/Cannot decode (a JPEG|JPEG tables)/);
  });

  test("throws a DecodeError and nothing else, or gives tiles that can be joined", async () => {
    const sources = [await small, await makeRestarted(paintPixels(64, 32, paint), { width: 64, height: 32 }, 3)];
    const place = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.2, noNaN: true }));
    const bytes = fc.oneof(
      fc.array(fc.nat({ max: 255 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.constant(255), { minLength: 1, maxLength: 90 }),
    );
    checkProperty(
      fc.property(fc.constantFrom(...sources), place, bytes, (jpeg, at, wrong) => {
        const hurt = Buffer.from(jpeg);
        const start = Math.floor(at * (hurt.length - 1));
        hurt.set(wrong.slice(0, hurt.length - start), start);
        try {
          if ("uncut" in readCutHeaders(readerOf(hurt), hurt.length)) return;
          joined(cutTier(hurt));
        } catch (error) {
          if (!isAtlasError(error, "ATLAS_DECODE")) throw error;
        }
      }),
    );
  });
});

test("cutTables() gives red a table of its own where it has other steps than blue", () => {
  const steps = (value: number) => new Uint8Array(64).fill(value);
  const tables = cutTables({ steps: [steps(1), steps(2), steps(3)] });
  expect(Buffer.from(tables).indexOf(Buffer.of(0xff, 0xdb, 0, 67, 2, 3))).toBeGreaterThan(0);
  expect(Buffer.from(cutTables({ steps: [steps(1), steps(2), steps(2)] })).indexOf(Buffer.of(0, 67, 2))).toBe(-1);
});

describeRecorded("cutJpeg() of recorded JPEGs", () => {
  test.each([
    ["recorded", "atlas_image_download_100883869_ds4_annotation.jpg"],
    ["real", "images", "section-71717640-s209-expression.jpg"],
    ["real", "images", "atlas-plate-devmouse-p56-sagittal-annotated-ds2-3040x1840.jpg"],
  ])("has their pixels: %s %s %s", (...parts) => {
    expectPixels(readFileSync(recording(...parts.filter((part) => part !== undefined))));
  });
});
