import fc from "fast-check";
import { decode as decodeJs } from "jpeg-js";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import {
  cropPlain,
  type JpegTier,
  makeJpegTier,
  makeJpegTiers,
  mosaicOf,
  noiseAt,
  planOf,
} from "../../../../tests/support/jpeg-tiers.ts";
import type { PlainBox, PlainPixels } from "../../../../tests/support/plain-image.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { createPixelCodec } from "./create-pixel-codec.ts";
import { tileJpeg } from "./tile-jpeg.ts";

interface Case {
  readonly tier: JpegTier;
  readonly mosaic: PlainPixels;
}

const cases: Case[] = [];
const codec = createPixelCodec({ decodedTiles: 4 });

beforeAll(async () => {
  const textured = (x: number, y: number, c: number) =>
    110 + 80 * Math.sin((x + c * 40) / 17 + y / 23) + 60 * noiseAt(x, y, c);
  const tiers = [
    ...(await makeJpegTiers(701, 533, 85, textured)),
    await makeJpegTier(100, 2, (x, y, c) => 255 * noiseAt(x >> 2, y >> 2, c)),
    await makeJpegTier(10, 2, textured),
    await makeJpegTier(85, 1, textured, true),
  ];
  for (const tier of tiers) cases.push({ tier, mosaic: mosaicOf(tier, decodeRgb) });
});

/** Luminance and colour by a decoder that repeats the samples of colour, and from there on exact arithmetic (JFIF 1.02). */
function decodeRgb(jpeg: Uint8Array): Uint8Array {
  const { data } = decodeJs(jpeg, { useTArray: true, formatAsRGBA: false, colorTransform: false });
  const rgb = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 3) {
    const [y = 0, cb = 0, cr = 0] = data.subarray(at, at + 3);
    rgb[at] = y + 1.402 * (cr - 128);
    rgb[at + 1] = y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128);
    rgb[at + 2] = y + 1.772 * (cb - 128);
  }
  return Uint8Array.from(rgb);
}

function decode(tier: JpegTier, box: PlainBox): Uint8Array {
  const { plan, rows } = planOf(tier, box);
  return Buffer.concat([...codec.decode(plan, rows)]);
}

/** The largest difference of two channels, and the mean. */
function difference(left: Uint8Array, right: Uint8Array): { most: number; mean: number } {
  expect(left).toHaveLength(right.length);
  let [most, sum] = [0, 0];
  for (const [at, value] of left.entries()) {
    const apart = Math.abs(value - (right[at] ?? 0));
    most = Math.max(most, apart);
    sum += apart;
  }
  return { most, mean: sum / left.length };
}

test("decode() gives what every tile decoded by itself gives, for any rectangle", () => {
  const box = fc.nat(cases.length - 1).chain((index) => {
    const { width, height } = (cases[index] as Case).mosaic;
    return fc
      .tuple(fc.nat(width - 1), fc.nat(height - 1), fc.constantFrom(1, 2, 17, 300), fc.constantFrom(1, 3, 16, 280))
      .map(([left, top, wide, high]) => ({
        index,
        box: { left, top, width: Math.min(wide, width - left), height: Math.min(high, height - top) },
      }));
  });
  checkProperty(
    fc.property(box, ({ index, box }) => {
      const { tier, mosaic } = cases[index] as Case;
      const { most, mean } = difference(decode(tier, box), cropPlain(mosaic, box).data);
      // Samples of both decoders are within 1 of the exact ones, and colour counts up to 1.772 times.
      expect(most, JSON.stringify({ index, box })).toBeLessThanOrEqual(4);
      if (box.width * box.height > 1000) expect(mean).toBeLessThan(0.25);
    }),
  );
});

test("decode() gives the luminance that libjpeg gives", async () => {
  for (const quality of [20, 85, 98]) {
    const tier = await makeJpegTier(quality, 2, (x, y) => 128 + 90 * Math.sin(x / 5 + y / 9) + 70 * noiseAt(x, y) - 35);
    const [left = new Uint8Array()] = tier.tiles[0] ?? [];
    const expected = await sharp(tileJpeg(tier.tables, left)).raw().toBuffer();
    const given = decode(tier, { left: 0, top: 0, width: 256, height: 256 });
    const { most, mean } = difference(given, expected);
    expect(most).toBeLessThanOrEqual(1);
    // It rounds between the passes the other way round.
    expect(mean).toBeLessThan(0.04);
  }
});

test("decode() gives the same whatever was decoded before", () => {
  const { tier } = cases[0] as Case;
  const box = { left: 13, top: 250, width: 600, height: 20 };
  const fresh = createPixelCodec({ decodedTiles: 1 });
  const { plan, rows } = planOf(tier, box);
  const first = Buffer.concat([...fresh.decode(plan, rows)]);
  for (const top of [0, 100, 240, 300, 511]) decode(tier, { left: 0, top, width: 512, height: 1 });
  expect(Buffer.compare(first, decode(tier, box))).toBe(0);
  expect(Buffer.compare(first, decode(tier, box))).toBe(0);
});

test("decode() reads the bytes only of tiles that it has not kept", () => {
  const { tier } = cases[0] as Case;
  const read: string[] = [];
  const kept = createPixelCodec({ decodedTiles: 3 });
  const touch = (left: number, top: number, width: number) => {
    const { plan, rows } = planOf(tier, { left, top, width, height: 256 });
    const told = rows.map((row) =>
      row.map(({ key, bytes }, column) => {
        const place = `${Math.floor(top / 256)} ${Math.floor(left / 256) + column}`;
        const tell = () => {
          read.push(place);
          return bytes();
        };
        return { key, bytes: tell };
      }),
    );
    for (const band of kept.decode(plan, told)) expect(band.length).toBeGreaterThan(0);
    return read.splice(0);
  };
  expect(touch(0, 0, 512)).toEqual(["0 0", "0 1"]);
  expect(touch(0, 0, 512)).toEqual([]);
  expect(touch(0, 256, 256)).toEqual(["1 0"]);
  // The fourth replaces the one that was not used for longest.
  expect(touch(0, 0, 256)).toEqual([]);
  expect(touch(512, 0, 256)).toEqual(["0 2"]);
  expect(touch(0, 0, 256)).toEqual([]);
  expect(touch(256, 0, 256)).toEqual(["0 1"]);
  // A row that has more tiles than are kept.
  expect(touch(0, 256, 700)).toEqual(["1 0", "1 1", "1 2"]);
});

test("decode() gives bands of whole rows, and refuses tiles that are not those of the rectangle", () => {
  const { tier } = cases[0] as Case;
  const { plan, rows } = planOf(tier, { left: 3, top: 7, width: 500, height: 300 });
  const bands = [...codec.decode(plan, rows)];
  expect(bands.map(({ length }) => length / 1500)).toEqual([...Array(18).fill(16), 12]);
  expect(() => [...codec.decode(plan, rows.slice(1))]).toThrow(/1 rows of tiles: the rectangle needs 2/);
  expect(() => [...codec.decode(plan, [[]])]).toThrow(/0 tiles in a row: the rectangle needs 2/);
  for (const wrong of [
    { left: -1 },
    { left: 256 },
    { top: 0.5 },
    { width: 0 },
    { height: 65_536 },
    { top: Number.NaN },
  ]) {
    expect(() => [...codec.decode({ ...plan, ...wrong }, rows)]).toThrow(RangeError);
  }
});

test("decode() and encoder() take turns", () => {
  const { tier } = cases[0] as Case;
  const { plan, rows } = planOf(tier, { left: 3, top: 7, width: 500, height: 300 });
  const whole = codec.encoder(plan.width, plan.height, 90);
  const apart = Buffer.concat([whole.write(Buffer.concat([...codec.decode(plan, rows)])), whole.end()]);
  const encoder = codec.encoder(plan.width, plan.height, 90);
  const pieces: Uint8Array[] = [];
  for (const band of codec.decode(plan, rows)) pieces.push(encoder.write(band));
  expect(Buffer.compare(Buffer.concat([...pieces, encoder.end()]), apart)).toBe(0);
});
