import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeFileWhole } from "@brainatlas/sdk/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { filledStore, newStore } from "../../../../tests/support/filled-store.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { importFile } from "../import/import-file.ts";
import { importRecords } from "../import/import-records.ts";
import { countRows } from "../records/count-rows.ts";
import { writeRows } from "../records/write-rows.ts";
import { type FolderStore, openStore } from "../store/folder-store.ts";
import { type NewTarMember, writeTar } from "../tar/write-tar.ts";
import { verifyStore } from "../upkeep/verify-store.ts";
import { type ExportOptions, exportStore } from "./export-store.ts";
import { importExport, isExport } from "./import-export.ts";

async function exportTo(store: FolderStore, options: ExportOptions = {}): Promise<string> {
  const path = join(await temporaryFolder(), "store.tar");
  await exportStore(store, (chunks) => writeFileWhole(path, chunks), options);
  return path;
}

async function contentOf(store: FolderStore): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const entry of store.list()) {
    const held = await store.entries.get(entry.kind, entry.name);
    found.push([
      entry,
      createHash("sha256")
        .update((await held?.body()) ?? "")
        .digest("hex"),
    ]);
  }
  return found;
}

/** Writes files as an export, with a manifest that tells of them as they are unless it is given. */
async function forge(
  files: Readonly<Record<string, string | Buffer>>,
  changes: { marker?: string; manifest?: string } = {},
): Promise<string> {
  const members = Object.entries(files).map(([path, content]): [string, Buffer] => [path, Buffer.from(content)]);
  const lines = members.map(([path, bytes]) =>
    JSON.stringify({ path, sizeBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") }),
  );
  const {
    marker = '{"format":"brainatlas-store","version":4}',
    manifest = ['{"format":"brainatlas-export","version":1}', ...lines, ""].join("\n"),
  } = changes;
  const head: [string, Buffer][] = [
    ["brainatlas-store.json", Buffer.from(marker)],
    ["brainatlas-export.ndjson", Buffer.from(manifest)],
  ];
  return await pack([...head, ...members]);
}

async function pack(files: readonly (readonly [string, Buffer])[]): Promise<string> {
  const path = join(await temporaryFolder(), "forged.tar");
  const members = files.map(
    ([name, bytes]): NewTarMember => ({ path: name, sizeBytes: bytes.length, content: [bytes] }),
  );
  await writeFileWhole(path, writeTar(members));
  return path;
}

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

test("importExport() ends when it is asked to", async () => {
  const file = await exportTo(await filledStore());
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(importExport(await newStore(), file, { signal })).rejects.toThrow(/^enough$/);
});

describe("importExport() refuses", () => {
  const BODY = "x";
  const SHA = createHash("sha256").update(BODY).digest("hex");
  const NAME = createHash("sha256").update("5").digest("hex");
  const body = `objects/${SHA.slice(0, 2)}/${SHA}`;
  const place = `entries/drawing/${NAME.slice(0, 2)}/${NAME}.json`;
  const ENTRY = {
    kind: "drawing",
    name: "5",
    mediaType: "image/svg+xml",
    sizeBytes: 1,
    sha256: SHA,
    storedAt: "2026-01-01T00:00:00.000Z",
    details: {},
  };
  const entry = (changes: object): string => JSON.stringify({ ...ENTRY, ...changes });
  const line = (member: object): string =>
    `{"format":"brainatlas-export","version":1}\n${JSON.stringify({ sizeBytes: 1, sha256: SHA, path: body, ...member })}\n`;

  test("nothing that is as it should be", async () => {
    const store = await newStore();
    await importExport(store, await forge({ [body]: BODY, [place]: entry({}) }));
    expect(await (await store.drawing(5))?.svg()).toBe("x");
  });

  test.each<[string, Parameters<typeof forge>, RegExp]>([
    [
      "an older store",
      [{}, { marker: '{"format":"brainatlas-store","version":2}' }],
      /version 2, and this program knows 3 and 4; import its/,
    ],
    [
      "a newer store",
      [{}, { marker: '{"format":"brainatlas-store","version":9}' }],
      /version 9, .* use the program that made it/,
    ],
    ["no store", [{}, { marker: "{}" }], /version undefined/],
    [
      "a newer export",
      [{}, { manifest: '{"format":"brainatlas-export","version":2}\n' }],
      /export of version 2, and this program knows 1/,
    ],
    ["another manifest", [{}, { manifest: "{}\n" }], /none of an export/],
    ["no manifest", [{}, { manifest: "" }], /manifest is empty/],
    ["a manifest that is no JSON", [{}, { manifest: "{\n" }], /no JSON/],
    ["a manifest of one endless line", [{}, { manifest: "x".repeat(5000) }], /too long/],
    [
      "a manifest without its end",
      [{}, { manifest: '{"format":"brainatlas-export","version":1}' }],
      /ends within a line/,
    ],
    ["a path that leads out", [{}, { manifest: line({ path: "../x" }) }], /names "..\/x", which no export has/],
    ["a path of the root", [{}, { manifest: line({ path: "/etc/passwd" }) }], /which no export has/],
    ["a path within another", [{}, { manifest: line({ path: `objects/../${body}` }) }], /which no export has/],
    ["a marker in the manifest", [{}, { manifest: line({ path: "brainatlas-store.json" }) }], /which no export has/],
    [
      "a kind that there is not",
      [{}, { manifest: line({ path: place.replace("drawing", "evil") }) }],
      /which no export has/,
    ],
    ["a size that is none", [{}, { manifest: line({ sizeBytes: -1 }) }], /does not say how long/],
    ["a size that no file has", [{}, { manifest: line({ sizeBytes: 2 ** 50 }) }], /promises more than the file has/],
    ["a body under another name", [{}, { manifest: line({ sha256: NAME }) }], /another than its name/],
    ["one twice in the manifest", [{}, { manifest: `${line({})}${line({}).split("\n")[1]}\n` }], /names ".*" twice/],
    ["what the manifest promised", [{}, { manifest: line({}) }], /lacks 1 of the 1 members/],
    [
      "what the manifest does not name",
      [{ [body]: BODY }, { manifest: '{"format":"brainatlas-export","version":1}\n' }],
      /does not name/,
    ],
    ["a body that is another", [{ [body]: "y" }, { manifest: line({}) }], /not what its manifest says/],
    ["a body that is longer", [{ [body]: "xx" }, { manifest: line({}) }], /not what its manifest says/],
    ["an entry without its body", [{ [place]: entry({}) }, {}], /it is gone/],
    ["an entry of another length", [{ [body]: BODY, [place]: entry({ sizeBytes: 2 }) }, {}], /1 of 2 bytes/],
    [
      "an entry under another name",
      [{ [body]: BODY, [place]: entry({ name: "6" }) }, {}],
      /lies under the name of another/,
    ],
    ["an entry of another kind", [{ [body]: BODY, [place]: entry({ kind: "evil" }) }, {}], /of no known kind/],
    ["an entry that names a path", [{ [body]: BODY, [place]: entry({ sha256: "../../x" }) }, {}], /names no body/],
    [
      "an entry of headers that are none",
      [{ [body]: BODY, [place]: entry({ mediaType: "a\r\nb: c" }) }, {}],
      /no media type/,
    ],
    ["an entry that is no JSON", [{ [body]: BODY, [place]: "{" }, {}], /is no JSON/],
    ["records that are no database", [{ "records.db": "SQLite, or not" }, {}], /records are damaged/],
  ])("%s", async (_, [files, changes], words) => {
    const store = await newStore();
    await expect(importExport(store, await forge(files, changes))).rejects.toThrow(words);
    expect(await contentOf(store)).toEqual([]);
    expect((await readdir(join(store.directory, ".."))).length).toBe(1);
  });

  test("a picture that is none, and keeps the one that is held", async () => {
    const store = await newStore();
    const name = createHash("sha256").update("/a").digest("hex");
    const picture = { kind: "picture", name: "/a", details: { width: 1, height: 1, downsample: 0 } };
    const file = await forge({ [body]: BODY, [`entries/picture/${name.slice(0, 2)}/${name}.json`]: entry(picture) });
    await expect(importExport(store, file)).rejects.toThrow(/the picture "\/a" in it is damaged/);
    expect(await contentOf(store)).toEqual([]);
  });

  test("a member twice, and one before the marker", async () => {
    const marker = ["brainatlas-store.json", Buffer.from('{"format":"brainatlas-store","version":4}')] as const;
    const manifest = ["brainatlas-export.ndjson", Buffer.from(line({}))] as const;
    const twice = await pack([marker, manifest, [body, Buffer.from("x")], [body, Buffer.from("x")]]);
    await expect(importExport(await newStore(), twice)).rejects.toThrow(/holds ".*" twice/);
    await expect(importExport(await newStore(), await pack([manifest, marker]))).rejects.toThrow(
      /no export of a store/,
    );
    await expect(importExport(await newStore(), await pack([marker, marker]))).rejects.toThrow(
      /no manifest after its marker/,
    );
  });
});

test("isExport() is told by the content", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "a"), "short");
  await writeFile(join(folder, "b"), Buffer.alloc(2000));
  expect(await Promise.all(["a", "b", "c"].map((name) => isExport(join(folder, name))))).toEqual([false, false, false]);
  await rm(folder, { recursive: true });
});
