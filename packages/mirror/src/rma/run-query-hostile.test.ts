import { type AssociationTerm, type Filter, type ModelStage, parseRma, type Value } from "@brainatlas/sdk/rma";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import { QueryError } from "./result.ts";
import { runQuery } from "./run-query.ts";

const HOSTILE = [
  "' or '1'='1",
  "'; drop table structures; --",
  '" or 1=1 --',
  "a\\",
  "%",
  "_x",
  "?",
  "[a-z]",
  ":name @name $name ?1",
  "\u202e\u{1f9e0}é",
  "a\nb\r",
  "__proto__",
  "constructor",
];

const database = RecordDatabase.create();
afterAll(() => database.close());
writeRows(
  database,
  HOSTILE.map((name, index) => ({ model: "Structure", row: { id: index + 1, acronym: "x", name } })),
);

function stage(filters: readonly Filter[], parts: Partial<ModelStage> = {}): ModelStage {
  const criteria = filters.length === 0 ? [] : [{ kind: "filters", filters } as const];
  return { kind: "model", model: "Structure", criteria, include: [], options: {}, ...parts };
}

async function ids(given: ModelStage): Promise<unknown[]> {
  const { batches, shape } = await runQuery(database, { stages: [given] });
  const index = shape.columns.findIndex(({ name }) => name === "id");
  const found: unknown[] = [];
  for await (const batch of batches) found.push(...batch.map(({ values }) => values[index]));
  return found;
}

const textual = (value: string): Value => ({ kind: "string", value });
const byName = (operator: Filter["operator"], ...values: string[]): ModelStage =>
  stage([{ column: "name", operator, values: values.map(textual) }]);

describe("runQuery() takes what a query says as data", () => {
  test.each(HOSTILE.map((name, index) => [name, index + 1] as const))("value %j", async (name, id) => {
    expect(await ids(byName("eq", name))).toEqual([id]);
    expect(await ids(byName("in", name, "none"))).toEqual([id]);
    expect(await ids(byName("li", `${name}*`))).toEqual([id]);
    expect(await ids(byName("il", name))).toEqual([id]);
  });

  test("values that no text of a record can be are refused: the driver would change them", async () => {
    await expect(ids(byName("eq", "\ud800"))).rejects.toThrow("half a character");
    await expect(ids(byName("eq", "%\0x"))).rejects.toThrow("zero character");
    await expect(ids(byName("li", "%\0x*"))).rejects.toThrow("zero character");
  });

  const NAMES = [
    "id) or 1=1 --",
    'id" or "1"="1',
    "__proto__",
    "constructor",
    "toString",
    "structures.__proto__",
    "__proto__.id",
    "hasOwnProperty.call",
    "record_class",
    "rowid",
    "structures.rowid",
    "a0.id",
    "",
    ".",
    "id\0",
  ];
  test.each(NAMES)("name %j, of a column, an association, a model", async (name) => {
    const association: AssociationTerm = { kind: "association", name, filters: [], terms: [] };
    const given: ModelStage[] = [
      stage([{ column: name, operator: undefined, values: [] }]),
      stage([], { model: name }),
      stage([], { criteria: [association] }),
      stage([], { include: [association] }),
      stage([], { options: { order: [{ column: name, descending: false }] } }),
      stage([], { options: { only: [name] } }),
      stage([], { options: { tabular: [{ column: name, alias: undefined, distinct: false }] } }),
    ];
    for (const each of given) await expect(ids(each)).rejects.toThrow(QueryError);
    expect(await ids(stage([], { options: { except: [name] } }))).toEqual(await ids(stage([])));
  });

  test("a word that names no column is text", async () => {
    for (const text of ["__proto__", "constructor"]) {
      const filter: Filter = { column: "name", operator: "eq", values: [{ kind: "word", text }] };
      expect(await ids(stage([filter]))).toEqual([HOSTILE.indexOf(text) + 1]);
    }
  });

  test("an alias is a name in the answer alone", async () => {
    const tabular = [{ column: "id", alias: '"; drop table structures; --', distinct: false }];
    const { shape } = await runQuery(database, { stages: [stage([], { options: { tabular } })] });
    expect(shape.columns).toEqual([{ name: '"; drop table structures; --', type: "integer" }]);
  });

  test("a long list", async () => {
    const values = Array.from({ length: 10_000 }, (_, index): Value => ({ kind: "number", text: String(index + 5) }));
    expect(await ids(stage([{ column: "id", operator: "in", values }]))).toEqual(
      HOSTILE.map((_, index) => index + 1).slice(4),
    );
  });

  test("associations within each other, up to a number", async () => {
    const nest = (depth: number): string =>
      `model::Structure,rma::criteria,${"parent_structure(".repeat(depth)}parent_structure${")".repeat(depth)}`;
    expect((await runQuery(database, parseRma(nest(30)))).numRows).toBe(0);
    let deep: AssociationTerm = { kind: "association", name: "parent_structure", filters: [], terms: [] };
    for (let depth = 0; depth < 100_000; depth += 1) deep = { ...deep, terms: [deep] };
    await expect(ids(stage([], { criteria: [deep] }))).rejects.toThrow("associations in one query: at most 40");
  });

  test("any tree of associations ends in an answer or a QueryError", async () => {
    const names = fc.constantFrom("child_structures", "structure_sets", "parent_structure", "specimens");
    const filters = fc.constantFrom<Filter[]>(
      [],
      [{ column: "id", operator: "gt", values: [{ kind: "number", text: "1" }] }],
    );
    const NEXT: Readonly<Record<string, string>> = { structure_sets: "structures", specimens: "structure" };
    const chain = fc.array(fc.record({ name: names, filters, twin: fc.boolean() }), { maxLength: 24 }).map((links) =>
      links.reduceRight<AssociationTerm[]>((terms, { name, filters, twin }) => {
        const next = NEXT[name];
        const below = next === undefined ? terms : [{ kind: "association", name: next, filters: [], terms } as const];
        const one: AssociationTerm = { kind: "association", name, filters, terms: below };
        return twin ? [one, { kind: "association", name: "structure_centers", filters: [], terms: [] }] : [one];
      }, []),
    );
    const property = fc.asyncProperty(chain, chain, async (criteria, include) => {
      const found = await ids(stage([], { criteria, include })).catch((error: unknown) => error);
      if (!Array.isArray(found)) expect(found).toBeInstanceOf(QueryError);
    });
    await fc.assert(property, { seed: 20_240_229, numRuns: 200 });
  });

  test("any text, anywhere, ends in an answer or a QueryError", async () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }).map(textual),
      fc.string().map((word): Value => ({ kind: "word", text: word })),
      fc.string().map((number): Value => ({ kind: "number", text: number })),
    );
    const filter = fc.record({
      column: fc.oneof(fc.constantFrom("id", "name", "structures.depth"), fc.string()),
      operator: fc.constantFrom<Filter["operator"]>("eq", "ne", "lt", "in", "li", "il", "is", undefined),
      values: fc.array(value, { maxLength: 3 }),
    });
    const property = fc.asyncProperty(fc.array(filter, { maxLength: 3 }), async (filters) => {
      const found = await ids(stage(filters)).catch((error: unknown) => error);
      if (!Array.isArray(found)) expect(found).toBeInstanceOf(QueryError);
    });
    await fc.assert(property, { seed: 20_240_229, numRuns: 300 });
    expect(await ids(stage([]))).toHaveLength(HOSTILE.length);
  });
});
