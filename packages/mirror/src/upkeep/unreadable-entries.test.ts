import { writeFileSync } from "node:fs";
import { readdir, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filledStore } from "../../../../tests/support/filled-store.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { importRecords } from "../import/import-records.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { layOutStore } from "../store/layout.ts";
import { planPrune } from "./plan-prune.ts";
import { pruneStore } from "./prune-store.ts";
import { removeBodies } from "./remove-bodies.ts";
import { verifyStore } from "./verify-store.ts";

const LONG_AGO = new Date(Date.now() - 7_200_000);

/** A store all of whose bodies are old enough to go if nobody names them. */
async function oldStore(): Promise<FolderStore> {
  const store = await filledStore();
  const { objects } = layOutStore(store.directory);
  for (const name of await bodiesOf(store)) await utimes(join(objects, name), LONG_AGO, LONG_AGO);
  return store;
}

async function bodiesOf({ directory }: FolderStore): Promise<string[]> {
  const names = await readdir(layOutStore(directory).objects, { recursive: true });
  return names.filter((name) => /[0-9a-f]{64}$/.test(name)).sort();
}

test.each(["entries", "entries/picture"])("no body goes while the folder %s cannot be read", async (name) => {
  const store = await oldStore();
  const before = await bodiesOf(store);
  const folder = join(store.directory, name);
  await rename(folder, join(store.directory, "away"));
  await symlink("nowhere", folder);
  const words = /^Cannot read ".*" of the store: /;
  await expect(planPrune(store, { orphans: true })).rejects.toThrow(words);
  await expect(verifyStore(store)).rejects.toThrow(words);
  await expect(store.info()).rejects.toThrow(words);
  const row = { model: "Gene", rows: [{ id: 1 }], source: "x", synthetic: true };
  await expect(importRecords(store, row)).rejects.toThrow(words);
  expect(await bodiesOf(store)).toEqual(before);
});

test("a folder of entries that lies elsewhere, behind a link, is read as well", async () => {
  const store = await oldStore();
  const away = join(await temporaryFolder(), "away");
  await rename(join(store.directory, "entries", "picture"), away);
  await symlink(away, join(store.directory, "entries", "picture"));
  expect((await planPrune(store, { orphans: true })).orphans).toEqual([]);
  expect(await verifyStore(store)).toMatchObject({ entries: 11, problems: [] });
});

test("planPrune() refuses a store with a damaged entry, which may name any body, until it is removed", async () => {
  const store = await oldStore();
  const before = await bodiesOf(store);
  const path = layOutStore(store.directory).entry("drawing", "11");
  await writeFile(path, "{");
  await expect(planPrune(store, { orphans: true })).rejects.toThrow(
    /^Cannot prune the store ".*": 1 of its entries cannot be read and may name any body, first ".*\.json" \(it is no JSON\); "brainatlas/,
  );
  const { problems } = await verifyStore(store, { removeDamaged: true });
  // That its body belongs to nothing is not said before.
  expect(problems.map(({ path }) => path)).toEqual([path]);
  expect(await bodiesOf(store)).toEqual(before);
  expect((await planPrune(store, { orphans: true })).orphans).toHaveLength(1);
});

test("pruneStore() removes no body once an entry can no longer be read", async () => {
  const store = await oldStore();
  const before = await bodiesOf(store);
  const plan = await planPrune(store, { kinds: ["drawing"] });
  await writeFile(layOutStore(store.directory).entry("grid", "100.zip"), "{");
  await expect(pruneStore(store, plan)).rejects.toThrow(/^Cannot read the entry ".*": it is damaged/);
  expect(await bodiesOf(store)).toEqual(before);
});

test("removeBodies() puts all back that it took when the entries cannot be read a second time", async () => {
  const store = await oldStore();
  const layout = layOutStore(store.directory);
  const before = await bodiesOf(store);
  const held = await store.entries.get("drawing", "11");
  await rm(layout.entry("drawing", "11"));
  // What is asked between the first time and the second.
  const signal = { throwIfAborted: () => writeFileSync(layout.entry("drawing", "12"), "{") } as unknown as AbortSignal;
  const candidates = new Set([held?.entry.sha256 ?? ""]);
  await expect(removeBodies(layout, candidates, signal)).rejects.toThrow(/it is damaged/);
  expect(await bodiesOf(store)).toEqual(before);
  expect((await readdir(layout.objects)).filter((name) => name.startsWith("."))).toEqual([]);
});
