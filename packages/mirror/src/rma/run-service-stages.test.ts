import { parseRma } from "@brainatlas/sdk/rma";
import { afterAll, describe, expect, test } from "vitest";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import { QueryError, UnsupportedStageError } from "./result.ts";
import { runQuery } from "./run-query.ts";
import type { RunService, ServiceRow } from "./service-answer.ts";

const database = RecordDatabase.create();
afterAll(() => database.close());
writeRows(
  database,
  [1, 2, 3].map((id) => ({ model: "Gene", row: { id, acronym: `G${id}` } })),
);

const ROWS: readonly ServiceRow[] = [
  { id: 3, "gene-symbol": "G3", probes: [{ id: 1, expression_level: ["7.1"] }, { id: 2 }], ok: true },
  { id: 1, "gene-symbol": "it's", probes: [], ok: false },
];

/** Runs a query; services give the rows above, or what is given. */
async function run(query: string, runService: RunService = async () => found(ROWS)) {
  const answer = await runQuery(database, parseRma(query), {}, { runService });
  if ("serviceRows" in answer) return answer.serviceRows;
  const ids: unknown[] = [];
  const index = answer.shape.columns.findIndex(({ name }) => name === "id");
  for await (const rows of answer.batches) ids.push(...rows.map(({ values }) => values[index]));
  return ids;
}

const found = (serviceRows: readonly ServiceRow[]) => ({ startRow: 0, totalRows: serviceRows.length, serviceRows });

describe("runQuery() of services", () => {
  test("gives a service's rows where it stands last", async () => {
    expect(await run("service::any[a$eq1]")).toEqual(ROWS);
  });

  test.each([
    ["id", [1, 3]],
    ["gene-symbol", [3], "acronym"],
    ["gene_symbol", [3], "acronym"],
    ["probes/probe/id", [1, 2]],
    ["probes/id", [1, 2]],
  ])("binds %s of its rows", async (path, expected, column = "id") => {
    const query = `service::any,pipe::list[x$is'${path}'],model::Gene,rma::criteria,[${column}$in$x]`;
    expect(await run(query)).toEqual(expected);
  });

  test("finds nothing by a service that found nothing", async () => {
    expect(await run("service::any,pipe::list[x$is'id'],model::Gene[id$in$x]", async () => found([]))).toEqual([]);
  });

  test("gives a service what pipes before it bound, whatever it holds", async () => {
    const given: unknown[] = [];
    const runService: RunService = async ({ filters }) => {
      given.push(filters.map(({ values }) => values));
      return found(ROWS);
    };
    const query = "service::one,pipe::list[x$is'id'][name$is'gene-symbol'],service::two[row$in$x][names$in$name,'a']";
    await run(query, runService);
    expect(given).toEqual([
      [],
      [
        [
          { kind: "number", text: "3" },
          { kind: "number", text: "1" },
        ],
        [
          { kind: "string", value: "G3" },
          { kind: "string", value: "it's" },
          { kind: "string", value: "a" },
        ],
      ],
    ]);
    await run("model::Gene,pipe::list[x$is'id'],service::two[row$in$x]", runService);
    expect(given.at(-1)).toEqual([[1, 2, 3].map((id) => ({ kind: "number", text: String(id) }))]);
  });

  test.each([
    ["service::any,pipe::list[x$is'ids'],model::Gene[id$in$x]", 'Cannot find "ids" in the rows before the pipe'],
    ["service::any,pipe::list[x$is'constructor/name'],model::Gene[id$in$x]", "Cannot find"],
    ["service::any,pipe::table[x$is'id'],model::Gene", 'Cannot run pipe "table"'],
    ["service::any,pipe::list[x$gt'id'],model::Gene", "give it a path"],
    ["service::any[row$in$none]", "service::any[row$in$none], Cannot find variable"],
    [`service::any${"[a$eq1]".repeat(201)}`, "Cannot take 201 parameters"],
    [`service::any[a$in${"1,".repeat(20_000)}1]`, "Cannot take 20001 values"],
    ["service::any,pipe::list[x$is'id']", "put a model's or a service's stage after it"],
  ])("%.60s is refused", async (query, message) => {
    await expect(run(query)).rejects.toThrow(message);
    await expect(run(query)).rejects.toThrow(QueryError);
  });

  test("repeats the stage that failed, not at length", async () => {
    const runService: RunService = async () => {
      throw new QueryError("Cannot use a 1");
    };
    await expect(run("service::any[a$eq1]", runService)).rejects.toThrow(/^service::any\[a\$eq1\], Cannot use a 1$/);
    const long = `service::any[a$eq'${"x".repeat(5000)}']`;
    await expect(run(long, runService)).rejects.toThrow(/^service::any\[a\$eq'x{100,300}…, Cannot use a 1$/);
  });

  test("passes on what is not mirrored, and without a runner is that", async () => {
    const unsupported = new UnsupportedStageError("This mirror holds none");
    const fail: RunService = async () => {
      throw unsupported;
    };
    await expect(run("service::any", fail)).rejects.toBe(unsupported);
    await expect(runQuery(database, parseRma("service::any"))).rejects.toThrow(UnsupportedStageError);
  });

  test("binds at most so many values", async () => {
    const many = Array.from({ length: 20_001 }, (_, id) => ({ id }));
    const query = "service::any,pipe::list[x$is'id'],model::Gene[id$in$x]";
    await expect(run(query, async () => found(many))).rejects.toThrow('Cannot bind "x" to more than 20000 values');
  });
});
