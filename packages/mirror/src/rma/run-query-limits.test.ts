import { parseRma } from "@brainatlas/sdk/rma";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import type { QueryLimits } from "./result.ts";
import { runQuery } from "./run-query.ts";

const ROWS = 1603; // Several batches, the last not full.
const database = RecordDatabase.create();
afterAll(() => database.close());
afterEach(() => void vi.useRealTimers());
writeRows(
  database,
  Array.from({ length: ROWS }, (_, index) => ({
    model: "StructureUnionize",
    row: {
      id: index * 2 + 1,
      structure_id: (index % 40) + 1,
      section_data_set_id: 1,
      expression_energy: (index * 7) % 100,
    },
  })),
);
writeRows(
  database,
  Array.from({ length: 40 }, (_, index) => ({
    model: "Structure",
    row: { id: index + 1, name: "a".repeat(2000), acronym: `S${index % 4}` },
  })),
);

writeRows(database, [{ model: "SectionDataSet", row: { id: 1 } }]);

const MANY = "model::StructureUnionize,rma::options[num_rows$eqall]";

async function ids(query: string, limits?: Partial<QueryLimits>): Promise<unknown[]> {
  const { batches, shape, numRows } = await runQuery(database, parseRma(query), limits);
  const index = shape.columns.findIndex(({ name }) => name === "id");
  const found: unknown[] = [];
  for await (const batch of batches) {
    expect(batch.length).toBeLessThanOrEqual(500);
    found.push(...batch.map(({ values }) => values[index]));
  }
  expect(found).toHaveLength(numRows);
  return found;
}

/** Fails while an answer keeps a connection: the pool lends four. */
async function expectAllFree(): Promise<void> {
  const release: (() => void)[] = [];
  const held = Array.from({ length: 4 }, () =>
    database.read(() => new Promise<void>((resolve) => release.push(resolve))),
  );
  await expect.poll(() => release.length).toBe(4);
  for (const each of release) each();
  await Promise.all(held);
}

describe("runQuery() gives large answers in batches", () => {
  const all = Array.from({ length: ROWS }, (_, index) => index * 2 + 1);
  test.each([
    ["by ids", "", all],
    ["from a row on", "[start_row$eq600]", all.slice(600)],
    ["with no count", "[count$eqfalse]", all],
    ["in another order", "[order$eq'id$desc']", all.toReversed()],
  ])("%s", async (_, options, expected) => {
    expect(await ids(MANY + options)).toEqual(expected);
    await expectAllFree();
  });

  test("with filters, includes, and as flat rows", async () => {
    const filtered = all.filter((_, index) => (index * 7) % 100 >= 20);
    expect(await ids(MANY.replace(",", ",rma::criteria,[expression_energy$ge20],rma::include,structure,"))).toEqual(
      filtered,
    );
    expect(await ids(MANY.replace(",", ",rma::criteria,[section_data_set_id$eq1],"))).toEqual(all);
    expect(await ids(`${MANY}[tabular$eq'id,structures.acronym']`.replace(",", ",rma::criteria,structure,"))).toEqual(
      all,
    );
    await expectAllFree();
  });

  test("until a number of rows", async () => {
    expect(await ids("model::StructureUnionize,rma::options[num_rows$eq777]")).toEqual(all.slice(0, 777));
  });

  test("as they were when the answer began", async () => {
    const path = (await import("../../../../tests/support/temporary.ts")).temporaryFolder();
    const file = RecordDatabase.create(`${await path}/records.db`);
    const row = (id: number) => ({ model: "Structure", row: { id, name: "before", hemisphere_id: 1 } });
    writeRows(
      file,
      Array.from({ length: 1200 }, (_, index) => row(index + 1)),
    );
    writeRows(file, [{ model: "Hemisphere", row: { id: 1, name: "before" } }]);
    const query = "model::Structure,rma::include,hemisphere,rma::options[num_rows$eqall]";
    const { batches, numRows, totalRows } = await runQuery(file, parseRma(query));
    const texts = new Set<unknown>();
    let rows = 0;
    for await (const batch of batches) {
      rows += batch.length;
      for (const { values, includes } of batch) texts.add(JSON.stringify([values, includes]).includes("after"));
      writeRows(file, [{ model: "Hemisphere", row: { id: 1, name: "after" } }, row(1200 + rows)]);
      writeRows(
        file,
        Array.from({ length: 1200 }, (_, index) => ({ model: "Structure", row: { id: index + 1, name: "after" } })),
      );
    }
    expect([rows, numRows, totalRows, [...texts]]).toEqual([1200, 1200, 1200, [false]]);
    file.close();
  });
});

describe("runQuery() gives connections back", () => {
  test("when the taker leaves, or never begins", async () => {
    const first = await runQuery(database, parseRma(MANY));
    for await (const batch of first.batches) {
      expect(batch).toHaveLength(500);
      break;
    }
    const second = await runQuery(database, parseRma(`${MANY}[order$eq'expression_energy']`));
    await second.batches[Symbol.asyncIterator]().return?.();
    await runQuery(database, parseRma("model::StructureUnionize"));
    await expectAllFree();
  });

  test("when the next batch is not taken in time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const answers = await Promise.all([1, 2, 3].map(() => runQuery(database, parseRma(MANY))));
    await answers[0]?.batches[Symbol.asyncIterator]().next();
    vi.advanceTimersByTime(60_001);
    vi.useRealTimers();
    for (const { batches } of answers) {
      await expect(batches[Symbol.asyncIterator]().next()).rejects.toThrow("the next rows were not taken for 60 s");
    }
    await expectAllFree();
  });

  test("when the signal says so", async () => {
    const stop = new AbortController();
    const { batches } = await runQuery(database, parseRma(MANY), {}, { signal: stop.signal });
    const taker = batches[Symbol.asyncIterator]();
    await taker.next();
    stop.abort(new Error("enough"));
    await expect(taker.next()).rejects.toThrow("enough");
    await expect(runQuery(database, parseRma(MANY), {}, { signal: stop.signal })).rejects.toThrow("enough");
    await expectAllFree();
  });

  test("when it fails", async () => {
    await expect(ids(MANY, { maxRows: 1000 })).rejects.toThrow("Cannot give more than 1000 rows in one answer");
    await expect(ids("model::Structure,rma::include,specimens,structure_sets[idd$eq1]")).rejects.toThrow("near it");
    for (const pipe of ["pipe::list[x$is'nope']", "pipe::list[x$lt'id']", "pipe::tree[x$is'id']"]) {
      await expect(ids(`${MANY},${pipe},model::Structure`)).rejects.toThrow(/^Cannot (?:find|bind|run)/);
    }
    await expectAllFree();
  });
});

describe("runQuery() keeps within its limits", () => {
  test.each<[string, Partial<QueryLimits>, string]>([
    [
      "model::StructureUnionize[id$in1,2,3]",
      { maxListValues: 2 },
      'Cannot take 3 values of "id" in one query: at most 2',
    ],
    ["model::StructureUnionize[id$eq1][id$eq1]", { maxFilters: 1 }, "Cannot take 2 filters"],
    [
      "model::StructureUnionize,rma::include,structure(specimens)",
      { maxAssociations: 1 },
      "Cannot take 2 associations",
    ],
    [
      "model::StructureUnionize,rma::include,structure",
      { maxIncludedRows: 39 },
      "Cannot include more than 39 rows at once, as structure would",
    ],
    [
      "model::StructureUnionize,pipe::list[x$is'id'],model::Structure[id$in$x]",
      { maxListValues: 49 },
      'Cannot bind "x" to more than 49 values',
    ],
    [MANY, { maxRows: ROWS - 1 }, "ask for them in pages"],
    [
      `model::Structure,rma::criteria,${"structure_sets(structures(".repeat(16).slice(0, -1)}[id$eq1]${")".repeat(31)}`,
      {},
      "Cannot join 65 tables",
    ],
    [
      `model::Structure,rma::options[tabular$eq'${Array(400).fill("*").join()}']`,
      {},
      "Cannot take 1200 columns of flat rows",
    ],
    [`model::Structure[name$li'${"*a".repeat(501)}']`, {}, "a pattern of 1002 characters: at most 1000"],
  ])("%s", async (query, limits, message) => {
    await expect(ids(query, limits)).rejects.toThrow(message);
    await expect(ids(query, limits)).rejects.toMatchObject({ name: "QueryError" });
  });

  test("as they are at most", async () => {
    expect(await ids(MANY, { maxRows: ROWS })).toHaveLength(ROWS);
    expect(await ids("model::StructureUnionize,rma::include,structure", { maxIncludedRows: 40 })).toHaveLength(50);
  });

  test("ends what takes too long, and goes on", async () => {
    // Flat rows of each with each with each: some billions to count.
    const again = (below: string) => `section_data_set(structure_unionizes(${below}))`;
    const query = `model::StructureUnionize,rma::criteria,${again(again("structure"))},rma::options[tabular$eq'structures.id']`;
    await expect(ids(query, { timeLimitMs: 50 })).rejects.toThrow("Cannot finish: the query took longer than 50 ms");
    expect(await ids("model::Structure[id$eq1]")).toEqual([1]);
    await expectAllFree();
  });

  test.each([
    { timeLimitMs: Number.POSITIVE_INFINITY },
    { stallLimitMs: 2 ** 31 },
    { maxRows: Number.NaN },
    { maxRows: Number.POSITIVE_INFINITY },
    { maxFilters: 0.5 },
    { maxListValues: -1 },
  ])("refuses %o as a limit", async (limits) => {
    await expect(ids(MANY, limits)).rejects.toThrow(RangeError);
  });

  test("has the defaults for what is not given", async () => {
    const none = { maxRows: undefined, timeLimitMs: undefined } as object; // As programs without types have it.
    expect(await ids(MANY, none)).toHaveLength(ROWS);
  });

  test("spends little on a name of many stars", async () => {
    const stars = "*".repeat(400_000);
    const began = performance.now();
    const below = "structure,section_data_set(specimen,probes,genes,products,treatments)";
    expect(await ids(`model::StructureUnionize,rma::include,${below},rma::options[only$eq'${stars}']`)).toHaveLength(
      50,
    );
    expect(await ids(`model::StructureUnionize,rma::options[tabular$eq'${stars}'][num_rows$eq1]`)).toEqual([1]);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test("spends little on a pattern that nearly matches everywhere", async () => {
    const began = performance.now();
    expect(await ids(`model::Structure[name$li'${"*a".repeat(400)}*b*']`)).toEqual([]);
    expect(await ids(`model::Structure[name$il'${"*A".repeat(400)}*b*']`)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
