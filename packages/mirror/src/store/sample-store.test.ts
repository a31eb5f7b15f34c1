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

const VOLUME = "current-release/mouse_ccf/ara_nissl/ara_nissl_25.nrrd";
const NEURON = "491459173";

test("asset() of the sample gives a small file while a volume is made, and stops that when nobody waits", async () => {
  const store = sampleStore();
  const gone = new AbortController();
  let isSettled = false;
  const volume = store.asset("archive", VOLUME, gone.signal).finally(() => {
    isSettled = true;
  });
  const small = await Promise.all([store.asset("file", NEURON), store.asset("grid", "986-energy.zip")]);
  expect([small.every((asset) => asset !== undefined), isSettled]).toEqual([true, false]);
  gone.abort(new Error("gone"));
  await expect(volume).rejects.toThrow("gone");
});

test("asset() of the sample gives out copies: who writes into one changes nothing", async () => {
  const store = sampleStore();
  const first = async (): Promise<Uint8Array> => {
    for await (const chunk of (await store.asset("file", NEURON))?.read(0, 100) ?? []) return chunk;
    throw new Error("There are no bytes");
  };
  const text = Buffer.from(await first()).toString();
  (await first()).fill(0);
  expect(Buffer.from(await first()).toString()).toBe(text);
});

test("drawing() of the sample is made once for all who wait, and not for who is gone", async () => {
  const drawing = await sampleStore().drawing(900000001);
  await expect(drawing?.svg(AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
  const [one, other] = await Promise.all([drawing?.svg(), drawing?.svg()]);
  expect(one).toBe(other);
  expect(one).toContain("<path ");
});
