import { createHash } from "node:crypto";
import { readdir, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { DamagedError } from "../failures.ts";
import { canonicalTarget } from "./answer-key.ts";
import { type FolderStore, openStore } from "./folder-store.ts";
import { putImageRecords } from "./image-records.ts";

const ROW = { id: 5, x: 0, y: 0, width: 10, height: 10, image_width: 10, image_height: 10, path: "/a" };

async function newStore(): Promise<FolderStore> {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  onTestFinished(() => store.close());
  return store;
}

test("openStore() finds again what was put before", async () => {
  const first = await newStore();
  putImageRecords(await first.records(), [{ model: "AtlasImage", row: ROW }]);
  await first.entries.put({ kind: "drawing", name: "5", mediaType: "image/svg+xml" }, "<svg/>");
  const second = await openStore(first.directory);
  expect(await second.record(5)).toEqual({ model: "AtlasImage", row: ROW });
  expect(await second.record(6)).toBeUndefined();
  expect(await second.info()).toMatchObject({
    entries: { picture: 0, drawing: 1, answer: 0 },
    records: { AtlasImage: 1 },
    version: 4,
  });
  second.close();
});

test("info() counts the bytes of bodies, and of the records with what was written last", async () => {
  const store = await newStore();
  for (const name of ["1", "2"]) {
    await store.entries.put({ kind: "drawing", name, mediaType: "image/svg+xml" }, "<svg/>"); // One body.
  }
  putImageRecords(await store.records(), [{ model: "AtlasImage", row: ROW }]);
  const sizes = async (names: readonly string[]): Promise<number[]> =>
    await Promise.all(names.map(async (name) => (await stat(join(store.directory, name))).size));
  const [records = 0, log = 0] = await sizes(["records.db", "records.db-wal"]);
  expect(log).toBeGreaterThan(0);
  expect((await store.info()).sizeBytes).toBe(6 + records + log);
  store.close();
  const [closed = 0] = await sizes(["records.db"]);
  const again = await openStore(store.directory);
  onTestFinished(() => again.close());
  expect((await again.info()).sizeBytes).toBe(6 + closed);
});

test("openStore() refuses a folder that is none, and leaves it as it is", async () => {
  const folder = await temporaryFolder();
  await expect(openStore(folder)).rejects.toThrow(
    /there is no store in that folder; "brainatlas pull" and "brainatlas store import" make one$/,
  );
  await writeFile(join(folder, "thesis.txt"), "x");
  await expect(openStore(folder, { create: true })).rejects.toThrow(/holds other files/);
  expect(await readdir(folder)).toEqual(["thesis.txt"]);
});

test("openStore() names the folder where the system refuses", async () => {
  const file = join(await temporaryFolder(), "file");
  await writeFile(file, "x");
  await expect(openStore(join(file, "store"), { create: true })).rejects.toThrow(
    /Cannot open the store ".*store": ENOTDIR/,
  );
});

test("openStore() refuses a version that it does not know, and says of an older one how to go on", async () => {
  const { directory } = await newStore();
  await writeFile(join(directory, "brainatlas-store.json"), '{"format":"brainatlas-store","version":2}');
  await expect(openStore(directory)).rejects.toThrow(
    /version 2, .* knows 3 and 4; import its content again into another folder/,
  );
  await writeFile(join(directory, "brainatlas-store.json"), '{"format":"brainatlas-store","version":5}');
  await expect(openStore(directory)).rejects.toThrow(
    /version 5, and this program knows 3 and 4; use the program that made it, or another folder/,
  );
  await writeFile(join(directory, "brainatlas-store.json"), "not json");
  await expect(openStore(directory, { create: true })).rejects.toThrow(/version undefined/);
});

test("openStore() reads a store of version 3, which becomes one of 4 when something is put", async () => {
  const { directory, entries } = await newStore();
  await entries.put({ kind: "drawing", name: "5", mediaType: "image/svg+xml" }, "<svg/>");
  const marker = join(directory, "brainatlas-store.json");
  await writeFile(marker, '{"format":"brainatlas-store","version":3,"synthetic":true}');
  const store = await openStore(directory);
  onTestFinished(() => store.close());
  expect(new TextDecoder().decode(await (await store.entries.get("drawing", "5"))?.body())).toBe("<svg/>");
  expect((await store.info()).version).toBe(3);
  await store.entries.put({ kind: "drawing", name: "6", mediaType: "image/svg+xml" }, "<svg/>");
  expect(await store.info()).toMatchObject({ version: 4, synthetic: true });
});

test("markSynthetic() stays", async () => {
  const store = await newStore();
  expect(store.synthetic).toBe(false);
  await store.markSynthetic();
  expect(store.synthetic).toBe(true);
  const again = await openStore(store.directory, { create: true });
  onTestFinished(() => again.close());
  expect(again.synthetic).toBe(true);
});

test.each(["../../../../etc/passwd", "/external/../x.aff", "a".repeat(3000), "con", "ä\u0000b", ".."])(
  "put() keeps the name %j inside of the folder",
  async (name) => {
    const { entries, directory } = await newStore();
    await entries.put({ kind: "picture", name, mediaType: "image/png" }, "body");
    expect((await (await entries.get("picture", name))?.body())?.toString()).toBe("body");
    expect(await readdir(join(directory, ".."))).toEqual(["store"]);
    const files = (await readdir(directory)).filter((file) => !file.startsWith("records.db"));
    expect(files.sort()).toEqual(["brainatlas-store.json", "entries", "objects"]);
  },
);

test("put() replaces an entry in one step, for readers beside it too", async () => {
  const { entries } = await newStore();
  const bodies = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
  const reads: Promise<unknown>[] = [];
  for (const body of bodies) {
    await entries.put({ kind: "answer", name: "x", mediaType: "text/plain" }, body);
    reads.push(
      entries.get("answer", "x").then(async (found) => expect(bodies).toContain((await found?.body())?.toString())),
    );
  }
  await Promise.all(reads);
});

test("putWritten() takes what is written to the path that it gives", async () => {
  const { entries, directory } = await newStore();
  const given = { kind: "picture", name: "/a", mediaType: "image/tiff" } as const;
  const text = "pixels".repeat(100_000);
  const entry = await entries.putWritten(given, (path) => writeFile(path, text));
  expect(entry).toMatchObject({ sizeBytes: text.length, sha256: createHash("sha256").update(text).digest("hex") });
  const found = await entries.get("picture", "/a");
  expect(found?.path).toBe(join(directory, "objects", entry.sha256.slice(0, 2), entry.sha256));
  expect(await readFile(found?.path ?? "", "utf8")).toBe(text);
  const failing = entries.putWritten({ ...given, name: "/b" }, async (path) => {
    await writeFile(path, "half");
    throw new Error("no whole picture");
  });
  await expect(failing).rejects.toThrow("no whole picture");
  await expect(entries.putWritten({ ...given, name: "/b" }, async () => {})).rejects.toThrow(/ENOENT/);
  expect(await entries.get("picture", "/b")).toBeUndefined();
  expect(await readdir(join(directory, "objects"))).toEqual([entry.sha256.slice(0, 2)]);
});

test("link() puts a body under another name, and none that is gone", async () => {
  const { entries, directory } = await newStore();
  const given = { kind: "picture", name: "/a", mediaType: "image/tiff" } as const;
  const held = await entries.put(given, "pixels");
  expect(await entries.link({ ...given, name: "/b" }, held)).toMatchObject({ name: "/b", sha256: held.sha256 });
  expect((await (await entries.get("picture", "/b"))?.body())?.toString()).toBe("pixels");
  await rm(await onlyFile(join(directory, "objects")));
  await expect(entries.link({ ...given, name: "/c" }, held)).rejects.toThrow(/it is gone/);
  expect(await entries.get("picture", "/c")).toBeUndefined();
});

test("aside() gives a path in the store that goes with its use", async () => {
  const { entries, directory } = await newStore();
  const path = await entries.aside(async (given) => {
    await writeFile(given, "x");
    return given;
  });
  expect(path.startsWith(join(directory, "objects"))).toBe(true);
  expect(await readdir(join(directory, "objects"))).toEqual([]);
});

test("put() by several writers at once leaves each entry whole", async () => {
  const store = await newStore();
  const other = await openStore(store.directory);
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      (index % 2 ? store : other).entries.put(
        { kind: "answer", name: `n${index % 4}`, mediaType: "text/plain" },
        `body ${index}`,
      ),
    ),
  );
  for await (const entry of store.list("answer")) {
    expect((await (await store.entries.get("answer", entry.name))?.body())?.toString()).toMatch(/^body \d+$/);
  }
});

test("list() goes through entries by name, of one kind if asked", async () => {
  const store = await newStore();
  for (const name of ["b", "a", "c"]) await store.entries.put({ kind: "answer", name, mediaType: "text/plain" }, name);
  await store.entries.put({ kind: "drawing", name: "1", mediaType: "image/svg+xml" }, "x");
  const names: string[] = [];
  for await (const entry of store.list("answer")) names.push(entry.name);
  expect(names).toEqual(["a", "b", "c"]);
});

test("a damaged entry is an error that names it, not an absence", async () => {
  const { entries, directory } = await newStore();
  await entries.put({ kind: "drawing", name: "1", mediaType: "image/svg+xml" }, "x");
  const [file = ""] = (await readdir(join(directory, "entries"), { recursive: true })).filter((name) =>
    name.endsWith(".json"),
  );
  const path = join(directory, "entries", file);
  await writeFile(path, (await readFile(path, "utf8")).slice(0, 20));
  await expect(entries.get("drawing", "1")).rejects.toThrow(/it is damaged; import its content again/);
});

test("an entry without a hash is damaged too", async () => {
  const { entries, directory } = await newStore();
  await entries.put({ kind: "drawing", name: "1", mediaType: "image/svg+xml" }, "x");
  await writeFile(await onlyFile(join(directory, "entries")), '{"sha256":"../../x"}');
  await expect(entries.get("drawing", "1")).rejects.toThrow(DamagedError);
});

test("a body that is cut short or gone is damage, before anything of it is read", async () => {
  const { entries, directory } = await newStore();
  await entries.put({ kind: "file", name: "7", mediaType: "text/plain" }, "0123456789");
  const found = await entries.get("file", "7");
  const body = await onlyFile(join(directory, "objects"));
  await truncate(body, 4);
  await expect(entries.get("file", "7")).rejects.toThrow(/it has 4 of 10 bytes; import its content again/);
  // What was found while it was whole ends with an error, and not as if that were all.
  const read: string[] = [];
  const reading = async (): Promise<void> => {
    for await (const chunk of found?.chunks(0, 10) ?? []) read.push(Buffer.from(chunk).toString());
  };
  await expect(reading()).rejects.toThrow(/it ends at 4 of 10 bytes/);
  expect(read).toEqual(["0123"]);
  await rm(body);
  await expect(entries.get("file", "7")).rejects.toThrow(/it is gone/);
});

test("openStore() removes what a process left behind that was ended while it wrote, and not what is being written", async () => {
  const { entries, directory } = await newStore();
  await entries.put({ kind: "file", name: "7", mediaType: "text/plain" }, "x");
  const objects = join(directory, "objects");
  const [old, young] = [".brainatlas-0a.part", ".brainatlas-0b.part"] as const;
  for (const name of [old, young]) await writeFile(join(objects, name), "part");
  const yesterday = Date.now() / 1000 - 25 * 3600;
  await utimes(join(objects, old), yesterday, yesterday);
  const partsAfter = async (create: boolean): Promise<string[]> => {
    (await openStore(directory, { create })).close();
    return (await readdir(objects)).filter((name) => name.endsWith(".part")).sort();
  };
  expect(await partsAfter(false)).toEqual([old, young]);
  expect(await partsAfter(true)).toEqual([young]);
});

/** The one file below a folder. */
async function onlyFile(folder: string): Promise<string> {
  for (const name of await readdir(folder, { recursive: true })) {
    if ((await stat(join(folder, name))).isFile()) return join(folder, name);
  }
  throw new Error(`There is no file below ${folder}`);
}

test.each([
  ["/a?b=1&a=2", "/a?a=2&b=1"],
  ["//a//b", "/a/b"],
  ["/a?x=&y=1", "/a?y=1"],
  ["/a?path=%2Fq%2Fr", "/a?path=/q/r"],
])("canonicalTarget() reads %s and its like alike", (one, other) => {
  expect(canonicalTarget(one)).toBe(canonicalTarget(other));
});

test("picture() says on what it draws that it is made up once the store is marked, by another tag", async () => {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  onTestFinished(() => store.close());
  const row = { id: 1, path: "/1.aff", x: 0, y: 0, width: 900, height: 600, image_width: 900, image_height: 600 };
  putImageRecords(await store.records(), [{ model: "AtlasImage", row }]);
  await store.entries.put({ kind: "drawing", name: "1", mediaType: "image/svg+xml" }, "<svg/>");
  const details = { drawingOf: 1 };
  await store.entries.put({ kind: "picture", name: "/drawn.aff", mediaType: "image/jpeg", details }, "");
  const real = await store.picture("/drawn.aff");
  expect(await real?.source()).not.toMatchObject({ overlay: expect.anything() });
  await store.markSynthetic();
  const madeUp = await store.picture("/drawn.aff");
  expect(await madeUp?.source()).toMatchObject({ overlay: expect.stringContaining("synthetic</text>") });
  expect(madeUp?.tag).not.toBe(real?.tag);
});
