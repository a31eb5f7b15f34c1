import fc from "fast-check";
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
  toInput,
} from "../../../../tests/support/jpeg-tiers.ts";
import { decodePlain, type PlainBox, type PlainPixels } from "../../../../tests/support/plain-image.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { createJoin } from "./join-tiles.ts";

/** A tier, and what its tiles are when each is decoded by itself. */
interface Case {
  readonly name: string;
  readonly tier: JpegTier;
  readonly mosaic: PlainPixels;
}

const cases: Case[] = [];
const join = createJoin();

beforeAll(async () => {
  const smooth = (x: number, y: number, channel: number) => 128 + 100 * Math.sin((x + channel * 40) / 37 + y / 53);
  const textured = (x: number, y: number, channel: number) => smooth(x, y, channel) + 40 * noiseAt(x, y, channel);
  const made = {
    // Edges that lie within a square, and within a block.
    textured: await makeJpegTiers(701, 533, 85, textured),
    flat: await makeJpegTiers(600, 520, 85, (x) => (x < 300 ? 255 : 20)),
    noise: [await makeJpegTier(100, 3, (x, y, c) => 255 * Math.round(noiseAt(x, y, c)))],
    checkered: [await makeJpegTier(100, 2, (x, y) => 255 * ((x + y) % 2))],
    // The largest steps from block to block, and from tile to tile.
    steps: [await makeJpegTier(100, 3, (x, y) => 255 * (((x >> 3) + (y >> 3) + (x >> 8)) % 2))],
    coarse: [await makeJpegTier(1, 2, textured)],
    optimised: [await makeJpegTier(85, 1, textured, true)],
    // Begins with zeros, and rises so slowly that the tables have no code for what a rectangle of it begins with.
    "optimised slope": [await makeJpegTier(85, 1, (x) => 128 + x / 3, true)],
    "optimised and flat": [await makeJpegTier(85, 1, () => 77, true)],
  };
  for (const [name, tiers] of Object.entries(made)) {
    for (const tier of tiers) cases.push({ name: `${name} ${tier.width}`, tier, mosaic: mosaicOf(tier) });
  }
});

function joined(tier: JpegTier, box: PlainBox): Uint8Array {
  const { plan, rows } = planOf(tier, box);
  return Buffer.concat([...join(plan, rows)]);
}

function expectCut({ name, tier, mosaic }: Case, box: PlainBox): void {
  const expected = cropPlain(mosaic, box);
  const given = decodePlain(joined(tier, box));
  const where = `${name}: ${JSON.stringify(box)}`;
  expect([given.width, given.height], where).toEqual([box.width, box.height]);
  expect(Buffer.compare(given.data, expected.data), where).toBe(0);
}

/** A rectangle whose upper left is on the grid of a tier. */
function boxIn(tier: JpegTier, maxEdge: number): fc.Arbitrary<PlainBox> {
  const place = (length: number) => fc.nat({ max: Math.ceil(length / 16) - 1 }).map((square) => square * 16);
  return fc
    .tuple(
      place(tier.width),
      place(tier.height),
      fc.integer({ min: 1, max: maxEdge }),
      fc.integer({ min: 1, max: maxEdge }),
    )
    .map(([left, top, width, height]) => ({
      left,
      top,
      width: Math.min(width, tier.width - left),
      height: Math.min(height, tier.height - top),
    }));
}

test("join() cuts out exactly what its tiles hold", () => {
  const anyCase = fc.nat({ max: cases.length - 1 }).map((index) => cases[index] as Case);
  const anyBox = anyCase.chain((each) => boxIn(each.tier, 300).map((box) => ({ each, box })));
  checkProperty(fc.property(anyBox, ({ each, box }) => expectCut(each, box)));
});

test("join() joins whole tiers", () => {
  for (const each of cases) expectCut(each, { left: 0, top: 0, width: each.tier.width, height: each.tier.height });
});

test("join() gives one pixel, and one that a tile begins with", () => {
  for (const each of cases) {
    for (const [left, top] of [
      [0, 0],
      [each.tier.width & ~15, each.tier.height & ~15],
      [256, 256],
    ] as const) {
      if (left < each.tier.width && top < each.tier.height) expectCut(each, { left, top, width: 1, height: 1 });
    }
  }
});

test("join() reads a tile again where more of it is wanted, or its name has another", () => {
  const [each, other] = [cases[0] as Case, cases[1] as Case];
  const fresh = createJoin();
  const top = { left: 16, top: 0, width: 32, height: 16 };
  const all = { left: 16, top: 0, width: 200, height: 200 };
  const named = ({ tier }: Case, box: PlainBox) => {
    const { plan, rows } = planOf(tier, box);
    return Buffer.concat([
      ...fresh(
        plan,
        rows.map((row) => row.map(({ bytes }) => ({ key: "one", bytes }))),
      ),
    ]);
  };
  for (const [from, box] of [
    [each, top],
    [each, all],
    [each, top],
    [other, all],
    [each, all],
  ] as const) {
    expect(Buffer.compare(named(from, box), joined(from.tier, box))).toBe(0);
  }
});

test("join() gives a JPEG that a strict decoder takes without a warning", async () => {
  for (const { tier } of cases) {
    const box = { left: 16, top: 32, width: tier.width - 16, height: tier.height - 32 };
    const { info } = await sharp(joined(tier, box), { failOn: "warning" }).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: box.width, height: box.height, channels: 3 });
  }
});

test("join() gives a chunk a row of tiles, and reads no further than it has to", () => {
  const { tier } = cases[0] as Case;
  const { plan, rows } = planOf(tier, { left: 0, top: 0, width: 300, height: 300 });
  function* endless() {
    yield* rows;
    throw new Error("read on");
  }
  expect([...join(plan, endless())]).toHaveLength(2);
  const partial = join(plan, rows);
  partial.next();
  partial.return(undefined);
  expectCut(cases[0] as Case, { left: 16, top: 16, width: 99, height: 99 });
});

test("join() gives a whole tile with the bytes that it has", () => {
  const { tier } = cases[0] as Case;
  const tile = tier.tiles[1]?.[1] as Uint8Array;
  const bytes = joined(tier, { left: 256, top: 256, width: 256, height: 256 });
  const coded = tile.subarray(tile.length - 5000);
  expect(Buffer.compare(bytes.subarray(-5000), coded)).toBe(0);
});

test("join() joins a picture as wide as a JPEG can be", () => {
  const { tier } = cases.find(({ name }) => name === "flat 600") as Case;
  const row = Array.from({ length: 256 }, (_, index) => toInput(tier.tiles[0]?.[index % 2] as Uint8Array));
  const plan = { tables: tier.tables, left: 0, top: 0, width: 65_535, height: 16 };
  const { width, height, data } = decodePlain(Buffer.concat([...join(plan, [row])]));
  expect([width, height]).toEqual([65_535, 16]);
  expect([...data.subarray(0, 3), ...data.subarray(-3)]).toEqual([255, 255, 255, 20, 20, 20]);
});

test("join() refuses rectangles and rows of tiles that do not fit", () => {
  const { tier } = cases[0] as Case;
  const { plan, rows } = planOf(tier, { left: 0, top: 0, width: 300, height: 300 });
  const all =
    (given: typeof plan, from = rows) =>
    () => [...join(given, from)];
  for (const wrong of [
    { left: 8 },
    { top: 1 },
    { left: 256 },
    { top: -16 },
    { width: 0 },
    { width: 65_536 },
    { height: 1.5 },
  ]) {
    expect(all({ ...plan, ...wrong })).toThrow(RangeError);
  }
  expect(all(plan, rows.slice(1))).toThrow("Cannot join 1 rows of tiles: the rectangle has 2");
  expect(all({ ...plan, width: 600 })).toThrow("Cannot join 2 tiles: the rectangle has 3 in a row");
  expect(all({ ...plan, left: 240, width: 16 })).toThrow(RangeError);
});
