import { link, mkdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { filledStore, newStore } from "../../../../tests/support/filled-store.ts";
import type { EntryKind } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { layOutStore } from "../store/layout.ts";
import { partName } from "../store/part-file.ts";
import { storeStats } from "./store-stats.ts";
import { verifyStore } from "./verify-store.ts";

async function bodyPath(store: FolderStore, kind: EntryKind, name: string): Promise<string> {
  return (await store.entries.get(kind, name))?.path ?? "";
}

/** State and words of what is found, without the paths. */
async function found(store: { directory: string }, options = {}): Promise<string[]> {
  const { problems, leftovers } = await verifyStore(store, options);
  return [...problems, ...leftovers].map(
    ({ state, what, entries }) => `${state}: ${what} (${entries.map(({ name }) => name).join()})`,
  );
}

test("verifyStore() finds nothing wrong with a whole store, and reads every byte", async () => {
  const store = await filledStore();
  const seen: number[] = [];
  const summary = await verifyStore(store, { full: true, onProgress: ({ checkedBytes }) => seen.push(checkedBytes) });
  const bodies = new Map<string, number>();
  for await (const { sha256, sizeBytes } of store.list()) bodies.set(sha256, sizeBytes);
  const bytes = [...bodies.values()].reduce((sum, size) => sum + size, 0);
  expect(summary).toMatchObject({ entries: 11, bodies: bodies.size, checkedBytes: bytes, problems: [], leftovers: [] });
  expect(seen.at(-1)).toBe(bytes);
});

test("verifyStore() finds a changed byte, a body that is cut off, one that is gone, and damaged entries", async () => {
  const store = await filledStore();
  const drawing = await bodyPath(store, "drawing", "11");
  const bytes = await readFile(drawing);
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
  await writeFile(drawing, bytes);
  await truncate(await bodyPath(store, "drawing", "12"), 10);
  await rm(await bodyPath(store, "answer", "/api/v2/x?a=1"));
  const layout = layOutStore(store.directory);
  await writeFile(layout.entry("grid", "100.zip"), "{");
  const moved = layout.entry("file", "7");
  await mkdir(dirname(moved), { recursive: true });
  await link(layout.entry("picture", "/plates/11.aff"), moved);
  expect((await found(store)).sort()).toEqual([
    "damage: its bytes are not those that were put (11)",
    expect.stringMatching(/^damage: the body has 10 of \d+ bytes \(12\)$/),
    "damage: the body is gone (/api/v2/x?a=1)",
    "damage: the entry is damaged: it is no JSON ()",
    "damage: the entry is damaged: it lies under the name of another ()",
  ]);
});

test("verifyStore() finds a picture whose tables are none, and with full one whose tiles are none", async () => {
  const store = await newStore();
  const details = { width: 10, height: 10, downsample: 0 };
  await store.entries.put({ kind: "picture", name: "/a", mediaType: "image/tiff", details }, "no TIFF");
  expect(await found(store)).toEqual([expect.stringMatching(/^damage: Cannot read the body .*TIFF.* \(\/a\)$/)]);
});

test("verifyStore() lists files that belong to nothing once they are an hour old, and strangers at once", async () => {
  const store = await newStore();
  const { objects, body } = layOutStore(store.directory);
  const orphan = body("ab".repeat(32));
  await mkdir(dirname(orphan), { recursive: true });
  const part = join(objects, partName());
  for (const path of [orphan, part]) await writeFile(path, "x");
  await writeFile(join(store.directory, "notes.txt"), "mine");
  expect(await found(store)).toEqual(["leftover: this is no file of a store ()"]);
  const old = new Date(Date.now() - 3_700_000);
  for (const path of [orphan, part]) await utimes(path, old, old);
  expect(await found(store)).toEqual([
    "leftover: no entry names this body ()",
    "leftover: a process was ended while it wrote this ()",
    "leftover: this is no file of a store ()",
  ]);
});

test("verifyStore() tells of damaged records, also where the store cannot be opened for them", async () => {
  const store = await filledStore();
  store.close();
  const { records } = layOutStore(store.directory);
  const bytes = await readFile(records);
  bytes.fill(0x55, 4096, 4096 * 3);
  await writeFile(records, bytes);
  expect(await found(store)).toContainEqual(expect.stringMatching(/^damage: the database of the records is damaged: /));
  await writeFile(records, "no database at all");
  expect(await found({ directory: store.directory })).toEqual([
    expect.stringMatching(/records is damaged: .*not a database/),
  ]);
});

test("verifyStore() removes what is damaged when it is asked to, and nothing else", async () => {
  const store = await filledStore();
  const path = await bodyPath(store, "picture", "/plates/11.aff");
  await truncate(path, 100);
  const { problems, removed } = await verifyStore(store, { removeDamaged: true });
  const remedy = "it is removed: pull or import it again";
  expect(problems).toMatchObject([11, 12].map(() => ({ state: "removed", path, remedy })));
  expect(removed.map(({ name }) => name).sort()).toEqual(["/plates/11.aff", "/plates/12.aff"]);
  expect(await store.picture("/plates/11.aff")).toBeUndefined();
  expect(await store.drawing(11)).toBeDefined();
  expect(await found(store)).toEqual([]);
});

test("verifyStore() says of damage that cannot be removed that it is there still", async () => {
  const store = await filledStore();
  store.close();
  const { records, entry } = layOutStore(store.directory);
  await writeFile(records, "no database at all");
  await writeFile(entry("drawing", "11"), "{");
  const { problems } = await verifyStore(store, { removeDamaged: true });
  expect(problems.map(({ state }) => state)).toEqual(["removed", "damage"]);
});

test("verifyStore() lists working files of pulls that were given up, and not of those at work", async () => {
  const store = await newStore();
  const { pulls } = layOutStore(store.directory);
  const begin = async (name: string, lock?: object): Promise<void> => {
    await mkdir(join(pulls, name, "plates"), { recursive: true });
    await writeFile(join(pulls, name, "plates", "1.jpg"), "12345");
    if (lock !== undefined) await writeFile(join(pulls, name, ".brainatlas-download.lock"), JSON.stringify(lock));
  };
  await mkdir(pulls);
  expect(await found(store)).toEqual([]);
  await begin("a-given-up");
  await begin("b-at-work", { pid: process.pid, host: hostname() });
  await begin("c-elsewhere", { pid: 1, host: "another" });
  await begin("d-not-understood", {});
  // No system gives such a number.
  await begin("e-killed", { pid: 2 ** 30, host: hostname() });
  const { problems, leftovers } = await verifyStore(store);
  expect(problems).toEqual([]);
  expect(leftovers.map(({ path, what }) => [path, what])).toEqual(
    ["a-given-up", "e-killed"].map((name) => [join(pulls, name), expect.stringMatching(/^working files of a pull/)]),
  );
  expect(leftovers[0]?.sizeBytes).toBe(5);
  const stats = await storeStats(store);
  expect(stats.pulls.count).toBe(2);
  expect(stats.sizeBytes).toBe(stats.recordsBytes + stats.pulls.sizeBytes);
});

test("verifyStore() ends when it is asked to", async () => {
  const store = await filledStore();
  const ended = new AbortController();
  const check = verifyStore(store, { signal: ended.signal, onProgress: () => ended.abort(new Error("enough")) });
  await expect(check).rejects.toThrow("enough");
});
