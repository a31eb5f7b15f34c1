import { StructureTree } from "@brainatlas/sdk/ontology";
import { expect, test } from "vitest";
import { withDescendants, withoutStructures, withStructure } from "./selection.ts";
import { createView } from "./view.ts";

const VIEW = createView({ kind: "atlas", id: 1 });

function structure(id: number, parent: number | null) {
  return {
    id,
    atlas_id: null,
    ontology_id: 1,
    acronym: `S${id}`,
    name: `structure ${id}`,
    color_hex_triplet: "FF0000",
    graph_order: id,
    st_level: null,
    hemisphere_id: 3,
    parent_structure_id: parent,
  };
}

test("withStructure() selects one, adds others, and takes back what is selected", () => {
  const one = withStructure(VIEW, 7, false);
  expect(one.structures).toEqual([7]);
  expect(withStructure(one, 7, false)).toBe(one);
  const two = withStructure(one, 9, true);
  expect(two.structures).toEqual([7, 9]);
  expect(withStructure(two, 7, true).structures).toEqual([9]);
  expect(withStructure(two, 3, false).structures).toEqual([3]);
  expect(withoutStructures(two).structures).toEqual([]);
  expect(withoutStructures(VIEW)).toBe(VIEW);
});

test("withDescendants() adds all that lies under a structure, and keeps what the tree does not know", () => {
  const tree = new StructureTree([structure(1, null), structure(2, 1), structure(3, 2), structure(4, 1)]);
  expect([...withDescendants([2, 99], tree)].sort()).toEqual([2, 3, 99]);
  expect([...withDescendants([2], undefined)]).toEqual([2]);
});
