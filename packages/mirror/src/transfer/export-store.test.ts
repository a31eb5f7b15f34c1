import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeFileWhole } from "@brainatlas/sdk/node";
import { expect, onTestFinished, test } from "vitest";
import { filledStore, newStore, sharedStore } from "../../../../tests/support/filled-store.ts";
import { contentOf, exportTo } from "../../../../tests/support/store-exports.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { countRows } from "../records/count-rows.ts";
import { writeRows } from "../records/write-rows.ts";
import { openStore } from "../store/folder-store.ts";
import { verifyStore } from "../upkeep/verify-store.ts";
import { exportStore } from "./export-store.ts";
import { importExport } from "./import-export.ts";

test("exportStore() gives what any program unpacks to the folder of a store", async () => {
  const store = await filledStore();
  const folder = join(await temporaryFolder(), "unpacked");
  await mkdir(folder);
  await promisify(execFile)("tar", ["xf", await exportTo(store), "-C", folder]);
  const unpacked = await openStore(folder);
  onTestFinished(() => unpacked.close());
  expect(await contentOf(unpacked)).toEqual(await contentOf(store));
  expect(await countRows(await unpacked.records())).toEqual(await countRows(await store.records()));
  expect((await verifyStore(unpacked)).problems).toEqual([]);
});

test("exportStore() exports an atlas with all records, or some kinds alone", async () => {
  const store = await filledStore();
  const copy = await newStore();
  await importExport(copy, await exportTo(store, { atlases: [2] }));
  expect((await copy.info()).entries).toMatchObject({ picture: 2, drawing: 1, answer: 0, grid: 0 });
  expect((await copy.info()).records).toMatchObject({ AtlasImage: 3 });
  const bare = await newStore();
  await importExport(bare, await exportTo(store, { kinds: ["answer"] }));
  expect((await bare.info()).entries).toMatchObject({ picture: 0, answer: 1 });
  expect((await bare.info()).records).toEqual({});
  await expect(exportTo(store, { atlases: [77] })).rejects.toThrow(/tell of no such atlas/);
});

test("exportStore() exports a picture with each of the atlases that have sections in it", async () => {
  for (const [id, count] of [[1, 1] as const, [2, 2] as const]) {
    const store = await sharedStore();
    const { entries } = await exportStore(store, writeNowhere, { atlases: [id] });
    expect(entries).toBe(count);
  }
});

async function writeNowhere(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) expect(chunk.length).toBeGreaterThanOrEqual(0);
}

test("exportStore() exports nothing that is damaged, and leaves no file", async () => {
  const store = await filledStore();
  const { path } = (await store.entries.get("answer", "/api/v2/x?a=1")) ?? { path: "" };
  await writeFile(path, "RECORDED");
  const file = join(await temporaryFolder(), "store.tar");
  await expect(exportStore(store, (chunks) => writeFileWhole(file, chunks))).rejects.toThrow(
    /^Cannot export the answer "\/api\/v2\/x\?a=1": its bytes are not those that were put; "brainatlas store verify"/,
  );
  await expect(readFile(file)).rejects.toThrow(/ENOENT/);
});

test("exportStore() sees the records as they were at one moment while others write", async () => {
  const store = await filledStore();
  const other = await openStore(store.directory);
  onTestFinished(() => other.close());
  const file = join(await temporaryFolder(), "store.tar");
  await exportStore(store, async (chunks) => {
    writeRows(await other.records(), [{ model: "Gene", row: { id: 1, acronym: "late" } }]);
    await writeFileWhole(file, chunks);
  });
  const copy = await newStore();
  expect((await importExport(copy, file)).models).not.toHaveProperty("Gene");
});
