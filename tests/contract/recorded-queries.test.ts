// The client against a mirror that holds recorded graphs: every answer is computed again from the same files, plainly.
import { rma, type TypedQuery } from "@brainatlas/sdk/rma";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkAsyncProperty } from "../support/property.ts";
import {
  type Cell,
  GRAPHS,
  openRecordedGraphs,
  type RecordedGraphs,
  type Row,
  sorted,
} from "../support/recorded-graphs.ts";
import { describeRecorded } from "../support/recordings.ts";

describeRecorded("recorded graphs", () => {
  let { allen, asked, all, mouse, close } = {} as RecordedGraphs; // Opened before the first test.
  beforeAll(async () => {
    ({ allen, asked, all, mouse, close } = await openRecordedGraphs());
  });
  afterAll(() => close());

  const ask = <T>(query: TypedQuery<T>): Promise<T[]> => allen.rows(query).all();
  const idsOf = (rows: readonly object[]): unknown[] => rows.map((row) => (row as Row).id);
  const num = (row: Row, column: string): number => Number(row[column]);
  const text = (row: Row, column: string): string => String(row[column]);
  const inMouse = rma("Structure").where("graph_id", "eq", 1);

  test("are all there, row by row", async () => {
    expect(mouse).toHaveLength(1327);
    expect(await allen.rows(inMouse).count()).toBe(1327);
    expect(await ask(inMouse)).toEqual(mouse);
    expect(await allen.rows(rma("Structure")).count()).toBe(all.length);
    expect(await ask(rma("Structure").only("id", "graph_id"))).toEqual(
      all.map(({ id, graph_id }) => ({ graph_id, id })),
    );
    expect(await allen.rows(rma("StructureGraph").orderBy("id")).all()).toMatchObject(GRAPHS.map((id) => ({ id })));
  });

  describe("filtered", () => {
    const area = "Primary motor area, Layer 1";
    const FILTERS: readonly (readonly [TypedQuery<object>, (row: Row) => boolean])[] = [
      [inMouse.where("acronym", "eq", "VISp"), (row) => row.acronym === "VISp"],
      [inMouse.where("acronym", "eq", "visp"), (row) => row.acronym === "visp"],
      [inMouse.where("name", "eq", area), (row) => row.name === area],
      [inMouse.where("acronym", "ne", "VISp"), (row) => row.acronym !== "VISp"],
      [inMouse.where("atlas_id", "ne", 1), (row) => row.atlas_id !== null && row.atlas_id !== 1],
      [inMouse.where("graph_order", "lt", 100), (row) => num(row, "graph_order") < 100],
      [inMouse.where("graph_order", "gt", 1300), (row) => num(row, "graph_order") > 1300],
      [inMouse.where("graph_order", "le", 100), (row) => num(row, "graph_order") <= 100],
      [inMouse.where("depth", "ge", 9), (row) => num(row, "depth") >= 9],
      [inMouse.where("atlas_id", "lt", 5), (row) => row.atlas_id !== null && num(row, "atlas_id") < 5],
      [inMouse.whereRaw("[acronym$ge'V']"), (row) => text(row, "acronym") >= "V"],
      [inMouse.whereRaw("[acronym$lt'AC']"), (row) => text(row, "acronym") < "AC"],
      [inMouse.where("id", "in", [385, 8, 997, 1_000_000]), (row) => [385, 8, 997].includes(num(row, "id"))],
      [
        inMouse.where("acronym", "in", ["VISp", "CH", "nothing"]),
        (row) => ["VISp", "CH"].includes(text(row, "acronym")),
      ],
      [inMouse.where("acronym", "li", "VIS*"), (row) => text(row, "acronym").startsWith("VIS")],
      [inMouse.where("acronym", "li", "*/*"), (row) => text(row, "acronym").includes("/")],
      [inMouse.where("acronym", "li", "*p5"), (row) => text(row, "acronym").endsWith("p5")],
      [inMouse.where("acronym", "li", "*S*p*"), (row) => /S.*p/.test(text(row, "acronym"))],
      [inMouse.where("acronym", "il", "vis*"), (row) => /^vis/i.test(text(row, "acronym"))],
      [inMouse.where("acronym", "il", "visP"), (row) => /^visp$/i.test(text(row, "acronym"))],
      [inMouse.where("name", "il", "*LAYER 6*"), (row) => /layer 6/i.test(text(row, "name"))],
      [inMouse.where("name", "li", "*_*"), (row) => text(row, "name").includes("_")],
      [inMouse.where("name", "li", "*%*"), (row) => text(row, "name").includes("%")],
      [inMouse.where("name", "li", "*(*)*"), (row) => /\(.*\)/.test(text(row, "name"))],
      [inMouse.where("atlas_id", "eq", null), (row) => row.atlas_id === null],
      [inMouse.where("atlas_id", "ne", null), (row) => row.atlas_id !== null],
      [inMouse.whereExists("parent_structure_id"), (row) => row.parent_structure_id !== null],
      [inMouse.whereRaw("[parent_structure_id$eqnull]"), (row) => row.parent_structure_id === null],
      [inMouse.whereRaw("[st_level$gtdepth]"), (row) => num(row, "st_level") > num(row, "depth")],
      [
        inMouse.where("depth", "gt", 3).where("acronym", "li", "*1").where("atlas_id", "ne", null),
        (row) => num(row, "depth") > 3 && text(row, "acronym").endsWith("1") && row.atlas_id !== null,
      ],
      [inMouse.where("graph_order", "ge", 10).where("graph_order", "lt", 10), () => false],
      [inMouse.via("graph", (graph) => graph.where("id", "eq", 1)), () => true],
      [inMouse.via("graph", (graph) => graph.where("id", "eq", 10)), () => false],
    ];
    test.each(FILTERS.map(([query, fits]) => [String(query).slice(40), query, fits] as const))(
      "%s",
      async (_, query, fits) => {
        const expected = mouse.filter(fits);
        expect(await ask(query)).toEqual(expected);
        expect(await allen.rows(query).count()).toBe(expected.length);
        expect(await allen.rows(query).first()).toEqual(expected[0]);
      },
    );

    test("with any filters, orders and sizes of pages", async () => {
      const NUMBERS = ["id", "atlas_id", "graph_order", "st_level", "depth", "parent_structure_id"] as const;
      const TEXTS = ["acronym", "name", "color_hex_triplet"] as const;
      const compare = {
        eq: (a: Cell, b: Cell) => a === b,
        ne: (a: Cell, b: Cell) => a !== b,
        lt: (a: Cell, b: Cell) => Number(a) < Number(b),
        gt: (a: Cell, b: Cell) => Number(a) > Number(b),
        le: (a: Cell, b: Cell) => Number(a) <= Number(b),
        ge: (a: Cell, b: Cell) => Number(a) >= Number(b),
      };
      const numeric = fc.record({
        column: fc.constantFrom(...NUMBERS),
        operator: fc.constantFrom(...(Object.keys(compare) as (keyof typeof compare)[])),
        like: fc.nat(1326), // The row whose value is compared with.
      });
      const pattern = fc.record({
        column: fc.constantFrom(...TEXTS),
        operator: fc.constantFrom("li" as const, "il" as const),
        like: fc.nat(1326),
        from: fc.nat(4),
        length: fc.integer({ min: 1, max: 3 }),
      });
      const orders = fc.array(fc.tuple(fc.constantFrom(...NUMBERS, ...TEXTS), fc.boolean()), { maxLength: 3 });
      const property = fc.asyncProperty(
        fc.array(numeric, { maxLength: 2 }),
        fc.option(pattern, { nil: undefined }),
        orders,
        fc.integer({ min: 40, max: 1400 }),
        async (numbers, words, keys, pageSize) => {
          let query = inMouse;
          let expected = mouse;
          for (const { column, operator, like } of numbers) {
            const value = mouse[like]?.[column] ?? 0;
            query = query.where(column, operator, Number(value));
            expected = expected.filter(
              (row) => row[column] !== null && compare[operator](row[column] ?? null, Number(value)),
            );
          }
          if (words !== undefined) {
            const { column, operator, like, from, length } = words;
            const part = text(mouse[like] ?? {}, column).slice(from, from + length) || "a";
            query = query.where(column, operator, `*${part}*`);
            const fold = (word: string): string => (operator === "il" ? word.toLowerCase() : word);
            expected = expected.filter((row) => fold(text(row, column)).includes(fold(part)));
          }
          for (const [column, isDescending] of keys) query = query.orderBy(column, isDescending ? "desc" : "asc");
          const rows = await allen.rows(query.only("id"), { pageSize }).all();
          expect(rows.map(({ id }) => id)).toEqual(idsOf(sorted(expected, ...keys)));
        },
      );
      await checkAsyncProperty(property, 80);
    });
  });

  test.each<readonly (readonly [column: string, isDescending?: boolean])[]>([
    [["graph_order"]],
    [["color_hex_triplet"], ["graph_order", true]],
    [["st_level", true], ["acronym"]],
    [["atlas_id"], ["name", true]],
    [["parent_structure_id", true], ["graph_order"]],
    [["depth"], ["hemisphere_id", true]],
  ])("ordered by %j, %j", async (...keys) => {
    let query = rma.untyped("Structure").where("graph_id", "eq", 1);
    for (const [column, isDescending] of keys) query = query.orderBy(column, isDescending ? "desc" : "asc");
    expect(await ask(query)).toEqual(sorted(mouse, ...keys));
  });

  describe("in pages", () => {
    test("of 100", async () => {
      asked.length = 0;
      const sizes: number[] = [];
      const found: unknown[] = [];
      for await (const { rows } of allen.rows(inMouse.orderBy("graph_order"), { pageSize: 100 }).pages()) {
        sizes.push(rows.length);
        found.push(...rows);
      }
      expect(found).toEqual(sorted(mouse, ["graph_order"]));
      expect(sizes).toEqual([...Array.from({ length: 13 }, () => 100), 27]);
      expect(asked).toHaveLength(14);
    });

    test.each([1, 2, 3, 7, 50, 1326, 1327, 1328])("of %i", async (pageSize) => {
      const few = inMouse.where("depth", "le", pageSize < 50 ? 3 : 20);
      const expected = mouse.filter((row) => num(row, "depth") <= (pageSize < 50 ? 3 : 20));
      expect(await allen.rows(few, { pageSize }).all()).toEqual(expected);
    });

    test("from a row on, until a limit", async () => {
      const query = inMouse.startRow(1000).limit(250);
      expect(await allen.rows(query, { pageSize: 40 }).all()).toEqual(mouse.slice(1000, 1250));
      expect(await allen.rows(inMouse.startRow(1320), { pageSize: 5 }).all()).toEqual(mouse.slice(1320));
      expect(await allen.rows(inMouse.startRow(2000)).all()).toEqual([]);
    });
  });

  describe("with some columns", () => {
    test("only() and except()", async () => {
      expect(await ask(inMouse.only("acronym", "structures.id"))).toEqual(
        mouse.map(({ acronym, id }) => ({ acronym, id })),
      );
      expect(await ask(inMouse.except("name", "structure_id_path"))).toEqual(
        mouse.map(({ name: _, structure_id_path: __, ...rest }) => rest),
      );
    });

    test("tabular(), with names of their own, across tables", async () => {
      const query = inMouse
        .via("graph")
        .tabular("structures.id", "acronym as short", "structure_graphs.id as graph")
        .orderBy("structures.id");
      expect(await allen.rows(query, { pageSize: 500 }).all()).toEqual(
        mouse.map(({ id, acronym }) => ({ id, short: acronym, graph: 1 })),
      );
    });

    test("tabular(distinct)", async () => {
      const query = inMouse.tabular("distinct st_level").orderBy("st_level");
      const levels = [...new Set(mouse.map((row) => row.st_level ?? null))];
      expect(await ask(query)).toEqual(
        sorted(
          levels.map((st_level) => ({ st_level })),
          ["st_level"],
        ),
      );
      const pairs = new Set(mouse.map((row) => JSON.stringify([row.depth, row.hemisphere_id])));
      const found = await ask(inMouse.tabular("distinct depth", "hemisphere_id").orderBy("depth"));
      expect(found.map((row) => JSON.stringify([row.depth, row.hemisphere_id])).sort()).toEqual([...pairs].sort());
    });
  });
});
