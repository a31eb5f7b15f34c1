import { mkdir, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { filledStore, newStore, sharedStore } from "../../../../tests/support/filled-store.ts";
import { countRows } from "../records/count-rows.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { layOutStore } from "../store/layout.ts";
import { partName } from "../store/part-file.ts";
import { type PruneCriteria, planPrune } from "./plan-prune.ts";
import { pruneStore } from "./prune-store.ts";
import { verifyStore } from "./verify-store.ts";

afterEach(() => void vi.useRealTimers());

const DAY_MS = 86_400_000;

async function namesIn(store: FolderStore): Promise<string[]> {
  const names: string[] = [];
  for await (const { kind, name } of store.list()) names.push(`${kind} ${name}`);
  return names;
}

async function put(store: FolderStore, name: string, text: string, ageDays: number): Promise<void> {
  const storedAt = new Date(Date.now() - ageDays * DAY_MS).toISOString();
  await store.entries.put({ kind: "drawing", name, mediaType: "image/svg+xml", storedAt }, text);
}

async function prune(store: FolderStore, criteria: PruneCriteria): Promise<Awaited<ReturnType<typeof pruneStore>>> {
  return await pruneStore(store, await planPrune(store, criteria));
}

/** Bytes of the bodies of a store. */
async function bodyBytes(store: FolderStore): Promise<number> {
  const { objects } = layOutStore(store.directory);
  const names = await readdir(objects, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

test("planPrune() removes nothing, and needs a criterion", async () => {
  const store = await filledStore();
  const before = await namesIn(store);
  const plan = await planPrune(store, { kinds: ["drawing"] });
  expect(plan.entries.map(({ name }) => name)).toEqual(["11", "12", "21"]);
  expect(await namesIn(store)).toEqual(before);
  await expect(planPrune(store, {})).rejects.toThrow(/^Cannot prune without a criterion; give an age/);
  await expect(planPrune(store, { maxBytes: Number.NaN })).rejects.toThrow(/Cannot use maxBytes NaN/);
  await expect(planPrune(store, { atlases: [9] })).rejects.toThrow(/tell of no such atlas/);
});

test("pruneStore() removes by age, and frees what it said", async () => {
  const store = await newStore();
  await put(store, "1", "old", 100);
  await put(store, "2", "new", 10);
  const plan = await planPrune(store, { olderThanMs: 90 * DAY_MS });
  const before = await bodyBytes(store);
  expect(await pruneStore(store, plan)).toEqual({ entries: 1, images: 0, files: 1, freedBytes: 3 });
  expect(before - (await bodyBytes(store))).toBe(plan.freedBytes);
  expect(await namesIn(store)).toEqual(["drawing 2"]);
});

test("pruneStore() removes the oldest until the store is small enough, and a body with its last entry", async () => {
  const store = await newStore();
  await put(store, "1", "shared".repeat(1000), 5);
  await put(store, "2", "alone".repeat(1000), 4);
  await put(store, "3", "shared".repeat(1000), 3);
  await put(store, "4", "newest".repeat(1000), 2);
  const { sizeBytes } = await planPrune(store, { olderThanMs: 0 });
  expect((await planPrune(store, { maxBytes: sizeBytes })).entries).toEqual([]);
  const summary = await prune(store, { maxBytes: sizeBytes - 5001 });
  expect(summary).toMatchObject({ entries: 3, freedBytes: 11_000 });
  expect(await namesIn(store)).toEqual(["drawing 4"]);
});

test("planPrune() refuses a size that the records alone are beyond", async () => {
  const store = await filledStore();
  await expect(planPrune(store, { maxBytes: 1000 })).rejects.toThrow(
    /^Cannot prune a store to 1000 bytes: its records alone have \d+, .*; give a larger size/,
  );
});

test("pruneStore() removes an atlas with the records of its images; shared records and other atlases stay", async () => {
  const store = await filledStore();
  expect(await prune(store, { atlases: [1] })).toMatchObject({ entries: 7, images: 2 });
  expect(await namesIn(store)).toEqual([
    "picture /external/brainatlas/21/21_annotation.aff",
    "picture /plates/21.aff",
    "drawing 21",
    "answer /api/v2/x?a=1",
  ]);
  expect(await countRows(await store.records())).toMatchObject({ AtlasImage: 1, Structure: 1, Atlas: 2 });
  expect((await verifyStore(store)).problems).toEqual([]);
});

test("pruneStore() leaves what another atlas has as well: a picture of several sections, and a data set", async () => {
  const store = await sharedStore();
  expect(await prune(store, { atlases: [1] })).toMatchObject({ entries: 0, images: 2 });
  expect(await prune(store, { atlases: [2] })).toMatchObject({ entries: 0, images: 0 });
  expect(await prune(await sharedStore(), { atlases: [2, 3] })).toMatchObject({ entries: 1, images: 1 });
  expect(await prune(await sharedStore(), { atlases: [1, 2, 3] })).toMatchObject({ entries: 2, images: 3 });
});

test("pruneStore() leaves the records where other criteria narrow an atlas, and the body that another atlas has", async () => {
  const store = await filledStore();
  expect(await prune(store, { atlases: [1], kinds: ["picture"] })).toMatchObject({ entries: 4, images: 0, files: 1 });
  expect(await store.record(11)).toBeDefined();
  expect(await store.drawing(11)).toBeDefined();
});

test("pruneStore() removes files that belong to nothing after an hour, and alone when asked", async () => {
  const store = await newStore();
  const { objects, body } = layOutStore(store.directory);
  const orphan = body("ab".repeat(32));
  const part = join(objects, partName());
  await mkdir(dirname(orphan), { recursive: true });
  for (const path of [orphan, part]) await writeFile(path, "x");
  await put(store, "1", "kept", 100);
  expect(await prune(store, { orphans: true })).toMatchObject({ files: 0 });
  const old = new Date(Date.now() - 3_700_000);
  for (const path of [orphan, part]) await utimes(path, old, old);
  expect(await prune(store, { orphans: true })).toEqual({ entries: 0, images: 0, files: 2, freedBytes: 2 });
  expect(await namesIn(store)).toEqual(["drawing 1"]);
});

test("pruneStore() leaves what another process put anew since the plan was made", async () => {
  const store = await newStore();
  await put(store, "1", "same", 100);
  await put(store, "2", "before", 100);
  const plan = await planPrune(store, { olderThanMs: DAY_MS });
  await put(store, "1", "same", 0);
  await put(store, "2", "after", 0);
  expect(await pruneStore(store, plan)).toMatchObject({ entries: 0, files: 0 });
  expect(await (await store.drawing(1))?.svg()).toBe("same");
  expect(await (await store.drawing(2))?.svg()).toBe("after");
});

test("pruneStore() leaves a body that another entry names meanwhile", async () => {
  const store = await newStore();
  await put(store, "1", "shared", 100);
  const plan = await planPrune(store, { olderThanMs: DAY_MS });
  const held = await store.entries.get("drawing", "1");
  if (held !== undefined) await store.entries.link({ ...held.entry, name: "2" }, held.entry);
  expect(await pruneStore(store, plan)).toMatchObject({ entries: 1, files: 0, freedBytes: 0 });
  expect(await (await store.drawing(2))?.svg()).toBe("shared");
});

test("pruneStore() ends when it is asked to, and what is left is whole", async () => {
  const store = await filledStore();
  const ended = new AbortController();
  const plan = await planPrune(store, { olderThanMs: 0, kinds: ["drawing"] });
  const work = pruneStore(store, plan, { signal: ended.signal, onProgress: () => ended.abort(new Error("enough")) });
  await expect(work).rejects.toThrow("enough");
  expect((await verifyStore(store)).problems).toEqual([]);
});
