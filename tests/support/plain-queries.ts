import type { Filter, ModelStage, Operator, OrderKey, Term, Value } from "@brainatlas/sdk/rma";
import fc from "fast-check";
import { mergeTree } from "./plain-places.ts";
import { DATES, type Kind, MODELS, TEXTS } from "./plain-worlds.ts";

// Random queries that mean something in those databases.

const values: Readonly<Record<Kind, fc.Arbitrary<Value>>> = {
  number: fc.constantFrom("0", "1", "2", "3", "0.5").chain((each) => spelt(each, "number")),
  boolean: fc.constantFrom("true", "false", "t", "f").chain((each) => spelt(each, "word")),
  text: fc.oneof(
    fc.constantFrom(...TEXTS).map((value): Value => ({ kind: "string", value })),
    fc.constantFrom("a", "name", "acronym").map((word): Value => ({ kind: "word", text: word })),
  ),
  date: fc.constantFrom(...DATES, "2009-05-02").map((value): Value => ({ kind: "string", value })),
};
function spelt(value: string, kind: "number" | "word"): fc.Arbitrary<Value> {
  return fc.constantFrom<Value>({ kind: "string", value }, { kind, text: value });
}
const OPERATORS: Readonly<Record<Kind, readonly Operator[]>> = {
  number: ["eq", "ne", "lt", "gt", "le", "ge", "in"],
  boolean: ["eq", "ne", "in"],
  text: ["eq", "ne", "lt", "gt", "le", "ge", "in", "li", "il"],
  date: ["eq", "ne", "lt", "gt", "le", "ge", "in"],
};
const nil = fc.constantFrom<Value>({ kind: "word", text: "null" }, { kind: "string", value: "nil" });

function filterOn(column: string, kind: Kind): fc.Arbitrary<Filter> {
  const plain = fc
    .constantFrom(...OPERATORS[kind])
    .chain((operator) =>
      fc
        .array(values[kind], { minLength: 1, maxLength: operator === "in" ? 3 : 1 })
        .map((list): Filter => ({ column, operator, values: list })),
    );
  const test = fc.tuple(fc.constantFrom<Operator>("eq", "ne"), nil);
  return fc.oneof(
    { weight: 8, arbitrary: plain },
    { weight: 1, arbitrary: fc.constant<Filter>({ column, operator: undefined, values: [] }) },
    { weight: 1, arbitrary: test.map(([operator, value]): Filter => ({ column, operator, values: [value] })) },
  );
}

const filtersOf = (name: string, max = 2): fc.Arbitrary<Filter[]> =>
  fc.array(
    fc.constantFrom(...Object.entries(MODELS[name]?.columns ?? {})).chain(([column, kind]) => filterOn(column, kind)),
    { maxLength: max },
  );

function termsOf(name: string, depth: number): fc.Arbitrary<Term[]> {
  const associations = Object.entries(MODELS[name]?.associations ?? {});
  if (associations.length === 0 || depth === 0) return fc.constant([]);
  return fc.array(
    fc
      .constantFrom(...associations)
      .chain(([association, { model }]) =>
        fc
          .record({ filters: filtersOf(model, 1), terms: termsOf(model, depth - 1) })
          .map((parts): Term => ({ kind: "association", name: association, ...parts })),
      ),
    { maxLength: 2 },
  );
}

export const stageArbitrary: fc.Arbitrary<ModelStage> = fc
  .constantFrom("SectionDataSet", "SectionDataSet", "Gene", "SectionImage")
  .chain((model) =>
    fc.record({
      model: fc.constant(model),
      own: filtersOf(model, 1),
      criteria: termsOf(model, 2),
      include: termsOf(model, 2),
    }),
  )
  .chain((parts) => {
    const tree = mergeTree({ ...parts, kind: "model", options: {} });
    const columns = tree.flatMap(({ model }) =>
      Object.entries(model.columns).map(([column, kind]) => [`${model.table}.${column}`, kind] as const),
    );
    const qualified = fc.constantFrom(...columns);
    const pairs = columns.flatMap(([left, kind]) =>
      columns.filter((each) => each[1] === kind).map(([right]) => [left, right] as const),
    );
    const across = fc
      .constantFrom(...pairs)
      .chain(([left, right]) =>
        fc
          .constantFrom<Operator>("eq", "ne", "le")
          .map((operator): Filter => ({ column: left, operator, values: [{ kind: "word", text: right }] })),
      );
    const order = qualified.chain(([column]) => fc.boolean().map((descending): OrderKey => ({ column, descending })));
    return fc.record({
      parts: fc.constant(parts),
      filters: fc.array(
        qualified.chain(([column, kind]) => filterOn(column, kind)),
        { maxLength: 1 },
      ),
      across: fc.array(across, { maxLength: 1, size: "xsmall" }),
      order: fc.option(fc.array(order, { minLength: 1, maxLength: 2 }), { nil: undefined }),
      tabular: fc.option(
        fc.array(
          fc.record({
            column: qualified.map(([column]) => column),
            alias: fc.constant(undefined),
            distinct: fc.boolean(),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        { nil: undefined, freq: 1 },
      ),
      numRows: fc.constantFrom<(number | "all" | undefined)[]>(undefined, "all", 0, 1, 3),
      startRow: fc.constantFrom(undefined, 0, 1, 4),
    });
  })
  .map(({ parts, filters, across, ...options }): ModelStage => {
    const own = [...parts.own, ...filters, ...across];
    const criteria: Term[] = [
      ...(own.length === 0 ? [] : [{ kind: "filters", filters: own } as const]),
      ...parts.criteria,
    ];
    return { kind: "model", model: parts.model, criteria, include: parts.include, options };
  });
