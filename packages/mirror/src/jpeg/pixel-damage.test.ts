import { DecodeError } from "@brainatlas/sdk";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type JpegTier, makeJpegTier, noiseAt, planOf } from "../../../../tests/support/jpeg-tiers.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { createPixelCodec } from "./create-pixel-codec.ts";
import type { TilePlan } from "./jpeg-codec.ts";

const BOX = { left: 201, top: 33, width: 130, height: 150 };
const codec = createPixelCodec({ decodedTiles: 3 });
let tier: JpegTier;
let whole: Buffer;

beforeAll(async () => {
  tier = await makeJpegTier(85, 2, (x, y, channel) => x / 3 + 60 * noiseAt(x, y, channel));
  whole = recodeTiles(tier.tables, tier.tiles[0] ?? []) as Buffer;
});

let drawn = 0;

/** Cuts the rectangle out; `undefined` for what is refused as damaged. */
function recodeTiles(
  tables: Uint8Array,
  tiles: readonly Uint8Array[],
  work: "recode" | "decode" = "recode",
): Buffer | undefined {
  const plan: TilePlan = { ...planOf(tier, BOX).plan, tables };
  drawn += 1;
  const row = tiles.map((bytes, column) => ({ key: `${drawn} ${column}`, bytes: () => bytes }));
  try {
    return Buffer.concat([...codec[work](plan, [row])]);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** Bytes that are replaced from a place on, or nothing that comes after it. */
const damage = fc.record({
  at: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.02, noNaN: true })),
  wrong: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 6 }),
    fc.nat({ max: 300 }).map((length) => new Uint8Array(length).fill(255)),
    fc.nat({ max: 300 }).map((length) => new Uint8Array(length)),
  ),
  isCut: fc.boolean(),
});

function hurt(bytes: Uint8Array, { at, wrong, isCut }: { at: number; wrong: Uint8Array; isCut: boolean }): Uint8Array {
  const start = Math.floor(at * (bytes.length - 1));
  if (isCut) return bytes.slice(0, start);
  const changed = Uint8Array.from(bytes);
  changed.set(wrong.subarray(0, bytes.length - start), start);
  return changed;
}

test("recode() and decode() give a picture or a DecodeError for tiles that are damaged, and work on", () => {
  const [left = new Uint8Array(), right = new Uint8Array()] = tier.tiles[0] ?? [];
  let refused = 0;
  checkProperty(
    fc.property(damage, fc.boolean(), fc.constantFrom("recode", "decode"), (each, isLeft, work) => {
      const tiles = isLeft ? [hurt(left, each), right] : [left, hurt(right, each)];
      const given = recodeTiles(tier.tables, tiles, work);
      if (given === undefined) refused += 1;
      else if (work === "decode") expect(given).toHaveLength(BOX.width * BOX.height * 3);
      else expect([...given.subarray(0, 2), ...given.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
      expect(Buffer.compare(recodeTiles(tier.tables, [left, right]) as Buffer, whole)).toBe(0);
    }),
  );
  expect(refused).toBeGreaterThan(50);
});

test("recode() gives a picture or a DecodeError for tables that are damaged, and works on", () => {
  const tiles = tier.tiles[0] ?? [];
  let refused = 0;
  checkProperty(
    fc.property(damage, (each) => {
      if (recodeTiles(hurt(tier.tables, each), tiles) === undefined) refused += 1;
      expect(Buffer.compare(recodeTiles(tier.tables, tiles) as Buffer, whole)).toBe(0);
    }),
  );
  expect(refused).toBeGreaterThan(50);
});

test("recode() reads any coded bytes", () => {
  const [left = new Uint8Array()] = tier.tiles[0] ?? [];
  const head = left.subarray(0, Buffer.from(left).indexOf(Buffer.of(0xff, 0xda)) + 14);
  for (const fill of [0x00, 0xff, 0xaa, 0x55, 0x80, 0x01, 0xfe]) {
    for (const length of [0, 1, 2, 15, 16, 17, 1000, 2 ** 19 - head.length]) {
      const tile = Buffer.concat([head, Buffer.alloc(length, fill)]);
      // Many bytes may be codes by chance.
      expect(recodeTiles(tier.tables, [tile, tile]) === undefined || length > 1000, `${length} × ${fill}`).toBe(true);
    }
  }
});

test("recode() says what is wrong with a tile, and which it is", () => {
  const [left = new Uint8Array()] = tier.tiles[0] ?? [];
  const recode = (bytes: Uint8Array) => () => {
    const { plan } = planOf(tier, { ...BOX, left: 0, width: 10 });
    return [...codec.recode(plan, [[{ key: "the tile", bytes: () => bytes }]])];
  };
  expect(recode(left.subarray(0, 2000))).toThrow(/the tile holds fewer bytes than its blocks need/);
  expect(recode(Buffer.concat([left, Buffer.alloc(2 ** 19)]))).toThrow(/at most 524288 bytes/);
  expect(recode(new Uint8Array())).toThrow(DecodeError);
  // The same name is not kept from what failed.
  expect(recode(left)).not.toThrow();
});
