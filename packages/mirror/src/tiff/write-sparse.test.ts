import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { cutTier } from "../../../../tests/support/cut-tiles.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { NotHeldError } from "../failures.ts";
import { openPyramid } from "./open-pyramid.ts";
import { readPyramid } from "./read-pyramid.ts";
import { type SparseTier, type SparseTile, writeSparse } from "./write-sparse.ts";

const TABLES = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

async function write(tiers: readonly SparseTier[], tiles: readonly (readonly SparseTile[])[]): Promise<string> {
  const path = join(await temporaryFolder(), "sparse.tif");
  await writeSparse(path, tiers, tiles);
  return path;
}

const tier = (width: number, height: number): SparseTier => ({ width, height, tables: TABLES });
const tile = (tier: number, column: number, row: number, ...bytes: number[]): SparseTile => ({
  ...{ tier, column, row },
  bytes: Uint8Array.from(bytes),
});

test("writeSparse() writes what the reader of pyramids reads, and notes what is not there", async () => {
  const tiers = [tier(600, 300), tier(300, 150), tier(150, 75)];
  const tiles = [[tile(0, 1, 1, 7), tile(0, 2, 1, 8, 9)], [], [tile(2, 0, 0, 5)], [tile(1, 1, 0, 1, 2, 3)]];
  const file = openPyramid(await write(tiers, tiles));
  expect(file.pyramid).toMatchObject({
    encoding: "jpeg",
    tiers: tiers.map(({ width, height }) => ({ width, height })),
  });
  expect(file.pyramid.tiers.map(({ sizes }) => [...sizes])).toEqual([[0, 0, 0, 0, 1, 2], [0, 3], [1]]);
  expect(
    [file.readTile(0, 4), file.readTile(0, 5), file.readTile(1, 1), file.readTile(2, 0)].map((bytes) => [...bytes]),
  ).toEqual([[7], [8, 9], [1, 2, 3], [5]]);
  expect(file.pyramid.tiers.map(({ tables }) => Buffer.compare(tables, TABLES))).toEqual([0, 0, 0]);
  expect(() => file.readTile(0, 0)).toThrow(NotHeldError);
  file.close();
});

test("writeSparse() writes a TIFF that other readers take, when all of it is there", async () => {
  const noise = sharp({
    create: {
      width: 300,
      height: 270,
      channels: 3,
      background: "#406080",
      noise: { type: "gaussian", mean: 128, sigma: 30 },
    },
  });
  const jpeg = await noise.jpeg({ quality: 90, chromaSubsampling: "4:2:0" }).toBuffer();
  const { tiles, tables, width, height } = cutTier(jpeg);
  const all = tiles.map((row, y) => row.map((bytes, x) => ({ tier: 0, column: x, row: y, bytes })));
  const path = await write([{ width, height, tables }], all);
  const [given, expected] = await Promise.all([path, jpeg].map((input) => sharp(input).raw().toBuffer()));
  const most = given?.reduce((max, value, index) => Math.max(max, Math.abs(value - (expected?.[index] ?? 0))), 0);
  // Colour is made larger by another rule where tiles meet.
  expect([given?.length, Number(most) < 60]).toEqual([expected?.length, true]);
});

test("writeSparse() of a huge file takes as much as its tables", async () => {
  const path = await write([tier(60_000, 72_928)], [[tile(0, 234, 284, 1)]]);
  const bytes = await readFile(path);
  expect(bytes.length).toBeLessThan(235 * 285 * 12 + 1000);
  const { tiers } = readPyramid((offset, length) => bytes.subarray(offset, offset + length), bytes.length);
  expect(tiers[0]?.sizes.at(-1)).toBe(1);
});

test.each<[string, SparseTile[]]>([
  ["outside of its tier", [tile(0, 2, 0, 1)]],
  ["below it", [tile(0, 0, 2, 1)]],
  ["of another tier", [tile(1, 0, 0, 1)]],
  ["of no bytes", [tile(0, 0, 0)]],
  ["twice", [tile(0, 0, 0, 1), tile(0, 0, 0, 1)]],
])("writeSparse() refuses a tile %s", async (_, tiles) => {
  await expect(write([tier(300, 300)], [tiles])).rejects.toThrow(/Cannot write tile .*; give each tile of a tier once/);
});

test("writeSparse() writes over no file", async () => {
  const path = await write([tier(9, 9)], []);
  await expect(writeSparse(path, [tier(9, 9)], [])).rejects.toThrow(/EEXIST/);
});
