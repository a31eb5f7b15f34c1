import { join } from "node:path";
import Connection from "libsql";
import { describe, expect, test } from "vitest";
import { newStore } from "../../../../tests/support/filled-store.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { countRows } from "../records/count-rows.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import { mergeRecords } from "./merge-records.ts";

describe("mergeRecords()", () => {
  async function otherDatabase(sql: readonly string[]): Promise<string> {
    const path = join(await temporaryFolder(), "records.db");
    const database = RecordDatabase.create(path);
    writeRows(database, [{ model: "Gene", row: { id: 1, acronym: "Abat", brand_new: { deep: [1] } } }]);
    database.close();
    const connection = new Connection(path);
    for (const each of sql) connection.exec(each);
    connection.close();
    return path;
  }

  test("keeps columns that the schema lacks", async () => {
    const database = await (await newStore()).records();
    const told: unknown[] = [];
    await mergeRecords(database, await otherDatabase([]), { onRows: (...counts) => told.push(counts) });
    expect(told).toEqual([["Gene", 1]]);
    const rows = await database.read((reader) =>
      reader.all({ sql: "select acronym, brand_new from genes", parameters: [] }, { timeLimitMs: 9000 }),
    );
    expect(rows).toEqual([["Abat", '{"deep":[1]}']]);
  });

  test.each([
    ["create view evil as select 1", /hold "evil", which no store has/],
    ["create trigger evil after insert on genes begin select 1; end", /hold "evil"/],
    ["create virtual table evil using fts5(x)", /which no store has/],
    ["insert into held_columns values ('evil', 'x', 'string')", /name a table "evil"/],
    ["insert into held_columns values ('genes', 'no such', 'string')", /no such/],
    ["update genes set record_class = 'Structure'", /a row of "Structure" in genes/],
    ["drop table genes", /genes/],
  ])("refuses a database after %s", async (sql, words) => {
    const database = await (await newStore()).records();
    await expect(mergeRecords(database, await otherDatabase([sql]))).rejects.toThrow(words);
    expect(await countRows(database)).not.toHaveProperty("Gene");
  });
});
