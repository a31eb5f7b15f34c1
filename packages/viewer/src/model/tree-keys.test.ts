import { parseStructureRows } from "@brainatlas/sdk/ontology";
import { expect, test } from "vitest";
import { treeRows } from "./structure-rows.ts";
import { findTyped, moveInTree } from "./tree-keys.ts";

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
  row(4, 2, "DG", "Dentate gyrus"),
  row(5, 1, "TH", "Thalamus"),
  row(6, 5, "AD", "Anterodorsal nucleus"),
  row(7, 1, "fiber", "fiber tracts"),
]);
/** Structures 1 and 2 are open: 1 2 3 4 5 7. */
const rows = treeRows(tree, { isOpen: (id) => id < 3 });
const at = (activeId: number | undefined): Parameters<typeof moveInTree>[0] => ({ rows, activeId, pageRows: 3 });

test.each([
  ["ArrowDown", 2, 3],
  ["ArrowDown", 7, undefined],
  ["ArrowUp", 5, 4],
  ["ArrowUp", 1, undefined],
  ["Home", 5, 1],
  ["End", 2, 7],
  ["End", 7, undefined],
  ["PageDown", 1, 4],
  ["PageDown", 4, 7],
  ["PageUp", 7, 3],
  ["ArrowRight", 2, 3],
  ["ArrowRight", 3, undefined],
  ["ArrowLeft", 4, 2],
  ["ArrowLeft", 5, 1],
  ["ArrowDown", 99, 2],
])("moveInTree() goes by %s from %i to %s", (key, from, to) => {
  expect(moveInTree(at(from), key)).toEqual(to === undefined ? undefined : { kind: "go", id: to });
});

test("moveInTree() opens what is closed by the right arrow, and closes what is open by the left one", () => {
  expect(moveInTree(at(5), "ArrowRight")).toEqual({ kind: "open", ids: [5] });
  expect(moveInTree(at(2), "ArrowLeft")).toEqual({ kind: "close", ids: [2] });
});

test("moveInTree() opens all siblings by *, and them alone", () => {
  const shut = treeRows(tree, { isOpen: (id) => id === 1 });
  expect(moveInTree({ rows: shut, activeId: 7, pageRows: 3 }, "*")).toEqual({ kind: "open", ids: [2, 5] });
  expect(moveInTree(at(3), "*")).toBeUndefined();
});

test("moveInTree() leaves other keys, and a list without lines, alone", () => {
  expect(moveInTree(at(2), "x")).toBeUndefined();
  expect(moveInTree({ rows: [], activeId: 2, pageRows: 3 }, "ArrowDown")).toBeUndefined();
});

test.each([
  ["d", 1, 4],
  ["t", 5, 5],
  ["TH", 5, 5],
  ["f", 7, 7],
  ["hipp", 7, 2],
  ["zz", 1, undefined],
  ["", 1, undefined],
  ["(", 1, undefined],
])("findTyped() of %j from %i is %s", (typed, from, found) => {
  expect(findTyped({ rows, activeId: from }, typed)).toBe(found);
});
