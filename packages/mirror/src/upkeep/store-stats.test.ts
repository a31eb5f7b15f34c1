import { expect, test } from "vitest";
import { filledStore, newStore, sharedStore } from "../../../../tests/support/filled-store.ts";
import { storeStats } from "./store-stats.ts";

test("storeStats() counts by kind, by atlas and by data set, each body once", async () => {
  const store = await filledStore();
  const stats = await storeStats(store);
  const { kinds, all, atlases, dataSets } = stats;
  expect(kinds.picture.count).toBe(6);
  // Two plates are the same picture.
  expect(kinds.picture.bodyBytes).toBeLessThan(kinds.picture.namedBytes);
  expect(kinds.answer).toMatchObject({ count: 1, namedBytes: 8, bodyBytes: 8 });
  expect(kinds.file).toEqual({ count: 0, namedBytes: 0, bodyBytes: 0, oldest: undefined, newest: undefined });
  expect(atlases).toMatchObject([
    { id: 1, name: "Atlas 1", pictures: 4, drawings: 2, grids: 1 },
    { id: 2, name: "Atlas 2", pictures: 2, drawings: 1, grids: 0 },
  ]);
  expect(dataSets.map(({ id, count }) => [id, count])).toEqual([
    [100, 7],
    [200, 3],
  ]);
  expect(all.count).toBe(11);
  expect(stats.records).toMatchObject({ AtlasImage: 3, Structure: 1 });
  expect(stats).toMatchObject({ version: 4, synthetic: false, orphans: { count: 0, sizeBytes: 0 } });
  expect(stats.sizeBytes).toBe((await store.info()).sizeBytes);
});

test("storeStats() counts what several data sets share for each of them, and once for their atlas", async () => {
  const { all, atlases, dataSets } = await storeStats(await sharedStore());
  expect(all.count).toBe(2);
  expect(atlases.map(({ id, pictures, count }) => [id, pictures, count])).toEqual([
    [1, 1, 1],
    [2, 1, 2],
    [3, 1, 2],
  ]);
  expect(dataSets.map(({ id, count }) => [id, count])).toEqual([
    [100, 1],
    [150, 1],
    [200, 2],
  ]);
});

test("storeStats() of an empty store", async () => {
  expect(await storeStats(await newStore())).toMatchObject({
    all: { count: 0 },
    atlases: [],
    dataSets: [],
    records: {},
  });
});
