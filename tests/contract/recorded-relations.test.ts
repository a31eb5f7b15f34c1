// What structures of recorded graphs are to each other: included, joined, as trees.
import { parseStructureGraph } from "@brainatlas/sdk/ontology";
import { structureGraphs, structures } from "@brainatlas/sdk/queries";
import { rma, type TypedQuery } from "@brainatlas/sdk/rma";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  GRAPHS,
  graphDocument,
  openRecordedGraphs,
  type RecordedGraphs,
  type Row,
  SETS,
  setsOf,
  sorted,
} from "../support/recorded-graphs.ts";
import { describeRecorded } from "../support/recordings.ts";

describeRecorded("recorded graphs", () => {
  let { allen, all, mouse, close } = {} as RecordedGraphs; // Opened before the first test.
  const rowsById = new Map<unknown, Row>();
  const rowsByParent = new Map<unknown, Row[]>();
  beforeAll(async () => {
    ({ allen, all, mouse, close } = await openRecordedGraphs());
    for (const row of all) {
      rowsById.set(row.id, row);
      rowsByParent.set(row.parent_structure_id, [...(rowsByParent.get(row.parent_structure_id) ?? []), row]);
    }
  });
  afterAll(() => close());

  const ask = <T>(query: TypedQuery<T>): Promise<T[]> => allen.rows(query).all();
  const parentOf = (row: Row): Row | null => rowsById.get(row.parent_structure_id) ?? null;
  const childrenOf = (row: Row): Row[] => rowsByParent.get(row.id) ?? [];
  const setRows = (row: Row): object[] => setsOf(row).map((id) => ({ id, name: `set ${id}`, description: null }));
  const inMouse = rma("Structure").where("graph_id", "eq", 1);

  describe("include()", () => {
    test("of the parent, the children and the sets, for each structure", async () => {
      const query = inMouse.include("parent_structure").include("child_structures").include("structure_sets");
      expect(await allen.rows(query, { pageSize: 300 }).all()).toEqual(
        mouse.map((row) => ({
          ...row,
          parent_structure: parentOf(row),
          child_structures: childrenOf(row),
          structure_sets: setRows(row),
        })),
      );
    });

    test("of the parent's parent, and of the graph", async () => {
      const query = inMouse
        .include("parent_structure", (parent) => parent.include("parent_structure"))
        .include("graph")
        .orderBy("graph_order");
      const rows = await ask(query);
      expect(rows.map((row) => row.parent_structure?.parent_structure ?? null)).toEqual(
        sorted(mouse, ["graph_order"]).map((row) => {
          const parent = parentOf(row);
          return parent && parentOf(parent);
        }),
      );
      expect(rows.every((row) => row.graph?.id === 1)).toBe(true);
    });

    test("with a condition, which the rows meet too", async () => {
      const query = inMouse.include("child_structures", (child) => child.where("acronym", "li", "*5"));
      const kept = (row: Row): Row[] => childrenOf(row).filter((child) => String(child.acronym).endsWith("5"));
      const expected = mouse.filter((row) => kept(row).length > 0);
      expect(expected.length).toBeGreaterThan(10);
      expect(await ask(query)).toEqual(expected.map((row) => ({ ...row, child_structures: kept(row) })));
      expect(await allen.rows(query).count()).toBe(expected.length);
    });

    test("with only() of what is included", async () => {
      const query = inMouse.include("child_structures").only("structures.id");
      expect(await ask(query)).toEqual(
        mouse.map((row) => ({ id: row.id, child_structures: childrenOf(row).map(({ id }) => ({ id })) })),
      );
    });
  });

  describe("via()", () => {
    test("keeps rows that have such another, each once", async () => {
      const withChildren = mouse.filter((row) => childrenOf(row).length > 0);
      expect(withChildren).toHaveLength(1327 - 1038);
      expect(await ask(inMouse.via("child_structures"))).toEqual(withChildren);
      expect(await allen.rows(inMouse.via("child_structures")).count()).toBe(withChildren.length);
      const below = inMouse.via("parent_structure", (parent) =>
        parent.via("parent_structure", (next) => next.where("acronym", "eq", "Isocortex")),
      );
      expect(await ask(below)).toEqual(mouse.filter((row) => parentOf(parentOf(row) ?? {})?.acronym === "Isocortex"));
    });

    test("as flat rows", async () => {
      const query = inMouse
        .via("parent_structure", (parent) => parent.where("depth", "lt", 4))
        .tabular("structures.id as id", "structures.depth as depth");
      const expected = mouse.filter((row) => Number(parentOf(row)?.depth ?? 9) < 4);
      expect(sorted((await ask(query)) as Row[])).toEqual(expected.map(({ id, depth }) => ({ id, depth })));
    });

    test.each(SETS)("of the set %i gives its members in the order of the graph", async (set) => {
      const members = sorted(
        mouse.filter((row) => setsOf(row).includes(set)),
        ["graph_order"],
      );
      expect(members.length).toBeGreaterThan(0);
      expect(await ask(structures.inSet(set))).toEqual(members);
      expect(await ask(structures.inSet(`set ${set}`))).toEqual(members);
    });
  });

  test.each(GRAPHS)("structureTree(%i) is the recorded tree, and that of the rows", async (graph) => {
    const recorded = parseStructureGraph(graphDocument(graph));
    const tree = await allen.structureTree(graph);
    expect([...tree]).toEqual([...recorded]);
    expect(tree.toNested()).toEqual(recorded.toNested());
    const rows = await ask(structures.inGraph(graph));
    expect(rows.map(({ id }) => id).sort()).toEqual([...recorded].map(({ id }) => id).sort());
    expect(await ask(structureGraphs.byId(graph))).toHaveLength(1);
  });

  test("structureTree() of the mouse is answered with the recorded answer", async () => {
    const answer = (await allen.get("/api/v2/structure_graph_download/1.json")).json();
    expect(answer).toEqual(graphDocument(1));
  });

  test("treeSearch() gives those above and those below, by level", async () => {
    const above = (row: Row): Row[] => all.filter(({ id }) => String(row.structure_id_path).includes(`/${id}/`));
    const below = (row: Row): Row[] =>
      all.filter((each) => each.graph_id === row.graph_id && String(each.structure_id_path).includes(`/${row.id}/`));
    const chosen = [...mouse.filter((_, index) => index % 60 === 0), ...all.filter((_, index) => index % 900 === 0)];
    for (const row of [...chosen, ...mouse.filter(({ id }) => id === 997 || id === 695)]) {
      const search = (options: { ancestors?: boolean; descendants?: boolean }): Promise<unknown[]> =>
        allen.treeSearch("Structure", Number(row.id), options);
      const levels = (rows: readonly Row[]): Row[] => sorted(rows, ["depth"]);
      expect(await search({})).toEqual([row]);
      expect(await search({ ancestors: true })).toEqual(levels(above(row)));
      const family = new Set([...above(row), ...below(row)]);
      for (const [options, expected] of [
        [{ descendants: true }, below(row)],
        [{ ancestors: true, descendants: true }, [...family]],
      ] as const) {
        const found = (await search(options)) as Row[];
        expect(sorted(found)).toEqual(sorted(expected));
        expect(found.map(({ depth }) => depth)).toEqual(levels(expected).map(({ depth }) => depth));
      }
    }
    expect(await allen.treeSearch("Structure", 4_000_000_000, { ancestors: true })).toEqual([]);
  });
});
