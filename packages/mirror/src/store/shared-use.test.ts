import { existsSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startProgram, untilEnded, untilWritten } from "../../../../tests/support/child-program.ts";
import { filledStore, newStore } from "../../../../tests/support/filled-store.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { importRecords } from "../import/import-records.ts";
import { createMirror } from "../mirror.ts";
import { planPrune } from "../upkeep/plan-prune.ts";
import { pruneStore } from "../upkeep/prune-store.ts";
import { verifyStore } from "../upkeep/verify-store.ts";
import { openStore } from "./folder-store.ts";
import { withSpare } from "./spare-body.ts";

/** Puts the same bodies, each under four names, again and again, in all ways, until a file tells it to end, and then under names of their own. */
const WRITER = `
import { existsSync } from "node:fs";
import { openStore } from "./folder-store.ts";
import { writeRows } from "../records/write-rows.ts";

const [directory = "", end = ""] = process.argv.slice(2);
const store = await openStore(directory, { create: true });
const entryOf = (id) => ({ kind: "drawing", name: String(id), mediaType: "image/svg+xml", details: {} });
async function* chunks(text) { yield Buffer.from(text); }
let rounds = 0;
process.stdout.write("begun\\n");
while (!existsSync(end)) {
  for (let id = 1; id <= 60; id += 1) {
    const body = "body " + (id % 30);
    if (rounds % 2 === 0) await store.entries.put(entryOf(id), body);
    else await store.entries.putChunks(entryOf(id), chunks(body));
    const held = await store.entries.get("drawing", String(id));
    // It may be pruned in between: then there is nothing to name once more.
    if (held !== undefined) await store.entries.link(entryOf(id + 100), held.entry).catch(() => {});
  }
  rounds += 1;
  writeRows(await store.records(), [{ model: "Gene", row: { id: rounds, acronym: "G" + rounds } }]);
}
for (let id = 1; id <= 60; id += 1) await store.entries.put(entryOf(id + 200), "body " + (id % 30));
store.close();
`;

test("two processes put, prune, read and verify one store at once, and no answer is wrong", async () => {
  const store = await newStore();
  const end = join(await temporaryFolder(), "end");
  const child = await startProgram(WRITER, import.meta.dirname, [store.directory, end]);
  await untilWritten(child, "begun");
  const ended = untilEnded(child);
  let pruned = 0;
  for (let turn = 0; turn < 12 || pruned < 12; turn += 1) {
    const plan = await planPrune(store, { kinds: ["drawing"] });
    pruned += (await pruneStore(store, plan)).files;
    for (let id = 1; id <= 60; id += 1) {
      const text = await (await store.drawing(id))?.svg().catch((error: NodeJS.ErrnoException) => error.code);
      // A body that is pruned between the entry and its bytes is told of as gone.
      expect([undefined, "ENOENT", `body ${id % 30}`]).toContain(text);
    }
    expect((await verifyStore(store)).problems.filter(({ state }) => state === "damage")).toEqual([]);
  }
  const plan = await planPrune(store, { kinds: ["drawing"] });
  await writeFile(end, "");
  // The same bodies come under other names while the last of the old ones go.
  await pruneStore(store, plan);
  expect(await ended).toEqual({ code: 0, signal: null });
  for (let id = 1; id <= 60; id += 1) expect(await (await store.drawing(id + 200))?.svg()).toBe(`body ${id % 30}`);
  expect((await store.info()).records.Gene).toBeGreaterThan(0);
  expect((await verifyStore(store)).problems).toEqual([]);
}, 60_000);

test("withSpare() puts a body back that was taken while it got its entry", async () => {
  const folder = await temporaryFolder();
  const [from, path] = [join(folder, "from"), join(folder, "body")];
  await writeFile(from, "x");
  await withSpare(folder, from, path, async () => {
    await rename(from, path);
    await rm(path);
  });
  expect(existsSync(path)).toBe(true);
});

test("a mirror answers from a store while a pull fills it", async () => {
  const served = await newStore();
  const mirror = createMirror({ store: served });
  onTestFinished(() => mirror.close());
  const status = async (path: string): Promise<number> => (await mirror.fetch(`http://x${path}`)).status;
  const paths = ["/api/v2/svg_download/11", "/api/v2/atlas_image_download/11?downsample=1", "/api/v2/x?a=1"];
  expect(await Promise.all(paths.map(status))).toEqual([404, 404, 404]);
  expect(served.synthetic).toBe(false);
  const full = await filledStore();
  const filling = await openStore(served.directory);
  onTestFinished(() => filling.close());
  for await (const entry of full.list()) {
    const held = await full.entries.get(entry.kind, entry.name);
    if (held !== undefined) await filling.entries.putChunks(entry, held.chunks(0, entry.sizeBytes));
  }
  const plate = await full.record(11);
  if (plate !== undefined) {
    await importRecords(filling, { model: "AtlasImage", rows: [{ ...plate.row }], source: "plates" });
  }
  expect(await Promise.all(paths.map(status))).toEqual([200, 302, 200]);
  await pruneStore(filling, await planPrune(filling, { kinds: ["drawing", "answer", "picture"] }));
  expect(await Promise.all(paths.map(status))).toEqual([404, 404, 404]);
});

test("a mirror calls its answers synthetic once another process has marked the empty store", async () => {
  const served = await newStore();
  const mirror = createMirror({ store: served });
  onTestFinished(() => mirror.close());
  const header = async (): Promise<string | null> =>
    (await mirror.fetch("http://x/api/v2/data/Gene/15.json")).headers.get("x-brainatlas-atlas");
  expect(await header()).toBeNull();
  const filling = await openStore(served.directory);
  onTestFinished(() => filling.close());
  await importRecords(filling, { model: "Gene", rows: [{ id: 15 }], source: "genes", synthetic: true });
  expect(await header()).toBe("synthetic");
});

test("a store that held data knows that another process pruned it empty and marked it since", async () => {
  const served = await newStore();
  const drawing = { kind: "drawing", name: "1", mediaType: "image/svg+xml" } as const;
  await served.entries.put(drawing, "real");
  expect(served.synthetic).toBe(false);
  const other = await openStore(served.directory);
  onTestFinished(() => other.close());
  await pruneStore(other, await planPrune(other, { kinds: ["drawing"] }));
  await importRecords(other, { model: "Gene", rows: [{ id: 15 }], source: "genes", synthetic: true });
  expect(served.synthetic).toBe(true);
});

test("analyse() does not wait for another process that writes to the records", async () => {
  const store = await newStore();
  const other = await openStore(store.directory);
  onTestFinished(() => other.close());
  const [one, two] = await Promise.all([store.records(), other.records()]);
  one.write(() => two.analyse());
  two.analyse();
});

// It takes the five seconds for which a writer waits.
test.runIf(process.env.BRAINATLAS_LONG === "1")(
  "write() says in words that another process is writing",
  async () => {
    const store = await newStore();
    const other = await openStore(store.directory);
    onTestFinished(() => other.close());
    const [one, two] = await Promise.all([store.records(), other.records()]);
    one.write(() => {
      expect(() => two.write(() => {})).toThrow(
        /^Cannot write to the records: another process is writing to them; try again when it is done$/,
      );
    });
  },
  30_000,
);
