import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { rma } from "../rma/builder.ts";
import type { TypedQuery } from "../rma/builder-stages.ts";
import { printRma } from "../rma/print.ts";
import { SCHEMA } from "../rma/schema-table.generated.ts";
import type { PageAsk } from "./page-ask.ts";
import { type Page, PageCourse, type PageReply } from "./page-course.ts";
import { DEFAULT_PAGE_ROWS, MODELS_WITHOUT_ID, planPages } from "./page-plan.ts";

type Row = { readonly id: number };
type Reply = Partial<PageReply<Row>>;

const rowsOf = (ids: readonly number[]): Row[] => ids.map((id) => ({ id }));
const range = (length: number, from = 0): number[] => Array.from({ length }, (_, index) => from + index);

/** Goes through all pages of a server, and gives up when there are too many. */
function follow(course: PageCourse<Row>, answer: (ask: PageAsk) => Reply): { pages: Page<Row>[]; asks: PageAsk[] } {
  const pages: Page<Row>[] = [];
  const asks: PageAsk[] = [];
  for (let ask = course.next; ask !== undefined; ask = course.next) {
    asks.push(ask);
    if (asks.length > 2000) throw new Error("Cannot follow the pages: they do not end");
    const page = course.take({
      rows: [],
      startRow: undefined,
      numRows: undefined,
      totalRows: undefined,
      ...answer(ask),
    });
    if (page !== undefined) pages.push(page);
  }
  return { pages, asks };
}

const idsOf = (pages: readonly Page<Row>[]): number[] => pages.flatMap(({ rows }) => rows.map(({ id }) => id));

/** A server that holds these rows, sends so many at most, and tells the truth. */
function honest(ids: readonly number[], maxRows = Infinity) {
  return ({ startRow, numRows }: PageAsk): PageReply<Row> => {
    const rows = rowsOf(ids.slice(startRow, startRow + Math.min(numRows === "all" ? Infinity : numRows, maxRows)));
    return { rows, startRow, numRows: rows.length, totalRows: ids.length };
  };
}

const gene = rma("Gene");
const courseOf = (query: TypedQuery<unknown> = gene, pageSize?: number) =>
  new PageCourse<Row>(planPages(query, pageSize));

test("PageCourse gives each row once, in order, for any page size, limit, start and cap of the server", () => {
  const count = fc.nat({ max: 60 });
  const size = fc.integer({ min: 1, max: 20 });
  checkProperty(
    fc.property(count, size, size, fc.option(count), fc.nat({ max: 20 }), (total, pageSize, cap, limit, start) => {
      const query = limit === null ? gene.startRow(start) : gene.startRow(start).limit(limit);
      const course = courseOf(query, pageSize);
      const { pages } = follow(course, honest(range(total), cap));
      expect(idsOf(pages)).toEqual(range(total).slice(start, limit === null ? undefined : start + limit));
      expect([course.duplicates, course.shortfall]).toEqual([0, undefined]);
    }),
  );
});

test("PageCourse gives each row once when rows are added before those that were read", () => {
  const growth = fc.array(fc.nat({ max: 5 }), { maxLength: 30 });
  checkProperty(
    fc.property(fc.nat({ max: 60 }), fc.integer({ min: 6, max: 20 }), growth, (total, pageSize, added) => {
      const ids = range(total);
      const course = courseOf(gene, pageSize);
      let turn = 0;
      const { pages } = follow(course, (ask) => {
        const reply = honest(ids)(ask);
        ids.unshift(...range(added[turn] ?? 0, 1000 + 10 * turn));
        turn += 1;
        // The count is the first page's.
        return ask.count === false ? { ...reply, totalRows: undefined } : reply;
      });
      const read = idsOf(pages);
      expect(new Set(read).size).toBe(read.length);
      expect(read.filter((id) => id < 1000)).toEqual(range(read.filter((id) => id < 1000).length));
    }),
  );
});

test("PageCourse ends, and gives no row twice, whatever numbers a server tells", () => {
  const number = fc.constantFrom(undefined, 0, 1, 2, 5, 7, 50, 1000, Number.MAX_SAFE_INTEGER);
  const lie = fc.record({ startRow: number, numRows: number, totalRows: number });
  checkProperty(
    fc.property(
      fc.array(lie, { minLength: 1 }),
      fc.nat({ max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (lies, total, size) => {
        let turn = 0;
        const { pages } = follow(courseOf(gene, size), (ask) => ({
          ...honest(range(total))(ask),
          ...lies[turn++ % lies.length],
        }));
        const read = idsOf(pages);
        expect(new Set(read).size).toBe(read.length);
        expect(read).toEqual(read.toSorted((a, b) => a - b));
      },
    ),
  );
});

test.each<[string, Reply, number[]]>([
  ["no numbers", {}, range(25)],
  ["no rows in the page", { numRows: 0 }, range(25)],
  ["more rows than asked for", { numRows: 1000 }, range(25)],
  ["fewer rows than came", { numRows: 3 }, range(25)],
  ["a total that is too high", { totalRows: 1_000_000 }, range(25)],
  ["a total that the first page is beyond", { totalRows: 4 }, range(25)],
  ["the total of no rows", { totalRows: 0 }, range(25)],
])("PageCourse reads all rows of a server that tells %s", (_, lie, expected) => {
  const { pages } = follow(courseOf(gene, 10), (ask) => ({ ...honest(range(25))(ask), totalRows: undefined, ...lie }));
  expect(idsOf(pages)).toEqual(expected);
});

test("PageCourse goes on by the rows of the database, of which several make one of the answer", () => {
  const asked: number[] = [];
  const { pages } = follow(courseOf(gene, 10), ({ startRow }) => {
    asked.push(startRow);
    return { rows: rowsOf([startRow, startRow + 1]), numRows: 10, totalRows: 30 };
  });
  expect(asked).toEqual([0, 10, 20]);
  expect(idsOf(pages)).toEqual([0, 1, 10, 11, 20, 21]);
});

test("PageCourse asks for no page after the last, and for the count once", () => {
  const { asks, pages } = follow(courseOf(gene, 10), honest(range(20)));
  expect(asks).toEqual([
    { startRow: 0, numRows: 10, count: undefined, ordered: true },
    { startRow: 10, numRows: 10, count: false, ordered: true },
  ]);
  expect(pages.map(({ startRow, numRows, totalRows }) => [startRow, numRows, totalRows])).toEqual([
    [0, 10, 20],
    [10, 10, 20],
  ]);
});

test("PageCourse ends with a server that gives the same page again and again", () => {
  const course = courseOf(gene, 10);
  const { pages, asks } = follow(course, () => ({ rows: rowsOf(range(10)), startRow: 0, numRows: 10, totalRows: 30 }));
  expect([idsOf(pages), asks.length, course.duplicates]).toEqual([range(10), 2, 10]);
  expect(course.shortfall).toEqual({ promised: 30, received: 10 });
});

test("PageCourse ends with a server that gives two pages in turn", () => {
  let turn = 0;
  const { pages } = follow(courseOf(gene, 10), () => ({ rows: rowsOf(range(10, turn++ % 2 === 0 ? 0 : 10)) }));
  expect([idsOf(pages), turn]).toEqual([range(20), 3]);
});

test.each([
  gene.tabular("acronym"),
  rma("ApiConnectivity"),
  rma.service("mouse_correlation", { set: "mouse", row: 1 }),
])("PageCourse ends so with %s, whose rows have no ids to go by", (query) => {
  let turn = 0;
  const course = courseOf(query, 2);
  const { pages } = follow(course, () => {
    const first = (turn++ % 3) * 2;
    return { rows: [{ r: first }, { r: first + 1 }] as unknown as Row[] };
  });
  expect([pages.length, turn, course.duplicates]).toEqual([3, 4, 2]);
});

test.each([undefined, 1_000_000])("PageCourse ends so without ids too, with the total %s", (totalRows) => {
  const course = courseOf(gene.tabular("acronym"), 2);
  const rows = [{ acronym: "a" }, { acronym: "b" }] as unknown as Row[];
  const { pages, asks } = follow(course, () => ({ rows, startRow: 0, numRows: 2, totalRows }));
  expect([pages.length, asks.length]).toEqual([1, 2]);
});

test("PageCourse keeps pages that are alike when the server says where they begin", () => {
  const course = courseOf(gene.tabular("chromosome_id"), 2);
  const rows = [{ chromosome_id: 1 }, { chromosome_id: 1 }] as unknown as Row[];
  const { pages } = follow(course, ({ startRow }) => ({ rows, startRow, numRows: 2, totalRows: 6 }));
  expect(pages).toHaveLength(3);
  expect(course.duplicates).toBe(0);
});

test("PageCourse keeps tabular rows whose id column comes again", () => {
  const course = courseOf(gene.tabular("organisms.id"), 3);
  const { pages } = follow(course, honest([1, 1, 2, 2, 2]));
  expect(idsOf(pages)).toEqual([1, 1, 2, 2, 2]);
});

test("PageCourse says what is missing, once the service had promised it", () => {
  const early = courseOf(gene, 10);
  follow(early, (ask) => ({ ...honest(range(15))(ask), totalRows: 40 }));
  expect(early.shortfall).toEqual({ promised: 40, received: 15 });
  const none = courseOf(gene, 10);
  follow(none, () => ({ totalRows: 40 }));
  expect(none.shortfall).toEqual({ promised: 40, received: 0 });
  const limited = courseOf(gene.startRow(5).limit(20), 10);
  follow(limited, (ask) => ({ ...honest(range(15))(ask), totalRows: 40 }));
  expect(limited.shortfall).toEqual({ promised: 20, received: 10 });
});

test("PageCourse promises nothing for a query that asked for no count", () => {
  const course = courseOf(gene.count(false), 10);
  const { pages } = follow(course, (ask) => ({ ...honest(range(15))(ask), totalRows: 9440 }));
  expect([idsOf(pages), course.shortfall, pages[0]?.totalRows]).toEqual([range(15), undefined, undefined]);
});

test("PageCourse cuts what a server sends beyond the limit", () => {
  const { pages, asks } = follow(courseOf(gene.limit(5), 10), () => ({ rows: rowsOf(range(283)), numRows: 283 }));
  expect([idsOf(pages), asks.map(({ numRows }) => numRows)]).toEqual([range(5), [5]]);
  expect(courseOf(gene.limit(0)).next).toBeUndefined();
});

test("PageCourse remembers a bounded number of ids", () => {
  const course = courseOf(gene, 60_000);
  const { pages } = follow(course, ({ startRow }) =>
    startRow < 180_000 ? { rows: rowsOf(startRow < 120_000 ? range(60_000, startRow) : range(60_000)) } : {},
  );
  // The first ids are forgotten by then: forgetting repeats a row, and never drops one.
  expect(idsOf(pages).length).toBeGreaterThan(120_000);
});

// The plan

const textOf = (query: TypedQuery<unknown>, ask: Partial<PageAsk> = {}, pageSize?: number): string => {
  const plan = planPages(query, pageSize);
  const { startRow, pageRows } = plan;
  return printRma(plan.toQuery({ startRow, numRows: pageRows, count: undefined, ordered: true, ...ask }));
};

test.each<[string, TypedQuery<unknown>, Partial<PageAsk>, string]>([
  ["by id", gene, {}, "model::Gene,rma::options[order$eq'id'][num_rows$eq2000]"],
  [
    "by its own order",
    gene.orderBy("name", "desc"),
    {},
    "model::Gene,rma::options[order$eq'name$desc'][num_rows$eq2000]",
  ],
  ["not when tabular", gene.tabular("id"), {}, "model::Gene,rma::options[tabular$eq'id'][num_rows$eq2000]"],
  ["not in one answer", gene.numRows("all"), {}, "model::Gene,rma::options[num_rows$eq'all']"],
  ["not without ids", rma("ApiConnectivity"), {}, "model::ApiConnectivity,rma::options[num_rows$eq2000]"],
  [
    "not to count",
    gene,
    { ordered: false, count: true, numRows: 1 },
    "model::Gene,rma::options[num_rows$eq1][count$eqtrue]",
  ],
  [
    "on later pages, uncounted",
    gene.numRows(7).debug(true),
    { startRow: 7, count: false },
    "model::Gene,rma::options[order$eq'id'][num_rows$eq7][start_row$eq7][count$eqfalse][debug$eqtrue]",
  ],
  [
    "the last stage of a pipeline",
    rma.pipeline(rma.service("mouse_agea"), rma.list({ xids: "id" }), gene),
    {},
    "service::mouse_agea,pipe::list[xids$is'id'],model::Gene,rma::options[order$eq'id'][num_rows$eq2000]",
  ],
])("planPages() orders %s", (_, query, ask, expected) => {
  expect(textOf(query, ask)).toBe(expected);
});

test("planPages() takes the size of a page from the option, the query, the default", () => {
  const sizeOf = (query: TypedQuery<unknown>, pageSize?: number) => planPages(query, pageSize).pageRows;
  expect(DEFAULT_PAGE_ROWS).toBe(2000);
  expect([sizeOf(gene), sizeOf(gene.numRows(5)), sizeOf(gene.numRows(5), 9)]).toEqual([2000, 5, 9]);
  expect([sizeOf(gene.numRows("all")), sizeOf(gene.numRows("all"), 9)]).toEqual(["all", 9]);
  // What limit() prints is no size of a page, unless both are given.
  expect([sizeOf(gene.limit(100_000)), sizeOf(gene.limit(100_000).numRows(5))]).toEqual([2000, 5]);
  for (const pageSize of [0, -1, 1.5, Number.NaN]) expect(() => planPages(gene, pageSize)).toThrow(RangeError);
});

test("planPages() leaves a service without pages as it is", () => {
  for (const name of ["text_search", "human_microarray_expression", "differential"]) {
    const query = rma.service(name, { num_rows: 5 });
    const plan = planPages(query, 9);
    expect(plan).toMatchObject({ single: true, counted: false, identified: false });
    expect(textOf(query, { startRow: 5 }, 9)).toBe(`service::${name}[num_rows$eq5]`);
  }
});

test("MODELS_WITHOUT_ID is what the schema says", () => {
  const without = Object.entries(SCHEMA).filter(([, { attributes }]) => !("id" in attributes));
  expect(without.map(([name]) => name).sort()).toEqual(MODELS_WITHOUT_ID);
});
