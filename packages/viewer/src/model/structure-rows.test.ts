import { readFileSync } from "node:fs";
import { parseStructureGraph, parseStructureRows, StructureTree } from "@brainatlas/sdk/ontology";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { firstOpen, keptByBoth, matchStructures, splitMatch, treeRows, withAncestors } from "./structure-rows.ts";

const row = (id: number, parent: number | null, acronym: string, name: string): object => ({
  id,
  parent_structure_id: parent,
  acronym,
  name,
  graph_order: id,
});
const tree = parseStructureRows([
  row(1, null, "root", "root"),
  row(2, 1, "HPF", "Hippocampal formation"),
  row(3, 2, "CA", "Ammon's horn"),
  row(4, 3, "CA1", "Field CA1"),
  row(5, 3, "CA3", "Field CA3"),
  row(6, 2, "DG", "Dentate gyrus"),
  row(7, 1, "fiber", "fiber tracts"),
]);
const everything = { isOpen: () => true };
const words = (rows: ReturnType<typeof treeRows>): string[] =>
  rows.map(
    ({ id, level, place, siblings, isOpen, below }) => `${id}: ${level} ${place}/${siblings} ${isOpen} ${below}`,
  );

test("treeRows() gives levels, places and counts", () => {
  expect(words(treeRows(tree, everything))).toEqual([
    "1: 1 1/1 true 6",
    "2: 2 1/2 true 4",
    "3: 3 1/2 true 2",
    "4: 4 1/2 undefined 0",
    "5: 4 2/2 undefined 0",
    "6: 3 2/2 undefined 0",
    "7: 2 2/2 undefined 0",
  ]);
});

test("treeRows() leaves out what lies in closed structures", () => {
  const rows = treeRows(tree, { isOpen: (id) => id === 1 });
  expect(words(rows)).toEqual(["1: 1 1/1 true 6", "2: 2 1/2 false 4", "7: 2 2/2 undefined 0"]);
});

test("treeRows() counts the siblings that are kept, and closes what has none", () => {
  const rows = treeRows(tree, { ...everything, kept: new Set([1, 2, 6]) });
  expect(words(rows)).toEqual(["1: 1 1/1 true 6", "2: 2 1/1 true 4", "6: 3 1/1 undefined 0"]);
});

test("treeRows() of a tree without structures has no lines", () => {
  expect(treeRows(new StructureTree([]), everything)).toEqual([]);
});

test("treeRows() of a deep tree does not overflow", () => {
  const deep = Array.from({ length: 20_000 }, (_, index) => row(index + 1, index === 0 ? null : index, "a", "a"));
  const rows = treeRows(parseStructureRows(deep), { isOpen: (id) => id < 10_000 });
  expect(rows.at(-1)).toMatchObject({ id: 10_000, level: 10_000 });
});

test.each([
  ["ca1", [4]],
  ["field", [4, 5]],
  ["  FIELD ca3 ", [5]],
  ["6", [6]],
  ["nothing such", []],
  [".*[(", []],
])("matchStructures() of %j finds by acronym, name and id", (text, ids) => {
  const found = matchStructures(tree, text);
  expect([...(found?.matches ?? [])].sort()).toEqual(ids);
  expect(found?.kept).toEqual(withAncestors(ids, tree));
});

test("matchStructures() of blanks leaves all", () => {
  expect(matchStructures(tree, "  ")).toBeUndefined();
});

test("withAncestors() leaves out ids that the tree does not know", () => {
  expect([...withAncestors([5, 99], tree)].sort()).toEqual([1, 2, 3, 5]);
});

test("keptByBoth() takes undefined for all", () => {
  const [one, other] = [new Set([1, 2]), new Set([2, 3])];
  expect(keptByBoth(undefined, undefined)).toBeUndefined();
  expect(keptByBoth(one, undefined)).toBe(one);
  expect(keptByBoth(undefined, other)).toBe(other);
  expect(keptByBoth(one, other)).toEqual(new Set([2]));
});

test("firstOpen() opens whole levels that fit, and the roots always", () => {
  expect([...firstOpen(tree, 0)]).toEqual([1]);
  expect([...firstOpen(tree, 3)]).toEqual([1]);
  expect([...firstOpen(tree, 5)].sort()).toEqual([1, 2, 7]);
  expect(firstOpen(new StructureTree([]), 9).size).toBe(0);
});

test.each([
  ["Field CA1", "ca", ["Field ", "CA", "1"]],
  ["Field CA1", " field ", ["", "Field", " CA1"]],
  ["Field", "x", ["Field", "", ""]],
  ["Field", "", ["Field", "", ""]],
  ["İx", "x", ["İx", "", ""]],
  ["a+b(", "+B(", ["a", "+b(", ""]],
])("splitMatch() of %j and %j", (text, wanted, parts) => {
  expect(splitMatch(text, wanted)).toEqual(parts);
});

test("splitMatch() loses nothing of any text", () => {
  checkProperty(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (text, wanted) => {
      expect(splitMatch(text, wanted).join("")).toBe(text);
    }),
  );
});

describeRecorded("real graphs", () => {
  const graphs = new Map<number, StructureTree>();
  beforeAll(() => {
    for (const id of [1, 10, 16, 17]) {
      const text = readFileSync(recording("real", "structure-graph", `${id}.json`), "utf8");
      graphs.set(id, parseStructureGraph(JSON.parse(text)));
    }
  });

  test("treeRows() has each structure once, in graph order, when all is open", () => {
    for (const graph of graphs.values()) {
      const rows = treeRows(graph, everything);
      expect(rows.map(({ id }) => id)).toEqual([...graph].map(({ id }) => id));
      expect(rows.every(({ id, level }) => level === graph.level(id) + 1)).toBe(true);
    }
  });

  test("matchStructures() keeps the way from the root to CA1", () => {
    const graph = graphs.get(1) ?? new StructureTree([]);
    const { kept, matches } = matchStructures(graph, "ca1") ?? { kept: new Set(), matches: new Set() };
    const rows = treeRows(graph, { ...everything, kept: kept as ReadonlySet<number> });
    expect(matches.has(382)).toBe(true);
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([...graph.path(382)]));
    expect(rows.length).toBe(kept.size);
  });
});
