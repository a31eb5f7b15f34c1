import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startProgram, untilEnded, untilWritten } from "../../../../tests/support/child-program.ts";
import { writeIn } from "../../../../tests/support/pictures.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { importFile } from "../import/import-file.ts";
import { countRows } from "../records/count-rows.ts";
import { writeRows } from "../records/write-rows.ts";
import { type FolderStore, openStore } from "./folder-store.ts";

const IMPORT = `
import { importFile } from "../import/import-file.ts";
import { openStore } from "./folder-store.ts";

const [directory = "", file = "", model] = process.argv.slice(2);
const store = await openStore(directory, { create: true });
await importFile(store, file, { model });
store.close();
`;

/** Writes half of its rows, says so, and stops there for good. */
const HALF = `
import { writeSync } from "node:fs";
import { writeRows } from "../records/write-rows.ts";
import { openStore } from "./folder-store.ts";

function* rows() {
  for (let id = 1; id <= 50_000; id += 1) yield { model: "Gene", row: { id, acronym: "new", brand_new: id } };
  writeSync(1, "half written");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
const store = await openStore(process.argv[2] ?? "");
writeRows(await store.records(), rows());
`;

async function newStore(): Promise<FolderStore> {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  onTestFinished(() => store.close());
  return store;
}

const acronyms = async (store: FolderStore): Promise<unknown> =>
  (await store.records()).read((reader) =>
    reader.all({ sql: "select acronym, count(*) from genes group by 1", parameters: [] }, { timeLimitMs: 10_000 }),
  );

test("a store sees what another process imports, new columns too", async () => {
  const store = await newStore();
  const records = await store.records();
  const before = await records.catalogue();
  expect(await records.catalogue()).toBe(before);
  const file = await writeIn(
    await temporaryFolder(),
    "genes.json",
    '[{ "id": 15, "acronym": "Abat", "brand_new": 1 }]',
  );
  const child = await startProgram(IMPORT, import.meta.dirname, [store.directory, file, "Gene"]);
  expect(await untilEnded(child)).toEqual({ code: 0, signal: null });
  const after = await records.catalogue();
  expect(after.table("genes").columns.get("brand_new")).toEqual({ name: "brand_new", type: "integer", isHeld: true });
  expect(await records.catalogue()).toBe(after);
  expect(await countRows(records)).toEqual({ Gene: 1 });
});

test("a store reads the old rows while another process writes, and after that one was killed", async () => {
  const store = await newStore();
  writeRows(await store.records(), [{ model: "Gene", row: { id: 1, acronym: "old" } }]);
  const child = await startProgram(HALF, import.meta.dirname, [store.directory]);
  await untilWritten(child, "half written");
  expect(await acronyms(store)).toEqual([["old", 1]]);
  child.kill("SIGKILL");
  expect(await untilEnded(child)).toEqual({ code: null, signal: "SIGKILL" });
  expect(await acronyms(store)).toEqual([["old", 1]]);
  const again = await openStore(store.directory);
  expect((await (await again.records()).catalogue()).table("genes").columns.has("brand_new")).toBe(false);
  writeRows(await again.records(), [{ model: "Gene", row: { id: 2, acronym: "later" } }]);
  again.close();
  expect(await acronyms(store)).toEqual([
    ["later", 1],
    ["old", 1],
  ]);
});

test("a store is made by several processes at once", async () => {
  const folder = await temporaryFolder();
  const directory = join(folder, "store");
  const files = await Promise.all(
    [1, 2, 3].map((id) => writeIn(folder, `${id}.json`, JSON.stringify([{ id, acronym: `gene ${id}` }]))),
  );
  const children = await Promise.all(
    files.map((file) => startProgram(IMPORT, import.meta.dirname, [directory, file, "Gene"])),
  );
  expect((await Promise.all(children.map(untilEnded))).map(({ code }) => code)).toEqual([0, 0, 0]);
  const store = await openStore(directory);
  expect((await store.info()).records).toEqual({ Gene: 3 });
  store.close();
});

test("a program that leaves a store open ends all the same", async () => {
  const store = await newStore();
  const program = `
    import { openStore } from "./folder-store.ts";
    const store = await openStore(process.argv[2] ?? "");
    const records = await store.records();
    await records.catalogue();
    records.write(() => {});
  `;
  const child = await startProgram(program, import.meta.dirname, [store.directory]);
  expect(await untilEnded(child)).toEqual({ code: 0, signal: null });
});

test("importFile() leaves a store as it was when a row of a file cannot be kept", async () => {
  const store = await newStore();
  const rows = [
    { id: 1, acronym: "new" },
    { id: 2, entrez_id: "no number" },
  ];
  const file = await writeIn(await temporaryFolder(), "genes.json", JSON.stringify(rows));
  await expect(importFile(store, file, { model: "Gene" })).rejects.toThrow(
    /^Cannot import ".*genes.json": cannot keep "no number" as integer in "entrez_id" of Gene 2; give a whole number$/,
  );
  expect((await store.info()).records).toEqual({});
  expect((await readdir(store.directory)).filter((name) => name.startsWith("records.db"))).toContain("records.db");
});
