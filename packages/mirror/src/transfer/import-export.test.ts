import { readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Connection from "libsql";
import { expect, test } from "vitest";
import { filledStore, newStore } from "../../../../tests/support/filled-store.ts";
import { contentOf, exportTo, forge } from "../../../../tests/support/store-exports.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { importFile } from "../import/import-file.ts";
import { importRecords } from "../import/import-records.ts";
import { countRows } from "../records/count-rows.ts";
import { layOutStore } from "../store/layout.ts";
import { verifyStore } from "../upkeep/verify-store.ts";
import { importExport, isExport } from "./import-export.ts";
import { snapshotRecords } from "./snapshot-records.ts";

test("importExport() makes of an export the same store again, and of that the same export", async () => {
  const store = await filledStore();
  const file = await exportTo(store);
  expect(await isExport(file)).toBe(true);
  const copy = await newStore();
  const { entries, models } = await importExport(copy, file);
  expect(entries.length).toBe(11);
  expect(models).toEqual(await countRows(await store.records()));
  expect(await contentOf(copy)).toEqual(await contentOf(store));
  expect(await copy.record(11)).toEqual(await store.record(11));
  expect((await verifyStore(copy, { full: true })).problems).toEqual([]);
  const bytes = await readFile(file);
  expect(bytes.equals(await readFile(await exportTo(store)))).toBe(true);
});

test("importFile() takes an export as well, and merges it into what is held", async () => {
  const store = await filledStore();
  const file = await exportTo(store);
  const other = await newStore();
  await importRecords(other, { model: "Structure", rows: [{ id: 385, acronym: "old", name: "kept" }], source: "x" });
  await other.entries.put({ kind: "drawing", name: "11", mediaType: "image/svg+xml" }, "<svg/>");
  await other.entries.put({ kind: "drawing", name: "99", mediaType: "image/svg+xml" }, "<svg/>");
  await importFile(other, file);
  expect(await (await other.drawing(11))?.svg()).toBe(await (await store.drawing(11))?.svg());
  expect(await other.drawing(99)).toBeDefined();
  const rows = await (await other.records()).read((reader) =>
    reader.all({ sql: "select acronym, name from structures", parameters: [] }, { timeLimitMs: 9000 }),
  );
  expect(rows).toEqual([["VISp", "kept"]]);
});

test("importExport() marks an empty store of what is made up, and mixes the two in no store", async () => {
  const synthetic = await newStore();
  await importRecords(synthetic, { model: "Gene", rows: [{ id: 1 }], source: "x", synthetic: true });
  const [real, madeUp] = [await exportTo(await filledStore()), await exportTo(synthetic)];
  const copy = await newStore();
  await importExport(copy, madeUp);
  expect(copy.synthetic).toBe(true);
  await expect(importExport(copy, real)).rejects.toThrow(/^Cannot import ".*": the store ".*" is synthetic/);
  const other = await filledStore();
  await expect(importExport(other, madeUp)).rejects.toThrow(/: it is synthetic, and the store ".*" holds other data/);
});

test("importExport() marks no store as synthetic that it puts nothing into", async () => {
  const synthetic = await newStore();
  await importRecords(synthetic, { model: "Gene", rows: [{ id: 1 }], source: "x", synthetic: true });
  const whole = await readFile(await exportTo(synthetic));
  const file = join(await temporaryFolder(), "cut.tar");
  for (const [length, flipped] of [
    [whole.length - 20_000, 0],
    [whole.length, whole.length - 20_000],
  ] as const) {
    const bytes = Buffer.from(whole);
    bytes[flipped] = (bytes[flipped] ?? 0) ^ (flipped === 0 ? 0 : 1);
    await writeFile(file, bytes.subarray(0, length));
    const copy = await newStore();
    await expect(importExport(copy, file)).rejects.toThrow(/nothing of it is put$/);
    expect(copy.synthetic).toBe(false);
  }
});

test("importExport() puts of one that is cut off what is whole, and says how much that is", async () => {
  const store = await filledStore();
  const whole = await readFile(await exportTo(store, { kinds: ["picture", "drawing", "answer", "grid"] }));
  const file = join(await temporaryFolder(), "cut.tar");
  for (const part of [0.02, 0.3, 0.5, 0.8, 0.99]) {
    await writeFile(file, whole);
    await truncate(file, Math.floor(whole.length * part));
    const copy = await newStore();
    await expect(importExport(copy, file)).rejects.toThrow(
      /^Cannot import ".*cut.tar": .*(cut off|more than the file has).*(nothing of it is|entries and 0 rows of it are) put/,
    );
    expect((await verifyStore(copy)).problems).toEqual([]);
  }
});

test("importExport() puts nothing of a member that is damaged, wherever that is", async () => {
  const store = await filledStore();
  const whole = await readFile(await exportTo(store, { kinds: ["drawing", "answer"] }));
  const file = join(await temporaryFolder(), "damaged.tar");
  for (let at = 700; at < whole.length; at += 997) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 0x20;
    await writeFile(file, bytes);
    const copy = await newStore();
    const isTaken = await importExport(copy, file).then(
      () => true,
      () => false,
    );
    expect((await verifyStore(copy)).problems).toEqual([]);
    // What fills a block up may be anything.
    if (isTaken) expect(await contentOf(copy)).toHaveLength(4);
    copy.close();
  }
}, 30_000);

test("importExport() says how many rows are put when a later one is refused", async () => {
  const store = await newStore();
  await importRecords(store, { model: "Gene", rows: [{ id: 1 }, { id: 2 }], source: "x" });
  await importRecords(store, { model: "Structure", rows: [{ id: 385 }], source: "x" });
  const path = join(await temporaryFolder(), "records.db");
  await snapshotRecords(layOutStore(store.directory).records, path);
  const connection = new Connection(path);
  connection.exec("update structures set record_class = 'Evil'");
  connection.close();
  const copy = await newStore();
  await expect(importExport(copy, await forge({ "records.db": await readFile(path) }))).rejects.toThrow(
    /hold a row of "Evil" in structures, which no store has; 0 entries and 2 rows of it are put, and whole$/,
  );
  expect(await countRows(await copy.records())).toEqual({ Gene: 2 });
});

test("importExport() ends when it is asked to", async () => {
  const file = await exportTo(await filledStore());
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(importExport(await newStore(), file, { signal })).rejects.toThrow(/^enough$/);
});

test("isExport() is told by the content", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "a"), "short");
  await writeFile(join(folder, "b"), Buffer.alloc(2000));
  expect(await Promise.all(["a", "b", "c"].map((name) => isExport(join(folder, name))))).toEqual([false, false, false]);
  await rm(folder, { recursive: true });
});
