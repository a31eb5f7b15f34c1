import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { type Filter, OPERATORS, type Options, type Query, type Term, type Value } from "./ast.ts";
import { isWord } from "./lexis.ts";
import { parseClauses, parseRma } from "./parse.ts";
import { parseRmaRequest } from "./parse-request.ts";
import { printRma } from "./print.ts";
import { RmaSyntaxError } from "./rma-syntax-error.ts";

const name = fc.stringMatching(/^[A-Za-z_]\w{0,12}$/);
const column = fc.oneof(
  name,
  fc.tuple(name, name).map(([table, each]) => `${table}.${each}`),
  fc.constantFrom("*", "a.*"),
);
const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom("12345678901234567890", ".5", "-0"),
);
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: "binary" }).map((text): Value => ({ kind: "string", value: text.replaceAll("'", "") })),
  number.map((text): Value => ({ kind: "number", text })),
  name.map((each): Value => ({ kind: "variable", name: each })),
  fc
    .oneof(fc.constantFrom("true", "nil", "*Reference*", "P56", "genes.id"), fc.string())
    .filter(isWord)
    .map((text): Value => ({ kind: "word", text })),
);
const filter: fc.Arbitrary<Filter> = fc.oneof(
  column.map((each): Filter => ({ column: each, operator: undefined, values: [] })),
  fc.record({
    column,
    operator: fc.constantFrom(...OPERATORS),
    values: fc.array(value, { minLength: 1, maxLength: 4 }),
  }),
);
const filters = fc.array(filter, { maxLength: 3 });
const { term } = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.array(filter, { minLength: 1, maxLength: 3 }).map((each): Term => ({ kind: "filters", filters: each })),
    fc.record({
      kind: fc.constant("association" as const),
      name,
      filters,
      terms: fc.array(tie("term"), { maxLength: 3 }),
    }),
  ),
}));
const count = fc.nat(100_000);
const optional = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(each, { nil: undefined });
const list = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(each, { minLength: 1, maxLength: 4 });
const options: fc.Arbitrary<Options> = fc
  .record({
    only: optional(list(column)),
    except: optional(list(column)),
    tabular: optional(list(fc.record({ column, alias: optional(name), distinct: fc.boolean() }))),
    order: optional(list(fc.record({ column, descending: fc.boolean() }))),
    numRows: optional(fc.oneof(count, fc.constant("all" as const))),
    startRow: optional(count),
    count: optional(fc.boolean()),
    debug: optional(fc.oneof(fc.boolean(), fc.constant("preview" as const))),
  })
  .map((each) => Object.fromEntries(Object.entries(each).filter(([, given]) => given !== undefined)));
/** Neighbouring lists of filters are told apart by their comma, so they stay as they are. */
const terms = fc.array(term, { maxLength: 4 });
const query: fc.Arbitrary<Query> = fc
  .array(
    fc.oneof(
      fc.record({ kind: fc.constant("model" as const), model: name, criteria: terms, include: terms, options }),
      fc.record({ kind: fc.constant("service" as const), service: name, filters }),
      fc.record({ kind: fc.constant("pipe" as const), pipe: name, filters }),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((stages) => ({ stages }));

test("parseRma() of what printRma() prints is the same tree", () => {
  checkProperty(
    fc.property(query, (each) => {
      expect(parseRma(printRma(each))).toEqual(each);
    }),
  );
});

test("printRma() of a parsed text parses to the same tree, whatever the spelling", () => {
  checkProperty(
    fc.property(query, fc.infiniteStream(fc.boolean()), (each, coins) => {
      // Blanks where the grammar allows them.
      const spaced = printRma(each).replaceAll(/('[^']*')|([[\](),])/g, (found, quoted) =>
        quoted === undefined && coins.next().value ? ` ${found} ` : found,
      );
      expect(parseRma(spaced)).toEqual(each);
    }),
  );
});

describe("parseRma() reads the spellings seen in the wild", () => {
  test.each([
    ["filters after the model", "model::Gene[id$eq15]", "model::Gene,rma::criteria,[id$eq15]"],
    ["no comma after the clause", "model::Gene,rma::criteria[id$in1,2]", "model::Gene,rma::criteria,[id$in1,2]"],
    [
      "no comma between terms",
      "model::A,rma::criteria,[a$eq1]b[c$eq2]d(e)",
      "model::A,rma::criteria,[a$eq1],b[c$eq2],d(e)",
    ],
    [
      "a clause straight after filters",
      "model::A[a$eq1]rma::include,b",
      "model::A,rma::criteria,[a$eq1],rma::include,b",
    ],
    ["blanks", "model::A , rma::criteria , [ a $eq 1 ]", "model::A,rma::criteria,[a$eq1]"],
    ["an axis by its name", "model::A,rma::criteria,attribute::b[c$eq1]", "model::A,rma::criteria,b[c$eq1]"],
    [
      "quotes or none",
      "model::A[a$eqMouse Brain Atlas][b$eqt]",
      "model::A,rma::criteria,[a$eq'Mouse Brain Atlas'][b$eqt]",
    ],
    [
      "options without quotes",
      "model::A,rma::options[order$eqstructures.graph_order][num_rows$eqall]",
      "model::A,rma::options[order$eq'structures.graph_order'][num_rows$eq'all']",
    ],
    [
      "other directions",
      "model::A,rma::options[order$eq'a.b$asc,c$desc,d+desc']",
      "model::A,rma::options[order$eq'a.b,c$desc,d$desc']",
    ],
    [
      "aliases with plus signs",
      "model::A,rma::options[tabular$eq'b,distinct+c.d+as+e']",
      "model::A,rma::options[tabular$eq'b,distinct c.d as e']",
    ],
    [
      "booleans",
      "model::A,rma::options[count$eq'f'][debug$eqtrue]",
      "model::A,rma::options[count$eqfalse][debug$eqtrue]",
    ],
    ["a short name", "model::A,rma::options[excpt$eq'a']", "model::A,rma::options[except$eq'a']"],
    [
      "escapes of a URL",
      "model::A,rma::criteria,%5Bname$eq%27P56+Coronal%27%5D",
      "model::A,rma::criteria,[name$eq'P56 Coronal']",
    ],
    ["several groups below", "model::A,rma::criteria,b(c)(d)", "model::A,rma::criteria,b(c,d)"],
    ["null tests", "model::A[a][b$nenull][c$ne'']", "model::A,rma::criteria,[a][b$nenull][c$ne'']"],
    ["attributes as values", "model::A[a$eqbs.c]", "model::A,rma::criteria,[a$eqbs.c]"],
  ])("%s", (_, text, canonical) => {
    expect(printRma(parseRma(text))).toBe(canonical);
    expect(parseRma(canonical)).toEqual(parseRma(text));
  });
});

describe("parseRma() says where and what", () => {
  test.each([
    ["", 0, "model::"],
    ["model::", 7, "a name"],
    ["model::Gene,", 12, "model::"],
    ["model::Gene,rma::criteria,[id$eq", 32, "a value"],
    ["model::Gene,rma::criteria,[id$xx1]", 29, "an operator"],
    ["model::Gene,rma::criteria,[name$eq'Bob's']", 39, "]"],
    ["model::Gene,rma::criteria,[name$eq'Bob]", 34, "a quote"],
    ["model::Gene,rma::criteria,a(b", 29, ")"],
    ["model::Gene,rma::options[rows$eq1]", 25, "num_rows"],
    ["model::Gene,rma::options[num_rows$eq-1]", 36, "a whole number"],
    ["model::Gene,rma::order,a", 22, "criteria"],
    [`model::Gene,rma::criteria,${"a(".repeat(5000)}`, 90, "at most 32"],
  ])("%j", (text, offset, expected) => {
    const error = (() => {
      try {
        return parseRma(text);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(RmaSyntaxError);
    expect(error).toBeInstanceOf(SyntaxError);
    expect((error as RmaSyntaxError).expected).toContain(expected);
    expect((error as RmaSyntaxError).offset).toBe(offset);
  });

  test("with a caret below the place", () => {
    expect(() => parseRma("model::Gene,rma::criteria,[id$xx1]")).toThrow(
      'Cannot read the query at offset 29: there is "$", expected "]" or an operator: $eq $ne $lt $gt $le $ge $li $il $in $is\nmodel::Gene,rma::criteria,[id$xx1]\n                             ^',
    );
  });
});

describe("printRma() refuses what the grammar cannot carry", () => {
  const withFilter = (filter: Filter): Query => ({
    stages: [
      { kind: "model", model: "Gene", criteria: [{ kind: "filters", filters: [filter] }], include: [], options: {} },
    ],
  });
  const values = (each: Value): Query => withFilter({ column: "name", operator: "eq", values: [each] });
  test.each([
    ["a quote in a text", values({ kind: "string", value: "Bob's" }), "no way to write a single quote"],
    ["a word that needs quotes", values({ kind: "word", text: "a b" }), "as a string"],
    ["a number that is none", values({ kind: "number", text: "1,2" }), "as a string"],
    ["a column that is none", withFilter({ column: "a]b", operator: undefined, values: [] }), "table.column"],
    ["an operator without a value", withFilter({ column: "a", operator: "eq", values: [] }), "at least one value"],
    ["no stages", { stages: [] }, "at least one"],
    ["a bad name", { stages: [{ kind: "service", service: "a::b", filters: [] }] }, "letters, digits"],
  ] satisfies [string, Query, string][])("%s", (_, tree, words) => {
    expect(() => printRma(tree)).toThrow(RangeError);
    expect(() => printRma(tree)).toThrow(words);
  });
});

describe("parseRmaRequest()", () => {
  const read = (query: string, target?: { model: string; id?: number }): string =>
    printRma(parseRmaRequest(new URLSearchParams(query), target));

  test.each([
    ["criteria=model::Gene,rma::criteria,[id$eq1]", undefined, "model::Gene,rma::criteria,[id$eq1]"],
    [
      "q=model::Gene,rma::criteria,[id$eq1]&num_rows=all",
      undefined,
      "model::Gene,rma::criteria,[id$eq1],rma::options[num_rows$eq'all']",
    ],
    [
      "criteria=[acronym$il'abat']&include=organism",
      { model: "Gene" },
      "model::Gene,rma::criteria,[acronym$il'abat'],rma::include,organism",
    ],
    ["include=organism", { model: "Gene", id: 15 }, "model::Gene,rma::criteria,[id$eq15],rma::include,organism"],
    ["", { model: "Structure" }, "model::Structure"],
    ["include=model::Gene[id$eq15]", undefined, "model::Gene,rma::criteria,[id$eq15]"],
    [
      "criteria=[failed$eqfalse]&include=genes[id$eq1],specimen(donor(age[name$in'P4','P14'])),rma::options[order$eq'ages.embryonic$desc,ages.days']",
      { model: "SectionDataSet" },
      "model::SectionDataSet,rma::criteria,[failed$eqfalse],rma::include,genes[id$eq1],specimen(donor(age[name$in'P4','P14'])),rma::options[order$eq'ages.embryonic$desc,ages.days']",
    ],
    [
      "criteria=[id$eq1]&order='name+asc'&start_row=5&startRow=9&only=id,name&wrap=true",
      { model: "Gene" },
      "model::Gene,rma::criteria,[id$eq1],rma::options[only$eq'id,name'][order$eq'name'][start_row$eq5]",
    ],
    [
      "criteria=[graph_id$eq1]&num_rows=all",
      { model: "Structure" },
      "model::Structure,rma::criteria,[graph_id$eq1],rma::options[num_rows$eq'all']",
    ],
  ])("reads %j of %j", (query, target, canonical) => {
    expect(read(query, target)).toBe(canonical);
  });

  test.each(["", "foo=1", "criteria=[id$eq1]", "criteria=model::A&num_rows=many"])(
    "refuses %j without a model",
    (query) => {
      expect(() => read(query)).toThrow(RmaSyntaxError);
    },
  );
});

test("parseClauses() reads terms, and the clauses behind them", () => {
  expect(parseClauses("a(b[c$eq1]),[d]", "criteria").criteria).toHaveLength(2);
  expect(parseClauses("a,rma::criteria,[b],rma::options[count$eqf]", "include")).toMatchObject({
    criteria: [{ kind: "filters" }],
    include: [{ name: "a" }],
    options: { count: false },
  });
  expect(parseClauses("", "include")).toEqual({ criteria: [], include: [], options: {} });
  expect(() => parseClauses("a)", "criteria")).toThrow(RmaSyntaxError);
});
