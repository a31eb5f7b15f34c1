import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { QueryTimeError } from "./reader.ts";
import { RecordDatabase } from "./record-database.ts";
import { checkParameters } from "./statement.ts";

const LIMITS = { timeLimitMs: 10_000 };
const ENDLESS = "with recursive c(i) as (select 1 union all select i + 1 from c) select count(*) from c";

describe("RecordDatabase", () => {
  test("create() makes a table for every model, and link tables", async () => {
    const database = RecordDatabase.create();
    const sql = "select name from sqlite_master where type = 'table' order by name";
    const names = await database.read(async (reader) => (await reader.all({ sql, parameters: [] }, LIMITS)).flat());
    expect(names).toEqual(
      expect.arrayContaining(["genes", "data_sets", "structures", "links_data_sets_products", "held_columns"]),
    );
    database.close();
  });

  test("create() keeps databases in memory apart", async () => {
    const [first, second] = [RecordDatabase.create(), RecordDatabase.create()];
    first.write((writer) =>
      writer.run({ sql: "insert into products (id, record_class) values (1, 'Product')", parameters: [] }),
    );
    const count = { sql: "select count(*) from products", parameters: [] };
    expect(await first.read((reader) => reader.all(count, LIMITS))).toEqual([[1]]);
    expect(await second.read((reader) => reader.all(count, LIMITS))).toEqual([[0]]);
    first.close();
    second.close();
  });

  test("write() says that the disk is full, also where the database has rolled back itself", async () => {
    const database = RecordDatabase.create(join(await temporaryFolder(), "records.db"));
    const sql = "insert into genes (record_class, name) values ('Gene', zeroblob(1000000))";
    const fill = (): void =>
      database.write((writer) => {
        // As large as it is, it may be.
        writer.all({ sql: "pragma max_page_count = 1", parameters: [] });
        writer.run({ sql, parameters: [] });
      });
    expect(fill).toThrow(/^Cannot write to the records: the disk is full; make room, and try again$/);
    expect(fill).toThrow(/the disk is full/);
    database.close();
  });

  test("write() writes all or nothing, to a file that open() reads", async () => {
    const path = join(await temporaryFolder(), "records.db");
    const database = RecordDatabase.create(path);
    const insert = (id: number) => ({
      sql: "insert into products (id, record_class) values (?, 'Product')",
      parameters: [id],
    });
    database.write((writer) => writer.run(insert(1)));
    expect(() =>
      database.write((writer) => {
        writer.run(insert(2));
        throw new Error("stop");
      }),
    ).toThrow("stop");
    database.close();
    expect(existsSync(path)).toBe(true);
    const again = RecordDatabase.open(path);
    expect(
      await again.read((reader) => reader.all({ sql: "select id from products", parameters: [] }, LIMITS)),
    ).toEqual([[1]]);
    again.close();
  });

  test("read() gives more users than connections their turns, and ends a wait by its signal", async () => {
    const database = RecordDatabase.create();
    const release: (() => void)[] = [];
    const held = Array.from({ length: 4 }, () =>
      database.read(() => new Promise<void>((resolve) => release.push(resolve))),
    );
    const stop = new AbortController();
    const waiting = database.read(async () => "late", stop.signal);
    const patient = database.read(async () => "patient");
    stop.abort(new Error("gave up"));
    await expect(waiting).rejects.toThrow("gave up");
    await expect.poll(() => release.length).toBe(4);
    for (const each of release) each();
    await Promise.all(held);
    expect(await patient).toBe("patient");
    database.close();
  });

  test("close() ends the waiting for a connection, and what is asked later is refused", async () => {
    const database = RecordDatabase.create(join(await temporaryFolder(), "records.db"));
    const release: (() => void)[] = [];
    const held = Array.from({ length: 4 }, () =>
      database.read(() => new Promise<void>((resolve) => release.push(resolve))),
    );
    const waiting = database.read(async () => "late");
    await expect.poll(() => release.length).toBe(4);
    database.close();
    await expect(waiting).rejects.toThrow("the store is closed");
    for (const each of release) each();
    await Promise.all(held);
    await expect(database.read(async () => "later")).rejects.toThrow("the store is closed");
    await expect(database.catalogue()).rejects.toThrow("the store is closed");
    expect(() => database.lookUp({ sql: "select 1", parameters: [] })).toThrow("the store is closed");
  });

  test("close() neither fails nor waits while another process writes", async () => {
    const path = join(await temporaryFolder(), "records.db");
    const [database, other] = [RecordDatabase.create(path), RecordDatabase.create(path)];
    database.write(() => undefined);
    other.write((writer) => {
      const began = performance.now();
      database.close();
      expect(performance.now() - began).toBeLessThan(2000);
      writer.run({ sql: "insert into products (id, record_class) values (1, 'Product')", parameters: [] });
    });
    other.close();
  });

  test("read() lends a connection again, but none whose statement is still open", async () => {
    const database = RecordDatabase.create();
    const lent: unknown[] = [];
    const borrow = (rows: number) =>
      database.read(async (reader) => {
        lent.push(reader);
        const found = await reader.rows({ sql: "select 1 union all select 2", parameters: [] }, LIMITS);
        const walk = found[Symbol.iterator]();
        for (let left = rows; left > 0; left -= 1) walk.next();
      });
    for (const rows of [3, 3, 1, 3]) await borrow(rows);
    const [first, second, third, fourth] = lent;
    expect([second === first, third === first, fourth === first]).toEqual([true, true, false]);
    database.close();
  });

  test("read() cannot write", async () => {
    const database = RecordDatabase.create();
    const statement = { sql: "delete from products returning id", parameters: [] };
    await expect(database.read((reader) => reader.all(statement, LIMITS))).rejects.toThrow("readonly");
    database.close();
  });
});

describe("Reader", () => {
  test("rows() ends a statement that takes too long, and the connection goes on", async () => {
    const database = RecordDatabase.create();
    await database.read(async (reader) => {
      await expect(reader.all({ sql: ENDLESS, parameters: [] }, { timeLimitMs: 20 })).rejects.toThrow(QueryTimeError);
      expect(await reader.all({ sql: "select 1", parameters: [] }, LIMITS)).toEqual([[1]]);
    });
    database.close();
  });

  test("rows() ends with its signal's reason", async () => {
    const database = RecordDatabase.create();
    const stop = new AbortController();
    const run = database.read((reader) =>
      reader.all({ sql: ENDLESS, parameters: [] }, { ...LIMITS, signal: stop.signal }),
    );
    setTimeout(() => stop.abort(new Error("enough")), 5);
    await expect(run).rejects.toThrow("enough");
    database.close();
  });

  test("isIdle is false while rows are left", async () => {
    const database = RecordDatabase.create();
    await database.read(async (reader) => {
      const rows = await reader.rows({ sql: "select 1 union all select 2", parameters: [] }, LIMITS);
      expect(reader.isIdle).toBe(false);
      for (const row of rows) expect(row).toHaveLength(1);
      expect(reader.isIdle).toBe(true);
    });
    database.close();
  });
});

test("checkParameters() refuses what would end the process", () => {
  expect(() => checkParameters([true])).toThrow("Cannot bind a value of type boolean");
  expect(checkParameters([null, 1, "a"])).toEqual([null, 1, "a"]);
});
