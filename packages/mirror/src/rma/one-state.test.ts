import { join } from "node:path";
import { parseRma } from "@brainatlas/sdk/rma";
import { expect, test, vi } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { Reader } from "../records/reader.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import { runQuery } from "./run-query.ts";

test.each([
  ["a page", 3],
  ["many rows", 1600],
])("runQuery() includes what was held when it read the rows: %s", async (_, structures) => {
  const database = RecordDatabase.create(join(await temporaryFolder(), "records.db"));
  const name = (text: string): void => void writeRows(database, [{ model: "Ontology", row: { id: 1, name: text } }]);
  name("old");
  const rows = Array.from({ length: structures }, (__, index) => ({ id: index + 1, ontology_id: 1 }));
  writeRows(
    database,
    rows.map((row) => ({ model: "Structure", row })),
  );
  await database.catalogue();
  // Another writes before each statement but the first.
  const { all } = Reader.prototype;
  let statements = 0;
  const spy = vi.spyOn(Reader.prototype, "all").mockImplementation(function (this: Reader, statement, limits) {
    statements += 1;
    if (statements > 1 || structures > 500) name("new");
    return all.call(this, statement, limits);
  });
  const query = "model::Structure,rma::include,ontology,rma::options[num_rows$eqall]";
  const limited = structures > 500 ? query : query.replace("all", "500");
  const names = new Set<unknown>();
  for await (const batch of (await runQuery(database, parseRma(limited))).batches) {
    for (const { includes } of batch) for (const each of includes.flat()) names.add(each?.values.includes("old"));
  }
  spy.mockRestore();
  expect([statements > 0, [...names]]).toEqual([true, [true]]);
  database.close();
});
