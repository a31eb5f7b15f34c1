import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { verifyDownloads } from "@brainatlas/sdk/node";
import { beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { kindsOf, neverHad, readFolderManifest } from "./folder-manifest.ts";
import { writeRecords } from "./folder-records.ts";
import type { PullRecords } from "./plan.ts";

const GENES: PullRecords = {
  query: "model::Gene",
  model: "Gene",
  rows: [
    { id: 1, name: 'a "b", c' },
    { id: 2, name: null, genes: [{ id: 7 }] },
  ],
  name: "genes",
};

let directory: string;
beforeEach(async () => {
  directory = await temporaryFolder();
});
const write = (name: string, ...records: PullRecords[]): ReturnType<typeof writeRecords> =>
  writeRecords(
    { name, title: name, records, isSynthetic: false },
    { files: ["plates/7.jpg"], directory, baseUrl: "http://x" },
  );
const read = (path: string): Promise<string> => readFile(join(directory, path), "utf8");

test("writeRecords() writes each list as JSON and as CSV with all columns, those of later rows too", async () => {
  const none = { ...GENES, query: "model::Organism", rows: [], name: "none" };
  expect(await write("atlas-1", GENES, none)).toEqual([]);
  expect(await readdir(join(directory, "records/atlas-1"))).toEqual([
    "genes.csv",
    "genes.json",
    "none.csv",
    "none.json",
  ]);
  expect(JSON.parse(await read("records/atlas-1/genes.json"))).toEqual(GENES.rows);
  expect(await read("records/atlas-1/genes.csv")).toBe('id,name,genes\n1,"a ""b"", c",\n2,,"[{""id"":7}]"\n');
  expect(JSON.parse(await read("records/atlas-1/none.json"))).toEqual([]);
});

test("writeRecords() says before them what the pull is to bring", async () => {
  await write("atlas-1", GENES);
  expect(JSON.parse(await read("pulls/atlas-1.json"))).toEqual({
    name: "atlas-1",
    title: "atlas-1",
    synthetic: false,
    files: ["records/atlas-1/genes.json", "records/atlas-1/genes.csv", "plates/7.jpg"],
  });
  const manifest = await readFolderManifest(directory, new AbortController().signal);
  expect(neverHad(manifest)).toEqual(["plates/7.jpg"]);
  expect(kindsOf(manifest)).toEqual({ synthetic: false, real: true });
});

test("writeRecords() keeps the rows of every chunk, in order", async () => {
  const rows = Array.from({ length: 2500 }, (_, id) => ({ id }));
  await write("atlas-1", { ...GENES, rows });
  expect(JSON.parse(await read("records/atlas-1/genes.json"))).toEqual(rows);
  expect((await read("records/atlas-1/genes.csv")).trim().split("\n")).toHaveLength(2501);
});

test("writeRecords() lists them in the manifest, and replaces those of the same pull alone", async () => {
  await write("atlas-1", GENES);
  await write("atlas-2", { ...GENES, query: "model::Gene[id$eq1]", rows: [{ id: 1 }] });
  expect(JSON.parse(await read("records/atlas-1/genes.json"))).toEqual(GENES.rows);
  await write("atlas-1", { ...GENES, rows: [{ id: 3 }] });
  expect(JSON.parse(await read("records/atlas-1/genes.json"))).toEqual([{ id: 3 }]);
  expect(JSON.parse(await read("records/atlas-2/genes.json"))).toEqual([{ id: 1 }]);
  expect(await verifyDownloads(directory, { others: true })).toMatchObject({ ok: 6, faults: [], foreign: [] });
  const lines = (await read("manifest.ndjson")).trim().split("\n").length;
  await write("atlas-1", { ...GENES, rows: [{ id: 3 }] });
  expect((await read("manifest.ndjson")).trim().split("\n")).toHaveLength(lines);
});

test("writeRecords() overwrites nothing that is not a pull's, and says so", async () => {
  await mkdir(join(directory, "records/atlas-1"), { recursive: true });
  await writeFile(join(directory, "records/atlas-1/genes.csv"), "mine");
  const failures = await write("atlas-1", GENES);
  expect(failures.map(({ item }) => item.name)).toEqual(["records/atlas-1/genes.csv"]);
  expect(await read("records/atlas-1/genes.csv")).toBe("mine");
  expect(JSON.parse(await read("records/atlas-1/genes.json"))).toEqual(GENES.rows);
});

test("writeRecords() names a query that is too long for a URL by its model", async () => {
  const query = `model::Gene,rma::criteria,[id$in${Array.from({ length: 30_000 }, (_, id) => id)}]`;
  expect(await write("images-1", { ...GENES, query })).toEqual([]);
  const lines = (await read("manifest.ndjson")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).url)).toEqual(
    expect.arrayContaining(["json", "csv"].map((format) => `http://x/api/v2/data/Gene/query.${format}`)),
  );
});
