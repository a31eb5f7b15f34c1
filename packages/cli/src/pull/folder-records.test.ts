import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { writeRecords } from "./folder-records.ts";

test("writeRecords() writes each list as JSON and as CSV with all columns, those of later rows too", async () => {
  const folder = await temporaryFolder();
  const rows = [
    { id: 1, name: 'a "b", c' },
    { id: 2, name: null, genes: [{ id: 7 }] },
  ];
  const few = { query: "model::Gene", model: "Gene", rows, name: "records/genes" };
  await writeRecords(folder, [few, { ...few, rows: [], name: "records/none" }]);
  expect(await readdir(join(folder, "records"))).toEqual(["genes.csv", "genes.json", "none.csv", "none.json"]);
  expect(JSON.parse(await readFile(join(folder, "records/genes.json"), "utf8"))).toEqual(rows);
  expect(await readFile(join(folder, "records/genes.csv"), "utf8")).toBe(
    'id,name,genes\n1,"a ""b"", c",\n2,,"[{""id"":7}]"\n',
  );
  expect(JSON.parse(await readFile(join(folder, "records/none.json"), "utf8"))).toEqual([]);
});

test("writeRecords() keeps the rows of every chunk, in order", async () => {
  const folder = await temporaryFolder();
  const rows = Array.from({ length: 2500 }, (_, id) => ({ id }));
  await writeRecords(folder, [{ query: "model::Gene", model: "Gene", rows, name: "records/genes" }]);
  expect(JSON.parse(await readFile(join(folder, "records/genes.json"), "utf8"))).toEqual(rows);
  expect((await readFile(join(folder, "records/genes.csv"), "utf8")).trim().split("\n")).toHaveLength(2501);
});
