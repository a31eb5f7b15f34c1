import { parseDrawing } from "@brainatlas/sdk/drawing";
import { StructureTree } from "@brainatlas/sdk/ontology";
import { expect, test } from "vitest";
import { visibleRegions } from "./drawing-groups.ts";
import { structureUnder } from "./hover.ts";
import { selectionWords } from "./selection-words.ts";
import { structureColour, structureWords } from "./structure-words.ts";

const NAMES = ["root", "grey", "Cerebrum", "Cortex", "Isocortex", "Visual areas", "Primary visual area "];
const TREE = new StructureTree(
  NAMES.map((name, index) => ({
    id: index + 1,
    atlas_id: null,
    ontology_id: 1,
    acronym: `A${index + 1}`,
    name,
    color_hex_triplet: "08858C",
    graph_order: index,
    st_level: null,
    hemisphere_id: 3,
    parent_structure_id: index === 0 ? null : index,
  })),
);

const DRAWING = parseDrawing(`<svg width="20" height="20">
  <g id="1" order="1" graphic_group_label_id="28" graphic_group_label="A"><path id="2" order="0" structure_id="7" d="M0,0h9v9h-9z" style="fill:#bfdae3"/></g>
  <g id="3" order="2" graphic_group_label_id="99" graphic_group_label="B"><path id="4" order="0" structure_id="2" d="M0,0h4v4h-4z" style="fill:#bfdae3"/></g></svg>`);

test("structureWords() names what a structure lies in, the outermost left out", () => {
  expect(structureWords(TREE, 7)).toEqual({
    acronym: "A7",
    name: "Primary visual area",
    path: "… › Cortex › Isocortex › Visual areas",
  });
  expect(structureWords(TREE, 3).path).toBe("grey");
  expect(structureWords(TREE, 2).path).toBe("");
  expect(structureWords(TREE, 1).path).toBe("");
});

test("structureWords() gives the id of what the tree has not", () => {
  expect(structureWords(TREE, 99).acronym).toBe("99");
  expect(structureWords(undefined, 7)).toEqual({ acronym: "7", name: "Structure", path: "" });
});

test("structureColour() is none of what has none, or is not there", () => {
  expect(structureColour(TREE, 7)).toBe("#08858c");
  expect(structureColour(TREE, 99)).toBeUndefined();
  expect(structureColour(undefined, 7)).toBeUndefined();
});

test("structureUnder() sees what is painted, and no group that is hidden", () => {
  expect(structureUnder(DRAWING, [], { x: 2, y: 2 })).toBe(2);
  expect(structureUnder(DRAWING, [99], { x: 2, y: 2 })).toBe(7);
  expect(structureUnder(DRAWING, [28, 99], { x: 2, y: 2 })).toBeUndefined();
  expect(structureUnder(DRAWING, [], { x: 15, y: 2 })).toBeUndefined();
});

test("visibleRegions() are those that structureUnder() sees", () => {
  const ids = (hidden: readonly number[]) => visibleRegions(DRAWING, hidden).map(({ id }) => id);
  expect([ids([]), ids([99]), ids([28]), ids([5])]).toEqual([[2, 4], [2], [4], [2, 4]]);
});

test("selectionWords() says what has become of the selection", () => {
  expect(selectionWords(TREE, [], [7])).toBe("A7, Primary visual area selected");
  expect(selectionWords(TREE, [7], [7, 3])).toBe("A3, Cerebrum selected, 2 in all");
  expect(selectionWords(TREE, [7, 3], [7])).toBe("A3, Cerebrum no longer selected");
  expect(selectionWords(TREE, [7], [])).toBe("Nothing selected");
  expect(selectionWords(TREE, [], [3, 4, 5])).toBe("3 structures selected, 3 in all");
  expect(selectionWords(TREE, [7], [7])).toBe("");
});
