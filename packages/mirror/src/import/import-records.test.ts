import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeIn } from "../../../../tests/support/pictures.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { type FolderStore, openStore } from "../store/folder-store.ts";
import { importFile } from "./import-file.ts";
import { importRecords } from "./import-records.ts";

const SIZES = { x: 0, y: 0, width: 10, height: 10, image_width: 20, image_height: 20 };
const ALTERNATE = { id: 8, image_type: "Atlas - Adult Mouse", path: "/b" };
const IMAGE = { id: 5, ...SIZES, path: "/a", section_number: 3, alternate_images: [ALTERNATE] };
const PLATES = { query: "model::AtlasImage,rma::include,alternate_images", model: "AtlasImage", source: "plates" };
const GENES = { model: "Gene", rows: [{ id: 15, acronym: "Abat", organism: { id: 2, name: "Mus musculus" } }] };

async function newStore(): Promise<FolderStore> {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  onTestFinished(() => store.close());
  return store;
}

test("importRecords() puts rows with those in them", async () => {
  const store = await newStore();
  const { models } = await importRecords(store, { ...GENES, source: "genes" });
  expect(models).toEqual({ Gene: 1, Organism: 1 });
  expect((await store.info()).records).toEqual({ Gene: 1, Organism: 1 });
});

test("importRecords() makes image records of rows with sizes, of their class, and rows of those without", async () => {
  const store = await newStore();
  const rows = [IMAGE, { id: 6, ...SIZES, image_width: null, path: "/c" }];
  const { models } = await importRecords(store, { ...PLATES, rows });
  expect(models).toEqual({ AlternateImage: 1, AtlasImage: 2 });
  expect(await store.record(5)).toMatchObject({
    model: "AtlasImage",
    row: { path: "/a", alternate_images: [ALTERNATE] },
  });
  expect(await store.record(6)).toBeUndefined();
});

test("importRecords() moves the pictures that were put before their record came", async () => {
  const store = await newStore();
  await importRecords(store, { ...PLATES, rows: [{ ...IMAGE, path: "/before" }] });
  await store.entries.put({ kind: "picture", name: "/before", mediaType: "image/tiff" }, "x");
  const { entries } = await importRecords(store, { ...PLATES, rows: [IMAGE] });
  expect(entries.map(({ name }) => name)).toEqual(["/a"]);
});

test("importRecords() takes an answer without rows", async () => {
  expect(await importRecords(await newStore(), { ...PLATES, rows: [] })).toEqual({ entries: [], models: {} });
});

test("importRecords() names where the rows come from that it cannot keep", async () => {
  const given = { model: "Gene", rows: [{ acronym: "Abat" }], source: "http://x/api/v2/data/query.json?criteria=y" };
  await expect(importRecords(await newStore(), given)).rejects.toThrow(/^Cannot import "http:\/\/x\/.*": cannot keep/);
});

test("importRecords() marks an empty store before it puts what is made up, and then takes nothing real", async () => {
  const store = await newStore();
  await importRecords(store, { ...GENES, source: "genes", synthetic: true });
  expect(store.synthetic).toBe(true);
  await importRecords(store, { ...PLATES, rows: [IMAGE], synthetic: true });
  await expect(importRecords(store, { ...GENES, source: "genes" })).rejects.toThrow(
    /^Cannot import "genes": the store ".*store" is synthetic, .*; give another store \(--store\)$/,
  );
});

test("importRecords() puts nothing made up into a store of real data, even if it was marked by none", async () => {
  const store = await newStore();
  await importRecords(store, { ...GENES, source: "genes" });
  await expect(importRecords(store, { ...PLATES, rows: [IMAGE], synthetic: true })).rejects.toThrow(
    /^Cannot import "plates": it is synthetic, and the store ".*store" holds other data; give a new store/,
  );
  expect(store.synthetic).toBe(false);
  expect(await store.record(5)).toBeUndefined();
});

test("importFile() sees that another process has marked the store", async () => {
  const store = await newStore();
  const other = await openStore(store.directory);
  onTestFinished(() => other.close());
  const file = await writeIn(await temporaryFolder(), "genes.json", JSON.stringify(GENES.rows));
  await importFile(other, file, { model: "Gene", synthetic: true });
  await expect(importFile(store, file, { model: "Gene" })).rejects.toThrow(/is synthetic/);
});
