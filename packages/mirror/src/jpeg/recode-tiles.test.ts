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
import { decodePlain, type PlainBox, type PlainPixels } from "../../../../tests/support/plain-image.ts";
import { checkAsyncProperty } from "../../../../tests/support/property.ts";
import { createPixelCodec } from "./create-pixel-codec.ts";
import { qualityTables } from "./quality-tables.ts";
import { MARKER, readJpegSegments } from "./read-segments.ts";
import { type JpegTables, readJpegTables } from "./read-tables.ts";
import { STANDARD_AC } from "./standard-codes.ts";

interface Case {
  readonly tier: JpegTier;
  readonly mosaic: PlainPixels;
}

let textured: Case;
let sharpEdges: Case;
let optimised: Case;
const codec = createPixelCodec({ decodedTiles: 5 });

beforeAll(async () => {
  const paint = (x: number, y: number, c: number) =>
    120 + 60 * Math.sin((x + c * 40) / 17 + y / 23) + 50 * noiseAt(x >> 1, y >> 1, c) + 20 * noiseAt(x, y, c);
  textured = withMosaic((await makeJpegTiers(1000, 700, 85, paint))[0] as JpegTier);
  sharpEdges = withMosaic(await makeJpegTier(95, 3, (x, y, c) => 255 * Math.round(noiseAt(x >> 3, y >> 3, c))));
  optimised = withMosaic(await makeJpegTier(85, 1, (x, y, c) => 128 + x / 3 + 20 * noiseAt(x, y, c), true));
});

function withMosaic(tier: JpegTier): Case {
  return { tier, mosaic: mosaicOf(tier) };
}

function recode({ tier }: Case, box: PlainBox, quality?: number): Uint8Array {
  const { plan, rows } = planOf(tier, box);
  return Uint8Array.from(Buffer.concat([...codec.recode(plan, rows, quality)]));
}

/** What encoding the pixels of a rectangle with libjpeg gives. */
async function encodeCrop({ mosaic }: Case, box: PlainBox, quality: number): Promise<Uint8Array> {
  const { data, width, height } = cropPlain(mosaic, box);
  const pixels = sharp(data, { raw: { width, height, channels: 3 } });
  const jpeg = await pixels.jpeg({ quality, chromaSubsampling: "4:2:0", optimiseCoding: false }).toBuffer();
  return decodePlain(jpeg).data;
}

/** The mean difference of two channels, and the largest. */
function difference(left: Uint8Array, right: Uint8Array): { mean: number; most: number } {
  expect(left).toHaveLength(right.length);
  let [sum, most] = [0, 0];
  for (const [at, value] of left.entries()) {
    const apart = Math.abs(value - (right[at] ?? 0));
    sum += apart;
    most = Math.max(most, apart);
  }
  return { mean: sum / left.length, most };
}

const length = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(1, 2, 3, 8, 15, 16, 17) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 300 }) },
);
const start = (size: number) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.nat(size - 1) },
    // Around the borders of tiles.
    { weight: 2, arbitrary: fc.integer({ min: 250, max: Math.min(size - 1, 260) }) },
  );

function boxIn({ width, height }: PlainPixels): fc.Arbitrary<PlainBox> {
  return fc
    .tuple(start(width), fc.oneof(fc.nat(height - 1), fc.integer({ min: 245, max: 255 })), length, length)
    .map(([left, top, wide, high]) => ({
      left,
      top,
      width: Math.min(wide, width - left),
      height: Math.min(high, height - top),
    }));
}

test("recode() is off from the tiles' pixels no more than libjpeg is that encodes these pixels", async () => {
  for (const each of [textured, sharpEdges]) {
    // Of a few pixels chance decides which is nearer: those are counted together.
    const small = { ours: 0, theirs: 0 };
    await checkAsyncProperty(
      fc.asyncProperty(boxIn(each.mosaic), fc.constantFrom(30, 75, 85, 97), async (box, quality) => {
        const expected = cropPlain(each.mosaic, box);
        const given = decodePlain(recode(each, box, quality));
        const where = JSON.stringify({ box, quality });
        expect([given.width, given.height], where).toEqual([box.width, box.height]);
        const ours = difference(given.data, expected.data);
        const theirs = difference(await encodeCrop(each, box, quality), expected.data);
        if (Math.min(box.width, box.height) < 32) {
          small.ours += ours.mean;
          small.theirs += theirs.mean;
          return;
        }
        expect(ours.mean, where).toBeLessThanOrEqual(theirs.mean * 1.05 + 0.1);
        expect(ours.most, where).toBeLessThanOrEqual(theirs.most * 1.2 + 12);
      }),
      100,
    );
    expect(small.ours).toBeGreaterThan(10);
    expect(small.ours).toBeLessThanOrEqual(small.theirs * 1.05);
  }
});

/** Luminance and the two colours of each pixel, as the JPEG has them. */
function decodeSamples(jpeg: Uint8Array): Uint8Array {
  return decodeJs(jpeg, { useTArray: true, formatAsRGBA: false, colorTransform: false }).data;
}

/** How far one of three channels is off on average, when the rectangle is looked for some pixels further right and down. */
function apart(
  given: Uint8Array,
  mosaic: PlainPixels,
  box: PlainBox,
  channel: number,
  [dx, dy]: readonly number[],
): number {
  const moved = { ...box, left: box.left + (dx ?? 0), top: box.top + (dy ?? 0) };
  const expected = cropPlain(mosaic, moved).data;
  let sum = 0;
  for (let at = channel; at < given.length; at += 3) sum += Math.abs((given[at] ?? 0) - (expected[at] ?? 0));
  return sum / (given.length / 3);
}

const AROUND = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy])).filter(([dx, dy]) => dx !== 0 || dy !== 0);

test("recode() shifts neither luminance nor colour, whatever the offset", () => {
  const mosaic = mosaicOf(textured.tier, decodeSamples);
  for (const left of [40, 41, 255, 256, 511]) {
    for (const top of [60, 61, 254, 255, 303]) {
      const box = { left, top, width: 121, height: 90 };
      const given = decodeSamples(recode(textured, box, 90));
      for (const channel of [0, 1, 2]) {
        const exact = apart(given, mosaic, box, channel, [0, 0]);
        for (const shift of AROUND) {
          const [dx = 0, dy = 0] = shift;
          const where = `channel ${channel} of ${left},${top} by ${shift}`;
          if (channel === 0) expect(apart(given, mosaic, box, channel, shift), where).toBeGreaterThan(exact * 1.5);
          // A mean of two samples is as near to the one as to the other: colour is looked for a whole sample further.
          else expect(apart(given, mosaic, box, channel, [dx * 2, dy * 2]), where).toBeGreaterThan(exact * 1.1);
        }
      }
    }
  }
});

test("recode() of an even offset leaves the samples of colour as they are", () => {
  const mosaic = mosaicOf(textured.tier, decodeSamples);
  for (const [left, top] of [
    [0, 0],
    [2, 6],
    [250, 252],
    [130, 14],
  ] as const) {
    const box = { left, top, width: 200, height: 100 };
    const given = decodeSamples(recode(textured, box, 100));
    for (const channel of [0, 1, 2]) expect(apart(given, mosaic, box, channel, [0, 0])).toBeLessThan(0.5);
  }
});

test("recode() of an odd offset takes the mean of neighbours", () => {
  const mosaic = mosaicOf(textured.tier, decodeSamples);
  for (const [left, top] of [
    [1, 0],
    [0, 1],
    [255, 255],
    [33, 77],
  ] as const) {
    const box = { left, top, width: 200, height: 100 };
    const given = decodeSamples(recode(textured, box, 100));
    const from = cropPlain(mosaic, box).data;
    let sum = 0;
    for (let y = 0; y < 100; y += 2) {
      for (let x = 0; x < 200; x += 2) {
        const at = (y * 200 + x) * 3 + 1;
        const square = [at, at + 3, at + 600, at + 603].map((each) => from[each] ?? 0);
        const mean = square.reduce((total, each) => total + each, 0) / 4;
        sum += Math.abs((given[at] ?? 0) - mean);
      }
    }
    expect(sum / 5000, `${left},${top}`).toBeLessThan(0.7);
  }
});

test("recode() on the grid with the tiles' own tables gives their coefficients again", () => {
  const mosaic = mosaicOf(textured.tier);
  for (const [left, top] of [
    [0, 0],
    [256, 256],
    [16, 240],
  ] as const) {
    const box = { left, top, width: 320, height: 160 };
    const given = decodePlain(recode(textured, box)).data;
    const { mean, most } = difference(given, cropPlain(mosaic, box).data);
    expect(mean).toBeLessThan(0.05);
    expect(most).toBeLessThan(20);
  }
});

test("recode() keeps the tables of the tiles, or takes those of the quality", () => {
  const box = { left: 5, top: 9, width: 40, height: 30 };
  for (const each of [textured, optimised]) {
    expect(stepsOf(recode(each, box))).toEqual(
      readJpegTables(each.tier.tables).quantisation.map((steps) => [...(steps ?? [])]),
    );
    for (const quality of [40, 0]) {
      expect(stepsOf(recode(each, box, quality))).toEqual(qualityTables(quality).map((steps) => [...steps]));
    }
  }
  // The optimised ones have no codes for what another picture holds.
  expect(tablesOf(recode(optimised, box)).ac).toEqual(STANDARD_AC);
  expect(() => recode(textured, box, 101)).toThrow(RangeError);
  expect(() => recode(textured, box, Number.NaN)).toThrow(RangeError);
});

function tablesOf(jpeg: Uint8Array): JpegTables {
  const tables = readJpegSegments("a JPEG", jpeg).filter(
    ({ marker }) => marker === MARKER.DQT || marker === MARKER.DHT,
  );
  const parts = tables.map(({ start, end }) => jpeg.subarray(start, end));
  return readJpegTables(Uint8Array.from(Buffer.concat([Buffer.of(0xff, 0xd8), ...parts, Buffer.of(0xff, 0xd9)])));
}

function stepsOf(jpeg: Uint8Array): number[][] {
  return tablesOf(jpeg).quantisation.map((steps) => [...(steps ?? [])]);
}

test("recode() gives JPEG that libraries read without complaint, in pieces", async () => {
  const { plan, rows } = planOf(textured.tier, { left: 3, top: 3, width: 990, height: 690 });
  const pieces = [...codec.recode(plan, rows, 95)];
  expect(pieces.length).toBeGreaterThan(2);
  const { width, height, chromaSubsampling, space } = await sharp(Buffer.concat(pieces)).metadata();
  expect([width, height, chromaSubsampling, space]).toEqual([990, 690, "4:2:0", "srgb"]);
  await sharp(Buffer.concat(pieces), { failOn: "warning" }).raw().toBuffer();
});

test("recode() gives the same bytes whatever was kept, and after work that was broken off", () => {
  const box = { left: 133, top: 77, width: 500, height: 300 };
  const { plan, rows } = planOf(textured.tier, box);
  const first = Buffer.concat([...createPixelCodec({ decodedTiles: 1 }).recode(plan, rows, 85)]);
  for (const other of [{ ...box, left: 400 }, { ...box, left: 132, top: 301 }, box]) {
    const { plan, rows } = planOf(textured.tier, other);
    const work = codec.recode(plan, rows, 100);
    work.next();
    work.return(undefined);
    expect(Buffer.compare(recode(textured, box, 85), first)).toBe(0);
  }
});

test("recode() cuts out of rows of tiles that are as wide as a JPEG can be", () => {
  const [[tile]] = textured.tier.tiles as [[Uint8Array]];
  // Far more tiles than are kept, each under a name of its own.
  const row = Array.from({ length: 256 }, (_, column) => ({ key: `wide ${column}`, bytes: () => tile }));
  const plan = { tables: textured.tier.tables, left: 0, top: 250, width: 65_535, height: 8 };
  const jpeg = Buffer.concat([...codec.recode(plan, [row, row], 100)]);
  const wide = decodePlain(jpeg);
  expect([wide.width, wide.height]).toEqual([65_535, 8]);
  const expected = cropPlain(textured.mosaic, { left: 0, top: 250, width: 255, height: 6 });
  for (const column of [0, 1, 128, 254]) {
    const part = cropPlain(wide, { left: column * 256, top: 0, width: 255, height: 6 });
    expect(difference(part.data, expected.data).mean, `tile ${column}`).toBeLessThan(1);
  }
});
