import { expect, test } from "vitest";
import { parseStructureRows } from "./parse-structure-rows.ts";

const ROOT = { id: 997, acronym: "root", name: "root", parent_structure_id: null };
const GREY = { id: 8, acronym: "grey", name: "Grey", parent_structure_id: 997, structure_id_path: "/997/8/" };
const CORTEX = {
  id: 688,
  acronym: "CTX",
  name: "Cortex",
  parent_structure_id: 567,
  structure_id_path: "/997/8/567/688/",
};

test("parseStructureRows() reads an answer of the API and its rows alone", () => {
  const answer = { success: true, id: 0, start_row: 0, num_rows: 2, total_rows: 2, msg: [GREY, ROOT] };
  expect(parseStructureRows(answer).toRows()).toEqual(parseStructureRows([ROOT, GREY]).toRows());
  expect(parseStructureRows([]).size).toBe(0);
});

test("parseStructureRows() keeps columns it does not know, freezes rows, and sets what is left out to null", () => {
  const row = { ...ROOT, weight: 8690, own: [1] };
  const record = parseStructureRows([row]).root;
  expect(record).toEqual({
    ...row,
    ...{
      atlas_id: null,
      ontology_id: null,
      color_hex_triplet: null,
      graph_order: null,
      st_level: null,
      hemisphere_id: null,
    },
  });
  expect(Object.isFrozen(record)).toBe(true);
});

test("parseStructureRows() takes the parent from the path where the column is left out", () => {
  const { parent_structure_id: _, ...grey } = GREY;
  expect(parseStructureRows([ROOT, grey]).parent(8)?.id).toBe(997);
});

test("parseStructureRows() reads sets as ids and as rows", () => {
  const rows = [
    ROOT,
    { ...GREY, structure_set_ids: [2], structure_sets: [{ id: 167_587_189, name: "Summary" }, { id: 2 }] },
  ];
  const tree = parseStructureRows(rows);
  expect([tree.setIds(), tree.bySet(167_587_189)[0]?.id, tree.bySet(2).length]).toEqual([[2, 167_587_189], 8, 1]);
});

test("parseStructureRows() reads rows as AllenSDK keeps them", () => {
  const rows = [
    { id: 997, acronym: "root", name: "root", structure_id_path: [997], rgb_triplet: [255, 255, 255] },
    { id: 8, acronym: "grey", name: "Grey", structure_id_path: [997, 8], rgb_triplet: [191, 218, 227] },
  ];
  const grey = parseStructureRows(rows).get(8);
  expect(grey).toMatchObject({ parent_structure_id: 997, structure_id_path: "/997/8/", color_hex_triplet: "BFDAE3" });
});

test("parseStructureRows() hangs rows of a part on the nearest ancestor that is there", () => {
  const tree = parseStructureRows([CORTEX, GREY], { partial: true });
  expect([tree.root?.id, tree.parent(688)?.id]).toEqual([8, 8]);
  const apart = { ...CORTEX, structure_id_path: null };
  expect(parseStructureRows([apart, GREY], { partial: true }).roots.map(({ id }) => id)).toEqual([8, 688]);
});

test("parseStructureRows() takes a column named __proto__ as a column", () => {
  const row: unknown = JSON.parse('{"id":1,"acronym":"a","name":"A","parent_structure_id":null,"__proto__":{"id":2}}');
  const record = parseStructureRows([row]).root;
  expect(record?.id).toBe(1);
  expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
  expect(() => parseStructureRows([JSON.parse('{"__proto__":{"id":2,"acronym":"a","name":"A"}}')])).toThrow("[0]");
});

test.each<[unknown, string, string]>([
  [null, "the document", "null"],
  ["text", "the document", "text"],
  [{ success: false, msg: "Bad model" }, "success", "false"],
  [{ msg: [] }, "success", "nothing"],
  [{ success: true, msg: {} }, "msg", "an object"],
  [[1], "[0]", "1"],
  [[[]], "[0]", "a list"],
  [{ success: true, msg: [ROOT, { ...GREY, id: "8" }] }, "msg[1].id", "8"],
  [[{ ...ROOT, id: -1 }], "[0].id", "-1"],
  [[{ ...ROOT, id: 1.5 }], "[0].id", "1.5"],
  [[{ ...ROOT, acronym: null }], "[0].acronym", "null"],
  [[{ ...ROOT, name: 5 }], "[0].name", "5"],
  [[{ ...ROOT, graph_order: "1" }], "[0].graph_order", "1"],
  [[{ ...ROOT, color_hex_triplet: "#FFFFFF" }], "[0].color_hex_triplet", "#FFFFFF"],
  [[{ ...ROOT, color_hex_triplet: "FFF" }], "[0].color_hex_triplet", "FFF"],
  [[{ ...ROOT, structure_sets: {} }], "[0].structure_sets", "an object"],
  [[{ ...ROOT, structure_sets: [{ id: 1 }, {}] }], "[0].structure_sets[1].id", "nothing"],
  [[{ ...ROOT, structure_set_ids: ["1"] }], "[0].structure_set_ids[0]", "1"],
  [[ROOT, { ...GREY, structure_id_path: "/997/9/8/" }], "[1].structure_id_path", "/997/9/8/"],
  [[ROOT, { ...GREY, structure_id_path: "997/8" }], "[1].structure_id_path", "997/8"],
  [[ROOT, { ...GREY, structure_id_path: "/997/9/" }], "[1].structure_id_path", "/997/9/"],
  [[{ ...ROOT, structure_id_path: [997, "8"] }], "[0].structure_id_path", "a list"],
  [[{ ...ROOT, rgb_triplet: [1, 2, 256] }], "[0].rgb_triplet", "a list"],
  [[{ id: 1, acronym: "a", name: "A" }], "[0].parent_structure_id", "nothing"],
  [[ROOT, ROOT], "[1].id", "997"],
  [[ROOT, CORTEX], "[1].parent_structure_id", "567"],
  [
    [
      { ...ROOT, id: 1, parent_structure_id: 2 },
      { ...ROOT, id: 2, parent_structure_id: 1 },
    ],
    "[0].parent_structure_id",
    "2",
  ],
])("parseStructureRows() refuses %j at %s", (rows, at, found) => {
  expect(() => parseStructureRows(rows)).toThrow(expect.objectContaining({ code: "ATLAS_DECODE", at }));
  expect(() => parseStructureRows(rows)).toThrow(found);
});

test("parseStructureRows() refuses a cycle in a part, too", () => {
  const rows = [
    { ...ROOT, id: 1, parent_structure_id: 2 },
    { ...ROOT, id: 2, parent_structure_id: 1 },
  ];
  expect(() => parseStructureRows(rows, { partial: true })).toThrow(expect.objectContaining({ code: "ATLAS_DECODE" }));
});

test("parseStructureRows() reads 100,000 rows, be they flat or deep", () => {
  const row = (id: number, parent: number): object => ({ ...ROOT, id, parent_structure_id: id === 1 ? null : parent });
  const deep = parseStructureRows(Array.from({ length: 100_000 }, (_, index) => row(index + 1, index)));
  expect([deep.level(100_000), deep.isDescendant(100_000, 1), deep.leaves().length]).toEqual([99_999, true, 1]);
  expect(deep.toNested()).toHaveLength(1);
  const flat = parseStructureRows(Array.from({ length: 100_000 }, (_, index) => row(index + 1, 1)));
  expect([flat.children(1).length, flat.level(100_000)]).toEqual([99_999, 1]);
});
