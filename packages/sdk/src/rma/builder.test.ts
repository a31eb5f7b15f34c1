import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { rma } from "./builder.ts";
import type { ModelQuery } from "./builder-query.ts";
import type { CriteriaResult, CriteriaScope, IncludeResult, IncludeScope } from "./builder-scopes.ts";
import { parseRma } from "./parse.ts";
import { printRma } from "./print.ts";
import { RmaSyntaxError } from "./rma-syntax-error.ts";
import type { UntypedModel } from "./schema-types.ts";

type Untyped = ModelQuery<UntypedModel, Record<string, unknown>>;

const sets = rma("SectionDataSet");
const all = (text: string): string => `model::SectionDataSet,rma::criteria,${text}`;
const options = (text: string): string => `model::SectionDataSet,rma::options${text}`;

describe("rma() prints", () => {
  test.each([
    [sets, "model::SectionDataSet"],
    [sets.where("failed", "eq", false), all("[failed$eqfalse]")],
    [sets.where("failed", "ne", true).where("id", "gt", 5), all("[failed$netrue][id$gt5]")],
    [sets.where("id", "in", [1, 2]), all("[id$in1,2]")],
    [sets.where("section_thickness", "le", 25.5), all("[section_thickness$le25.5]")],
    [sets.where("name", "in", ["a, b", "c"]), all("[name$in'a, b','c']")],
    [sets.where("name", "il", "*pdyn*"), all("[name$il'*pdyn*']")],
    [sets.where("name", "li", rma.variable("names")), all("[name$li$names]")],
    [sets.where("name", "eq", ""), all("[name$eq'']")],
    [sets.where("storage_directory", "ne", null), all("[storage_directory$nenull]")],
    [sets.where("storage_directory", "eq", null), all("[storage_directory$eqnull]")],
    [sets.where("qc_date", "ge", new Date(Date.UTC(2010, 0, 2))), all("[qc_date$ge'2010-01-02T00:00:00Z']")],
    [sets.where("qc_date", "lt", new Date(1)), all("[qc_date$lt'1970-01-01T00:00:00.001Z']")],
    [sets.where("qc_date", "lt", "2010-01-02"), all("[qc_date$lt'2010-01-02']")],
    [sets.where("id", "in", rma.variable("xids")), all("[id$in$xids]")],
    [sets.whereExists("plane_of_section_id"), all("[plane_of_section_id]")],
    [sets.whereRaw("[genes.acronym$eqacronym]"), all("[genes.acronym$eqacronym]")],
    [sets.whereRaw("genes[id$eq1],[failed$eqf]"), all("[failed$eqf],genes[id$eq1]")],
    [sets.via("products"), all("products")],
    [sets.via("products", (p) => p.where("id", "in", [1, 2])), all("products[id$in1,2]")],
    [
      sets.via("specimen", (s) => s.via("donor", (d) => d.via("age", (a) => a.where("name", "eq", "P56")))),
      all("specimen(donor(age[name$eq'P56']))"),
    ],
    [
      sets.via("genes", (g) => g.whereExists("acronym").whereRaw("[id$gt1],chromosome")),
      all("genes[acronym][id$gt1](chromosome)"),
    ],
    [
      sets.via("products", (p) => p.where("id", "eq", 1)).where("failed", "eq", false),
      all("[failed$eqfalse],products[id$eq1]"),
    ],
    [sets.include("genes"), "model::SectionDataSet,rma::include,genes"],
    [
      sets.include("genes").include("specimen", (s) => s.include("donor", (d) => d.include("age"))),
      "model::SectionDataSet,rma::include,genes,specimen(donor(age))",
    ],
    [
      sets.include("genes", (g) => g.where("id", "eq", 1).whereExists("name").whereRaw("[type]")),
      "model::SectionDataSet,rma::include,genes[id$eq1][name][type]",
    ],
    [sets.only("id").only("id", "genes.acronym"), options("[only$eq'id,genes.acronym']")],
    [sets.except("weight").except("data_sets.name"), options("[except$eq'weight,data_sets.name']")],
    [
      sets.tabular("id", "structures.name as structure", "distinct genes.id"),
      options("[tabular$eq'id,structures.name as structure,distinct genes.id']"),
    ],
    [sets.orderBy("ages.days", "desc").orderBy("id"), options("[order$eq'ages.days$desc,id']")],
    [sets.numRows(200), options("[num_rows$eq200]")],
    [sets.numRows("all"), options("[num_rows$eq'all']")],
    [sets.limit(10), options("[num_rows$eq10]")],
    [sets.limit(10).numRows("all"), options("[num_rows$eq10]")],
    [sets.numRows(4).limit(10), options("[num_rows$eq4]")],
    [sets.limit(10).numRows(40).limit(30), options("[num_rows$eq30]")],
    [sets.startRow(0), options("[start_row$eq0]")],
    [sets.count(false), options("[count$eqfalse]")],
    [sets.debug(true).debug("preview"), options("[debug$eq'preview']")],
    [
      rma.untyped("ApiTbiDonorMetric").where("x", "li", "a*").include("y"),
      "model::ApiTbiDonorMetric,rma::criteria,[x$li'a*'],rma::include,y",
    ],
    [rma.raw("model::Gene[id$eq15]"), "model::Gene,rma::criteria,[id$eq15]"],
    [
      rma.service("mouse_agea", { seed_age: "P56", seed_point: [6800, 4200.5, -1], set: undefined, flag: true }),
      "service::mouse_agea[seed_age$eq'P56'][seed_point$eq6800,4200.5,-1][flag$eqtrue]",
    ],
    [rma.service("text_search"), "service::text_search"],
    [
      rma.pipeline(
        rma.service("mouse_differential", { set: "mouse", structures1: 8 }),
        rma.list({ xids: "id" }),
        sets.where("id", "in", rma.variable("xids")).include("genes"),
      ),
      "service::mouse_differential[set$eq'mouse'][structures1$eq8],pipe::list[xids$is'id'],model::SectionDataSet,rma::criteria,[id$in$xids],rma::include,genes",
    ],
  ])("case %#: %s", (query, text) => {
    expect(String(query)).toBe(text);
    expect(parseRma(text)).toEqual(query.toQuery());
  });
});

describe("rma() refuses at once", () => {
  const g = rma("Gene");
  test.each([
    ["a quote in text", () => g.where("name", "eq", "Bob's"), RangeError, "single quote"],
    ["a quote below", () => g.via("probes", (p) => p.where("name", "eq", "5'")), RangeError, "single quote"],
    ["NaN", () => rma("Age").where("days", "eq", Number.NaN), RangeError, "finite"],
    ["Infinity", () => rma("Age").where("days", "lt", Number.POSITIVE_INFINITY), RangeError, "finite"],
    ["a fraction in an id", () => g.where("entrez_id", "eq", 1.5), RangeError, "whole"],
    ["an id that a double does not hold", () => g.where("id", "in", [1, 2 ** 53]), RangeError, "whole"],
    ["an empty list", () => g.where("id", "in", []), RangeError, "list is empty"],
    ["an invalid date", () => sets.where("qc_date", "eq", new Date(Number.NaN)), RangeError, "invalid Date"],
    [
      "two includes",
      () =>
        rma
          .untyped("A")
          .include("b")
          .include("b" as never),
      RangeError,
      "twice",
    ],
    [
      "two includes below",
      () => g.include("probes", (p) => p.include("gene").include("gene" as never)),
      RangeError,
      "twice",
    ],
    ["a list without in", () => g.where("id", "eq", [1] as never), RangeError, "single value"],
    ["null with an order", () => g.where("id", "gt", null as never), RangeError, "eq or ne"],
    ["a pattern of numbers", () => rma.untyped("A").where("b", "li", 1), RangeError, "give text"],
    ["an operator of its own", () => g.where("id", "xx" as never, 1 as never), RangeError, "operator"],
    ["nothing", () => g.where("id", "eq", undefined as never), TypeError, "undefined"],
    ["a half row", () => g.limit(0.5), RangeError, "limit"],
    ["a negative row", () => g.startRow(-1), RangeError, "start_row"],
    ["half a page", () => g.numRows(1.5), RangeError, "num_rows"],
    ["a column that is none", () => g.orderBy("a.b.c"), RangeError, "table.column"],
    ["two columns in one text", () => g.tabular("id,name"), RangeError, "distinct table.column"],
    ["a model that is none", () => rma.untyped("a::b"), RangeError, "letters"],
    ["a raw text that is no query", () => rma.raw("Gene"), RmaSyntaxError, "model::"],
    ["raw conditions that are none", () => g.whereRaw("[id$eq"), RmaSyntaxError, "value"],
    ["raw conditions that are empty", () => g.whereRaw(""), RangeError, "filters in brackets"],
    ["raw conditions with more", () => g.whereRaw("[id],rma::options[count$eqf]"), RangeError, "alone"],
    ["a service's empty list", () => rma.service("s", { a: [] }), RangeError, "at least one value"],
    ["a pipeline of nothing", () => (rma.pipeline as () => unknown)(), RangeError, "at least one"],
  ])("%s", (_, make, type, words) => {
    expect(make).toThrow(type);
    expect(make).toThrow(words);
  });
});

describe("a query", () => {
  const base = sets.where("id", "in", [1, 2]).via("genes").include("genes").orderBy("id");

  test("stays as it is when another derives from it", () => {
    const before = String(base);
    const tree = structuredClone(base.stage);
    base.where("id", "eq", 3).via("products").include("products").orderBy("name").only("id").limit(1).debug(true);
    expect(String(base)).toBe(before);
    expect(base.stage).toEqual(tree);
  });

  test("is frozen, all through, and so are scopes", () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== "object" || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(base)).toBe(true);
    expect(frozen(base.toQuery())).toBe(true);
    expect(frozen(rma.raw("model::Gene[id$eq1]").toQuery())).toBe(true);
    expect(frozen(rma.list({ a: "b" }))).toBe(true);
    expect(Object.isFrozen(rma)).toBe(true);
    sets.via("genes", (scope) => {
      const more = scope.where("id", "eq", 1);
      expect(frozen(scope)).toBe(true);
      expect(scope.term.filters).toEqual([]);
      expect(more.term.filters).toHaveLength(1);
      return more;
    });
  });

  test("is no promise: awaiting it gives it", async () => {
    expect(await base).toBe(base);
    expect("then" in base).toBe(false);
  });

  test("does not change what it is given, nor change with it", () => {
    const ids = [1, 2];
    const query = sets.where("id", "in", ids);
    ids.push(3);
    expect(String(query)).toBe(all("[id$in1,2]"));
    expect(Object.isFrozen(ids)).toBe(false);
  });

  test("tells limit() apart from the rows of a page", () => {
    const query = sets.numRows(50).limit(120);
    expect(query.maxRows).toBe(120);
    expect(query.stage.options.numRows).toBe(50);
    expect(rma.pipeline(rma.list({ a: "b" }), query).maxRows).toBe(120);
    expect(sets.maxRows).toBeUndefined();
    expectTypeOf(query.maxRows).toEqualTypeOf<number | undefined>();
  });
});

describe("whenEmpty()", () => {
  const check = {
    query: rma("Gene").where("acronym", "il", "pdyn"),
    explain: (rows: readonly unknown[]) => `${rows.length} rows`,
  };
  const query = sets.whenEmpty(check);

  test("prints nothing, and leaves the query it derives from alone", () => {
    expect(String(query)).toBe(String(sets));
    expect(sets.emptyCheck).toBeUndefined();
  });

  test("stays through every further call", () => {
    const further = [
      query.where("id", "eq", 1),
      query.whereExists("id"),
      query.whereRaw("[id]"),
      query.via("genes"),
      query.include("genes"),
      query.only("id"),
      query.except("id"),
      query.tabular("id"),
      query.orderBy("id"),
      query.limit(1),
      query.startRow(1),
      query.numRows(1),
      query.count(false),
      query.debug(true),
    ];
    for (const each of further) {
      expect(String(each)).not.toBe(String(query));
      expect(each.emptyCheck).toBe(query.emptyCheck);
    }
  });

  test("carries a frozen copy, and the last one given", () => {
    const own = { ...check };
    const { emptyCheck } = sets.whenEmpty(check).whenEmpty(own);
    own.explain = () => "changed";
    expect(emptyCheck?.query).toBe(check.query);
    expect(Object.isFrozen(emptyCheck)).toBe(true);
    expect(query.emptyCheck?.explain([1, 2])).toBe("2 rows");
    expect(query.whenEmpty({ ...check, explain: () => undefined }).emptyCheck?.explain([])).toBeUndefined();
  });

  test("keeps the methods of a check's own class working", () => {
    class Check {
      readonly query = check.query;
      readonly text = "by its own";
      explain(): string {
        return this.text;
      }
    }
    expect(sets.whenEmpty(new Check()).emptyCheck?.explain([])).toBe("by its own");
  });

  test.each([undefined, {}, { query: sets }, { query: "model::Gene", explain: () => "" }])("refuses %j", (given) => {
    expect(() => sets.whenEmpty(given as never)).toThrow(TypeError);
  });
});

const name = fc.stringMatching(/^[a-z_]\w{0,6}$/);
const column = fc.oneof(
  name,
  fc.tuple(name, name).map((parts) => parts.join(".")),
);
const text = fc.string({ unit: "binary" }).map((each) => each.replaceAll("'", ""));
const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const date = fc.date({ noInvalidDate: true });
const variable = name.map((each) => rma.variable(each));
const scalar = fc.oneof(text, number, fc.boolean(), date, variable);

/** Any condition; names that end as an id would, take whole numbers alone. */
type Conditions<Self> = {
  where(attribute: string, operator: "eq" | "in" | "li" | "gt", operand: never): Self;
  whereExists(attribute: string): Self;
  whereRaw(text: string): Self;
};
function condition<Self extends Conditions<Self>>(): fc.Arbitrary<(on: Self) => Self> {
  const attribute = name.map((each) => `${each}x`);
  return fc.oneof(
    fc.tuple(attribute, fc.constantFrom("eq", "gt"), scalar).map(
      ([each, operator, operand]) =>
        (on: Self) =>
          on.where(each, operator, operand as never),
    ),
    fc.tuple(attribute, fc.array(scalar, { minLength: 1, maxLength: 4 })).map(
      ([each, operand]) =>
        (on: Self) =>
          on.where(each, "in", operand as never),
    ),
    fc.tuple(attribute, text).map(
      ([each, operand]) =>
        (on: Self) =>
          on.where(each, "li", operand as never),
    ),
    attribute.map((each) => (on: Self) => on.whereExists(each)),
    fc.constantFrom("[a$eqb]", "a(b,[c])", "a[b],[c$ltd][e]").map((each) => (on: Self) => on.whereRaw(each)),
  );
}
const inOrder = <Self>(steps: readonly ((on: Self) => Self)[], on: Self): Self =>
  steps.reduce((now, step) => step(now), on);
const criteria = fc.letrec<{
  build: (scope: CriteriaScope<UntypedModel>) => CriteriaResult & CriteriaScope<UntypedModel>;
}>((tie) => ({
  build: fc
    .array(
      fc.oneof(
        { maxDepth: 3 },
        condition<CriteriaScope<UntypedModel>>(),
        fc.tuple(name, tie("build")).map(
          ([each, build]) =>
            (on: CriteriaScope<UntypedModel>) =>
              on.via(each, build),
        ),
      ),
      { maxLength: 3 },
    )
    .map((steps) => (scope) => inOrder(steps, scope)),
}));
type AnyInclude = IncludeScope<UntypedModel, Record<string, unknown>>;
const include = fc.array(condition<AnyInclude>(), { maxLength: 3 }).chain((steps) =>
  name.map(
    (each) =>
      (scope: AnyInclude): IncludeResult<unknown> =>
        inOrder(steps, scope).include(`y${each}`),
  ),
);
const step: fc.Arbitrary<(on: Untyped, index: number) => Untyped> = fc.oneof(
  condition<Untyped>(),
  fc.tuple(name, criteria.build).map(
    ([each, build]) =>
      (on: Untyped) =>
        on.via(each, build),
  ),
  include.map((build) => (on: Untyped, index: number) => on.include(`x${index}`, build) as Untyped),
  fc.tuple(column, fc.constantFrom("asc", "desc")).map(
    ([each, direction]) =>
      (on: Untyped) =>
        on.orderBy(each, direction),
  ),
  column.map((each) => (on: Untyped) => on.only(each)),
  column.map((each) => (on: Untyped) => on.except(each)),
  fc.tuple(column, name).map(
    ([each, alias]) =>
      (on: Untyped) =>
        on.tabular(`distinct ${each} as ${alias}`, each) as unknown as Untyped,
  ),
  fc.nat().map((rows) => (on: Untyped) => on.limit(rows)),
  fc.nat().map((rows) => (on: Untyped) => on.numRows(rows)),
  fc.nat().map((rows) => (on: Untyped) => on.startRow(rows)),
  fc.boolean().map((wanted) => (on: Untyped) => on.count(wanted)),
  fc.constantFrom(true, false, "preview" as const).map((mode) => (on: Untyped) => on.debug(mode)),
);

test("a query parses back to its own tree, after any calls, and leaves the one it derives from alone", () => {
  checkProperty(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let query = rma.untyped("Model") as Untyped;
      for (const [index, each] of steps.entries()) {
        const before = String(query);
        const next = each(query, index);
        expect(String(query)).toBe(before);
        expect(printRma(query.toQuery())).toBe(before);
        query = next;
      }
      expect(parseRma(String(query))).toEqual(query.toQuery());
    }),
  );
});
