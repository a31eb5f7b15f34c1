import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerOf, rowOf, shapeOf, textOf, watch } from "../../../../tests/support/query-answers.ts";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { formatJson, formatJsonError } from "./format-json.ts";
import type { ResultRow, RowShape } from "./result.ts";

const GENES = shapeOf(
  "Gene",
  "acronym:string chromosome_id:integer id:integer legacy:boolean score:float tags:unknown",
);

describe("formatJson()", () => {
  test("writes envelope, columns and includes to the byte", async () => {
    const organism = shapeOf("Organism", "id:integer name");
    const shape = shapeOf("Gene", "acronym failed:boolean id:integer", [
      { name: "organism", isMany: false, shape: organism },
      { name: "probes", isMany: true, shape: shapeOf("Probe", "id:integer") },
    ]);
    const probes = [rowOf("Probe", [7]), rowOf("Probe", [8])];
    const rows = [
      rowOf("NcbiGene", ["Abat", 0, 15], [rowOf("Organism", [1, "Homo sapiens"]), probes]),
      rowOf("NcbiGene", [null, null, 16], [null, []]),
    ];
    expect(await textOf(formatJson(answerOf(shape, rows, { startRow: 10, totalRows: 99 })))).toBe(
      '{"success": true, "id": 0, "start_row": 10, "num_rows": 2, "total_rows": 99, "msg": [' +
        '{"acronym":"Abat","failed":false,"id":15,"organism":{"id":1,"name":"Homo sapiens"},"probes":[{"id":7},{"id":8}]},' +
        '{"acronym":null,"failed":null,"id":16,"organism":null,"probes":[]}]}',
    );
  });

  test("writes what is included in place of a column of its name", async () => {
    const line = { name: "line", isMany: false, shape: shapeOf("TransgenicLine", "id:integer") };
    const rows = (values: ResultRow["values"]) => [rowOf("ApiConnectivity", values, [rowOf("TransgenicLine", [7])])];
    expect(
      await textOf(
        formatJson(answerOf(shapeOf("ApiConnectivity", "id:integer line zone", [line]), rows([1, "Cre", "x"]))),
      ),
    ).toContain('[{"id":1,"zone":"x","line":{"id":7}}]');
    expect(await textOf(formatJson(answerOf(shapeOf("ApiConnectivity", "line", [line]), rows(["Cre"]))))).toContain(
      '[{"line":{"id":7}}]',
    );
  });

  test("writes each type as JSON has it", async () => {
    const rows = [
      rowOf("Gene", ['a"b\\c\n\u0000\u2028é\ud800', 25, 1, 1, 0.0000001, '{"a":[1,null]}']),
      rowOf("Gene", ["", -3, 2, null, 25.0, null]),
      rowOf("Gene", ["é😀", 9007199254740991, 3, 0, Number.POSITIVE_INFINITY, "[1,2]"]),
    ];
    const { msg } = JSON.parse(await textOf(formatJson(answerOf(GENES, rows))));
    expect(msg[0]).toEqual({
      acronym: 'a"b\\c\n\u0000\u2028é\ud800',
      chromosome_id: 25,
      id: 1,
      legacy: true,
      score: 1e-7,
      tags: { a: [1, null] },
    });
    expect(msg[1]).toMatchObject({ acronym: "", legacy: null, score: 25, tags: null });
    expect(msg[2]).toMatchObject({ acronym: "é😀", chromosome_id: 9007199254740991, score: null, tags: [1, 2] });
  });

  test("writes rows with nothing but what they include, and no rows", async () => {
    const shape: RowShape = {
      ...shapeOf("Gene", "id"),
      columns: [],
      includes: [{ name: "organism", isMany: false, shape: GENES }],
    };
    expect(await textOf(formatJson(answerOf(shape, [rowOf("Gene", [], [null])])))).toContain('[{"organism":null}]');
    expect(await textOf(formatJson(answerOf(GENES, [])))).toBe(
      '{"success": true, "id": 0, "start_row": 0, "num_rows": 0, "total_rows": 0, "msg": []}',
    );
  });

  test("shows the query at the end", async () => {
    const text = await textOf(formatJson(answerOf(GENES, [], { debug: "model::Gene[acronym$eq'\"']" })));
    expect(JSON.parse(text)).toMatchObject({ msg: [], debug: "model::Gene[acronym$eq'\"']" });
  });

  test("comes in pieces of some 64 kB, and closes the rows when it is closed", async () => {
    const row = rowOf("Gene", ["a".repeat(1000), 1, 1, 1, 1, null]);
    function* endless(): Generator<readonly ResultRow[]> {
      for (;;) yield Array.from({ length: 100 }, () => row);
    }
    const { answer, seen } = watch(GENES, endless());
    const pieces = formatJson(answer);
    for (let count = 0; count < 3; count += 1) {
      const { value } = await pieces.next();
      expect(value?.length).toBeGreaterThan(60_000);
      expect(value?.length).toBeLessThan(70_000);
    }
    await pieces.return();
    expect(seen).toEqual({ taken: 2, isClosed: true });
  });
});

test("formatJson() keeps every text and number", async () => {
  const score = fc.double({ noNaN: true, noDefaultInfinity: true });
  const row = fc.tuple(fc.option(fc.string({ unit: "binary" })), fc.option(score));
  const rows = fc.sample(row, { seed: 7, numRuns: 3000 });
  const written = rows.map((values) => rowOf("Gene", values));
  const { msg } = JSON.parse(await textOf(formatJson(answerOf(shapeOf("Gene", "name score:float"), written))));
  // JSON has one zero.
  expect(msg).toEqual(rows.map(([name, value]) => ({ name, score: value === 0 ? 0 : value })));
});

test("formatJsonError() has the keys of an answer", () => {
  expect(JSON.parse(formatJsonError('Error in query: "\n'))).toEqual({
    success: false,
    id: 0,
    start_row: 0,
    num_rows: 0,
    total_rows: 0,
    msg: 'Error in query: "\n',
  });
});

describeRecorded("recorded JSON", () => {
  test("is written again to the byte", async () => {
    const recorded = await readFile(recording("real/rma/section-data-sets-page.json"), "utf8");
    const { num_rows: numRows, total_rows: totalRows, msg } = JSON.parse(recorded);
    const shape = shapeLike("SectionDataSet", msg[0]);
    const rows = msg.map((row: Record<string, unknown>) => rowLike(shape, row));
    expect(await textOf(formatJson(answerOf(shape, rows, { numRows, totalRows })))).toBe(recorded);
  });

  test("has keys in the order written here", async () => {
    const recorded = JSON.parse(
      await readFile(recording("recorded/rma_and_sync_rv_from_atldld_tests.json"), "utf8"),
    ) as { response: { msg: Record<string, unknown>[] } }[];
    for (const { response } of recorded.slice(0, 3)) {
      const shape = shapeLike("SectionImage", response.msg[0] ?? {});
      const rows = response.msg.map((row) => rowLike(shape, row));
      const { total_rows: totalRows, num_rows: numRows } = response as unknown as Record<string, number>;
      const facts = { totalRows: totalRows ?? 0, numRows: numRows ?? 0 };
      const written = JSON.parse(await textOf(formatJson(answerOf(shape, rows, facts))));
      expect(JSON.stringify(written)).toBe(JSON.stringify(response));
    }
  });
});

/** The shape of a recorded row. */
function shapeLike(model: string, row: Record<string, unknown>): RowShape {
  const entries = Object.entries(row);
  const columns = entries.filter(([, value]) => typeof value !== "object" || value === null);
  const includes = entries.filter(([, value]) => typeof value === "object" && value !== null);
  const typed = columns.map(([name, value]) => `${name}:${typeof value === "boolean" ? "boolean" : "string"}`);
  return shapeOf(
    model,
    typed.join(" "),
    includes.map(([name, value]) => {
      const isMany = Array.isArray(value);
      // A recorded include is a row or rows.
      const first = (isMany ? value[0] : value) as Record<string, unknown> | undefined;
      return { name, isMany, shape: first === undefined ? shapeOf("", "id") : shapeLike("", first) };
    }),
  );
}

function rowLike(shape: RowShape, row: Record<string, unknown>): ResultRow {
  // A recorded row holds nothing else.
  const values = shape.columns.map(({ name }) => (typeof row[name] === "boolean" ? Number(row[name]) : row[name]));
  const includes = shape.includes.map(({ name, isMany, shape: inner }) =>
    isMany
      ? (row[name] as Record<string, unknown>[]).map((each) => rowLike(inner, each))
      : rowLike(inner, row[name] as Record<string, unknown>),
  );
  return rowOf(undefined, values as ResultRow["values"], includes);
}
