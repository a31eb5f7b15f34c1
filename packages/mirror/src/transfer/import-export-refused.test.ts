import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filledStore, newStore } from "../../../../tests/support/filled-store.ts";
import { contentOf, exportTo, forge, pack } from "../../../../tests/support/store-exports.ts";
import { importExport } from "./import-export.ts";

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

  const emptyMembers = (count: number): string => {
    const shas = Array.from({ length: count }, (_, index) => createHash("sha256").update(`${index}`).digest("hex"));
    const lines = shas.map((sha256) =>
      JSON.stringify({ sizeBytes: 0, sha256, path: `objects/${sha256.slice(0, 2)}/${sha256}` }),
    );
    return ['{"format":"brainatlas-export","version":1}', ...lines, ""].join("\n");
  };

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
    [
      "members without end that have no bytes",
      [{}, { manifest: emptyMembers(100) }],
      /promises more than the file has/,
    ],
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

  test("a picture whose entry says what its pyramid is not", async () => {
    const store = await filledStore();
    const found = await store.entries.get("picture", "/plates/11.aff");
    if (found === undefined) throw new Error("No picture");
    const details = { ...found.entry.details, width: 5000, height: 5000 };
    await store.entries.link({ ...found.entry, details }, found.entry);
    const copy = await newStore();
    await expect(importExport(copy, await exportTo(store, { kinds: ["picture"] }))).rejects.toThrow(
      /the picture "\/plates\/11.aff" in it is damaged: the entry says 5000 × 5000 pixels at downsample 0, and it has 320 × 320/,
    );
    expect(await copy.entries.get("picture", "/plates/11.aff")).toBeUndefined();
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
