import { parseDrawing } from "@brainatlas/sdk/drawing";
import { StructureTree } from "@brainatlas/sdk/ontology";
import { expect, test } from "vitest";
import { chooseLegend, MAX_LEGEND } from "./legend.ts";
import { printStructureTable, type StructureFacts, structureFacts } from "./structure-table.ts";

function makeStructure(
  id: number,
  parent: number | null,
  acronym: string,
  name: string,
  colour: string | null = "BFDAE3",
) {
  return {
    id,
    parent_structure_id: parent,
    acronym,
    name,
    color_hex_triplet: colour,
    atlas_id: null,
    ontology_id: 1,
    graph_order: id,
    st_level: null,
    hemisphere_id: null,
  };
}

const TREE = new StructureTree([
  makeStructure(1, null, "root", "root"),
  makeStructure(2, 1, "CA1", "Field CA1, pyramidal"),
  makeStructure(3, 1, "=X", "=HYPERLINK(1)", null),
]);

const DRAWING = parseDrawing(
  `<svg width="99" height="99"><g transform="scale(1.0)">${[
    [9, "M0,0 h4 v4 h-4 z"],
    [3, "M0,0 h10 v10 h-10 z"],
    [2, "M0,0 h10 v5 h-10 z"],
    [2, "M20,0 h10 v3 h-10 z"],
  ]
    .map(
      ([structure, d], id) =>
        `<path id="${id}" order="${id}" parent_id="" structure_id="${structure}" d="${d}" style="stroke:black;fill:#0a0b0c"/>`,
    )
    .join("")}</g></svg>`,
);

test("structureFacts() sums up regions in the order of the ontology, unknown ones last", () => {
  expect(structureFacts(DRAWING.regions, TREE)).toEqual([
    {
      id: 2,
      acronym: "CA1",
      name: "Field CA1, pyramidal",
      parentAcronym: "root",
      path: "root > CA1",
      parts: 2,
      areaPx2: 80,
      colour: "#bfdae3",
    },
    expect.objectContaining({ id: 3, parts: 1, areaPx2: 100, colour: "#0a0b0c" }),
    { id: 9, acronym: "", name: "", parentAcronym: "", path: "", parts: 1, areaPx2: 16, colour: "#0a0b0c" },
  ]);
});

test("structureFacts() has the areas that the drawing itself says", () => {
  const areas = structureFacts(DRAWING.regions, undefined).map(({ id, areaPx2 }) => [id, areaPx2] as const);
  expect(new Map(areas)).toEqual(new Map([...DRAWING.areaByStructure()].sort(([a], [b]) => a - b)));
});

test("printStructureTable() prints areas in both units, and no formula", () => {
  expect(printStructureTable(structureFacts(DRAWING.regions, TREE), 10).split("\r\n")).toEqual([
    "structure_id,acronym,name,parent_acronym,path,parts,area_px2,area_um2,colour",
    '2,CA1,"Field CA1, pyramidal",root,root > CA1,2,80,8000,#bfdae3',
    "3,'=X,'=HYPERLINK(1),root,root > =X,1,100,10000,#0a0b0c",
    "9,,,,,1,16,1600,#0a0b0c",
    "",
  ]);
  expect(printStructureTable(structureFacts(DRAWING.regions, TREE), undefined)).toContain("2,80,,#bfdae3");
});

function makeFacts(id: number, areaPx2: number): StructureFacts {
  return { id, acronym: `S${id}`, name: "", parentAcronym: "", path: "", parts: 1, areaPx2, colour: "#bfdae3" };
}

test("chooseLegend() names the selected structures, as they were selected", () => {
  const legend = chooseLegend([3, 2, 77], structureFacts(DRAWING.regions, TREE), TREE);
  expect(legend.entries.map(({ id, colour }) => [id, colour])).toEqual([
    [3, "#0a0b0c"],
    [2, "#bfdae3"],
  ]);
  expect(legend.more).toBe(0);
});

test("chooseLegend() names what is seen where nothing is selected, but not what has no name", () => {
  expect(chooseLegend([], structureFacts(DRAWING.regions, TREE), TREE).entries.map(({ id }) => id)).toEqual([2, 3]);
});

test("chooseLegend() names the largest of too many, in their order, and says how many more there are", () => {
  const seen = Array.from({ length: 40 }, (_, id) => makeFacts(id, id % 2 === 0 ? 1000 : id));
  const { entries, more } = chooseLegend([], seen, undefined);
  expect(more).toBe(40 - MAX_LEGEND);
  expect(entries.map(({ id }) => id)).toEqual(
    [...Array(20).keys()]
      .map((half) => half * 2)
      .concat([33, 35, 37, 39])
      .sort((a, b) => a - b),
  );
});
