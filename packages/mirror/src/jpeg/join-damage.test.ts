import { DecodeError } from "@brainatlas/sdk";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type JpegTier, makeJpegTier, noiseAt, planOf, toInput } from "../../../../tests/support/jpeg-tiers.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { createJoin } from "./join-tiles.ts";
import type { TilePlan } from "./jpeg-codec.ts";

let tier: JpegTier;
const join = createJoin();
const BOX = { left: 144, top: 16, width: 300, height: 200 };

beforeAll(async () => {
  tier = await makeJpegTier(85, 2, (x, y, channel) => x / 3 + 60 * noiseAt(x, y, channel));
});

/** A part of the pictures that is replaced: bytes from a place on. */
interface Damage {
  readonly at: number;
  readonly bytes: readonly number[];
  readonly isCut: boolean;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  // From 0 to 1; headers are short, and are hit as often as what is coded.
  at: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.02, noNaN: true })),
  bytes: fc.oneof(
    fc.array(fc.nat({ max: 255 }), { minLength: 1, maxLength: 6 }),
    fc.array(fc.constant(255), { minLength: 1, maxLength: 400 }),
    fc.array(fc.constant(0), { minLength: 1, maxLength: 400 }),
  ),
  isCut: fc.boolean(),
});

function hurt(bytes: Uint8Array, { at, bytes: wrong, isCut }: Damage): Uint8Array {
  const start = Math.floor(at * (bytes.length - 1));
  if (isCut) return bytes.slice(0, start);
  const hurt = Uint8Array.from(bytes);
  hurt.set(wrong.slice(0, bytes.length - start), start);
  return hurt;
}

/** Joins tiles that have not been read before; `undefined` for what is refused as damaged. */
function tryJoin(plan: TilePlan, rows: readonly (readonly Uint8Array[])[]): Buffer | undefined {
  try {
    return Buffer.concat([
      ...join(
        plan,
        rows.map((row) => row.map((tile) => toInput(Uint8Array.from(tile)))),
      ),
    ]);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

test("join() gives a JPEG or a DecodeError for tiles that are damaged, and works on", () => {
  const { plan } = planOf(tier, BOX);
  const rows = tier.tiles;
  const [[left, right] = []] = rows;
  const whole = tryJoin(plan, rows) as Buffer;
  let refused = 0;
  checkProperty(
    fc.property(damage, fc.boolean(), (each, isLeft) => {
      const tiles = [left as Uint8Array, right as Uint8Array];
      tiles[isLeft ? 0 : 1] = hurt(tiles[isLeft ? 0 : 1] as Uint8Array, each);
      const given = tryJoin(plan, [tiles]);
      if (given === undefined) refused += 1;
      else expect([...given.subarray(0, 2), ...given.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
      expect(Buffer.compare(tryJoin(plan, rows) as Buffer, whole)).toBe(0);
    }),
  );
  expect(refused).toBeGreaterThan(50);
});

test("join() gives a JPEG or a DecodeError for tables that are damaged, and works on", () => {
  const { plan } = planOf(tier, BOX);
  const rows = tier.tiles;
  const whole = tryJoin(plan, rows) as Buffer;
  let refused = 0;
  checkProperty(
    fc.property(damage, (each) => {
      if (tryJoin({ ...plan, tables: hurt(plan.tables, each) }, rows) === undefined) refused += 1;
      expect(Buffer.compare(tryJoin(plan, rows) as Buffer, whole)).toBe(0);
    }),
  );
  expect(refused).toBeGreaterThan(50);
});

test("join() reads any coded bytes", () => {
  const { plan } = planOf(tier, BOX);
  const rows = tier.tiles;
  const [[left = Buffer.of()] = []] = rows;
  const head = left.subarray(0, Buffer.from(left).indexOf(Buffer.of(0xff, 0xda)) + 14);
  for (const fill of [0x00, 0xff, 0xaa, 0x55, 0x80, 0x01, 0xfe]) {
    for (const length of [0, 1, 2, 15, 16, 17, 1000, 2 ** 19 - head.length]) {
      const tile = Buffer.concat([head, Buffer.alloc(length, fill)]);
      const given = tryJoin(plan, [[tile, tile]]);
      // Many bytes may be codes by chance.
      expect(given === undefined || length > 1000, `${length} × ${fill}`).toBe(true);
    }
  }
});

test("join() does not take what another tile had for the end of one that is cut off", () => {
  const { plan } = planOf(tier, { left: 0, top: 0, width: 512, height: 256 });
  const [tile = Buffer.of()] = tier.tiles[0] ?? [];
  for (let cut = 3; cut < 40; cut += 1) {
    expect(tryJoin(plan, [[tile, tile.subarray(0, -cut)]]), String(cut)).toBe(undefined);
  }
});

test("join() refuses codes that baseline JPEG does not have", () => {
  const { plan, rows } = planOf(tier, BOX);
  // The table of luminance: its code for the end of a block stands for something else then.
  const table = Buffer.from(plan.tables).indexOf(Buffer.of(0xff, 0xc4, 0x00, 0xb5, 0x10));
  const end = plan.tables.indexOf(0, table + 21);
  for (const [symbol, found] of [
    [0x10, "bits that are no code of the Huffman table"],
    [0xf0, "a block of more than 64 coefficients"],
  ] as const) {
    const tables = Uint8Array.from(plan.tables);
    tables[end] = symbol;
    expect(() => [
      ...join(
        { ...plan, tables },
        rows.map((row) => row.map(({ bytes }) => toInput(bytes().slice()))),
      ),
    ]).toThrow(found);
  }
});

test("join() says what is wrong with a tile", () => {
  const { plan } = planOf(tier, BOX);
  const rows = tier.tiles;
  const [[left = Buffer.of(), right = Buffer.of()] = []] = rows;
  const withTile = (tile: Uint8Array) => () => [...join(plan, [[left, tile].map(toInput)])];
  expect(withTile(right.subarray(0, 2000))).toThrow(/coded bytes of tile 1 holds fewer bytes than its blocks need/);
  expect(withTile(Buffer.concat([right, Buffer.alloc(2 ** 19)]))).toThrow(/expected at most 524288 bytes/);
  const other = Buffer.from(right);
  other[other.indexOf(Buffer.of(0xff, 0xda)) + 6] = 0x01;
  expect(withTile(other)).toThrow(
    /holds tables 0, 0 and 1 for component 1; expected the tables that the other tiles have/,
  );
  const row = Array.from({ length: 100 }, () => Buffer.concat([left, Buffer.alloc(2 ** 18 * 1.9)]));
  expect(() => [...join({ ...plan, left: 0, width: 25_600 }, [row.map(toInput)])]).toThrow(
    /33554432 in a row of tiles/,
  );
});
