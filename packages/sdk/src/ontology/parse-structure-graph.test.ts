import { expect, test } from "vitest";
import { parseStructureGraph } from "./parse-structure-graph.ts";

interface Node {
  readonly id: unknown;
  readonly acronym: unknown;
  readonly name: string;
  readonly parent_structure_id?: unknown;
  readonly children?: unknown;
}

const node = (id: unknown, children: unknown = [], more: object = {}): Node => ({
  id,
  acronym: `S${String(id)}`,
  name: "",
  children,
  ...more,
});
const answer = (...msg: unknown[]): object => ({ success: true, id: 0, start_row: 0, num_rows: 1, total_rows: 1, msg });

test("parseStructureGraph() reads the answer, its msg, and a node", () => {
  const root = node(1, [node(2, [node(3)]), node(4)]);
  const rows = parseStructureGraph(root).toRows();
  expect(rows.map((row) => row.structure_id_path)).toEqual(["/1/", "/1/2/", "/1/2/3/", "/1/4/"]);
  expect(parseStructureGraph([root]).toRows()).toEqual(rows);
  expect(parseStructureGraph(answer(root)).toRows()).toEqual(rows);
});

test("parseStructureGraph() fills in parents that nodes leave out, and drops the children of records", () => {
  const tree = parseStructureGraph(node(1, [{ ...node(2), children: undefined }]));
  expect(tree.get(2)?.parent_structure_id).toBe(1);
  expect(tree.get(1)).not.toHaveProperty("children");
});

test("parseStructureGraph() reads a part of a graph, whose root keeps its parent's id", () => {
  const tree = parseStructureGraph(node(315, [node(385)], { parent_structure_id: 695 }));
  expect([tree.root?.parent_structure_id, tree.parent(315), tree.toRows()[0]?.parent_structure_id]).toEqual([
    695,
    undefined,
    null,
  ]);
});

test.each<[string, unknown, string]>([
  ["a node that is none", answer(node(1, [node(2), null])), "msg[0].children[1]"],
  ["an acronym that is none", answer(node(1, [node(2), node(3, [], { acronym: 3 })])), "msg[0].children[1].acronym"],
  ["a root without a name", { id: 1, acronym: "a" }, "name"],
  ["a root that is a text", answer("root"), "msg[0]"],
  ["children that are none", [node(1, {})], "[0].children"],
  [
    "a parent that is not the node around",
    node(1, [node(2, [], { parent_structure_id: 3 })]),
    "children[0].parent_structure_id",
  ],
  ["an id twice", answer(node(1, [node(2), node(3, [node(2)])])), "msg[0].children[1].children[0].id"],
  ["a failure", { success: false, msg: "no such graph" }, "success"],
])("parseStructureGraph() refuses %s", (_, document, at) => {
  expect(() => parseStructureGraph(document)).toThrow(expect.objectContaining({ code: "ATLAS_DECODE", at }));
});

test("parseStructureGraph() refuses a node that lies inside itself", () => {
  const children: unknown[] = [];
  const root = node(1, children);
  children.push(root);
  expect(() => parseStructureGraph(root)).toThrow(expect.objectContaining({ at: "children[0].id" }));
});

test("parseStructureGraph() reads 100,000 nodes in each other, and cuts the path of an error among them", () => {
  const nest = (innermost: Node): Node => {
    let outer = innermost;
    for (let id = 99_999; id > 0; id -= 1) outer = node(id, [outer]);
    return outer;
  };
  const tree = parseStructureGraph(answer(nest(node(100_000))));
  expect([tree.size, tree.level(100_000)]).toEqual([100_000, 99_999]);
  const at = expect.stringMatching(/^msg\[0\](\.children\[0\])+\.…(\.children\[0\])+\.acronym$/);
  expect(() => parseStructureGraph(answer(nest(node(100_000, [], { acronym: 5 }))))).toThrow(
    expect.objectContaining({ at }),
  );
});
