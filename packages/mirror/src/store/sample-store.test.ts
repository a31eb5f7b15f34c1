import { expect, test } from "vitest";
import { countRows } from "../records/count-rows.ts";
import { readImageRecord } from "./image-records.ts";
import { sampleStore } from "./sample-store.ts";

test("sampleStore() makes its records once, for all stores, and keeps them when one is closed", async () => {
  const [one, other] = [sampleStore(), sampleStore()];
  const [records, same] = await Promise.all([one.records(), other.records()]);
  expect(same).toBe(records);
  one.close();
  expect((await countRows(records)).Structure).toBeGreaterThan(0);
});

test("sampleStore() has the same images among its records as it draws", async () => {
  const store = sampleStore();
  const drawn = await store.record(100883869);
  const { alternate_images: alternates, ...columns } = drawn?.row ?? {};
  const held = await readImageRecord(await store.records(), 100883869);
  expect(held).toMatchObject({ model: drawn?.model, row: columns });
  expect(held?.row.alternate_images?.map(({ path }) => path)).toEqual(alternates?.map(({ path }) => path));
});
