import { rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type MadeField, makeTiff } from "../../../../tests/support/make-tiff.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { DamagedError } from "../failures.ts";
import { createPyramidCache, openPyramid, type PyramidCache } from "./open-pyramid.ts";

/** A pyramid of one tile, whose bytes are behind the file's head. */
async function writePyramid(...tile: number[]): Promise<string> {
  const field = (tag: number, ...values: number[]): MadeField => ({ tag, type: 4, values });
  const sizes = [field(256, 9), field(257, 9), field(258, 16, 16, 16), field(322, 256), field(323, 256)];
  const kinds = [field(259, 8), field(262, 2), field(277, 3)];
  const fields = [...sizes, ...kinds, field(324, 16), field(325, tile.length)];
  const path = join(await temporaryFolder(), "picture");
  await writeFile(path, makeTiff({ data: Uint8Array.from(tile), directories: [fields] }));
  return path;
}

function newCache(maxOpen: number, maxBytes?: number): PyramidCache {
  const cache = createPyramidCache(maxOpen, maxBytes);
  onTestFinished(() => cache.close());
  return cache;
}

test("openPyramid() reads tables and tiles, into memory that is given if they fit", async () => {
  const file = openPyramid(await writePyramid(1, 2, 3));
  expect(file.pyramid).toMatchObject({ encoding: "deflate", tiers: [{ width: 9, columns: 1 }] });
  expect([...file.readTile(0, 0)]).toEqual([1, 2, 3]);
  const room = new Uint8Array(5);
  const tile = file.readTile(0, 0, room);
  expect([tile.buffer === room.buffer, ...tile]).toEqual([true, 1, 2, 3]);
  expect([...file.readTile(0, 0, new Uint8Array(2))]).toEqual([1, 2, 3]);
  expect(() => file.readTile(0, 1)).toThrow(RangeError);
  expect(() => file.readTile(1, 0)).toThrow(RangeError);
  file.close();
  expect(() => file.readTile(0, 0)).toThrow(/EBADF/);
});

test("openPyramid() says of a file that is gone, another or cut short that it is damaged", async () => {
  const path = await writePyramid(1, 2, 3);
  const file = openPyramid(path);
  await truncate(path, 17);
  expect(() => file.readTile(0, 0)).toThrow(/Cannot read the body ".*picture": .* only 1; .*import its content again/);
  file.close();
  expect(() => openPyramid(path)).toThrow(DamagedError);
  await writeFile(path, "no picture");
  expect(() => openPyramid(path)).toThrow(/"6e6f2070"; expected the first bytes of a TIFF file/);
  await rm(path);
  expect(() => openPyramid(path)).toThrow(/it is gone; import its content again/);
});

test("createPyramidCache() holds few files open, and what it closed is opened again", async () => {
  const cache = newCache(2);
  const paths = [await writePyramid(1), await writePyramid(2), await writePyramid(3)] as const;
  const files = paths.map((path) => cache.get(path));
  expect(files.map((file) => [...file.readTile(0, 0)])).toEqual([[1], [2], [3]]);
  for (const path of paths) await rm(path);
  // The two that were read last are open still.
  expect(files.slice(1).map((file) => [...file.readTile(0, 0)])).toEqual([[2], [3]]);
  expect(() => files[0]?.readTile(0, 0)).toThrow(/it is gone/);
});

test("createPyramidCache() keeps tables within its bytes, those that were used last", async () => {
  const cache = newCache(8, 24); // A tile has 12 bytes of tables.
  const paths = [await writePyramid(1), await writePyramid(2), await writePyramid(3)] as const;
  const [first, second] = paths.map((path) => cache.get(path));
  expect(cache.get(paths[0]) === first).toBe(false);
  expect(cache.get(paths[1]) === second).toBe(false);
  const again = cache.get(paths[0]);
  cache.get(paths[2]);
  expect(cache.get(paths[0]) === again).toBe(true);
  expect([...(second?.readTile(0, 0) ?? [])]).toEqual([2]);
});

test("createPyramidCache() gives out tables that are too large to be kept, and keeps no file that it cannot read", async () => {
  const cache = newCache(1, 0);
  const path = await writePyramid(7);
  expect([...cache.get(path).readTile(0, 0)]).toEqual([7]);
  await writeFile(path, "no picture");
  expect(() => newCache(1).get(path)).toThrow(DamagedError);
});
