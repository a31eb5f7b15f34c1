import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { parseStructureGraph } from "./parse-structure-graph.ts";
import { parseStructureGraphXml } from "./parse-structure-graph-xml.ts";
import { parseStructureRows } from "./parse-structure-rows.ts";
import type { StructureRecord } from "./structure-record.ts";
import type { StructureTree } from "./structure-tree.ts";

interface GraphNode extends StructureRecord {
  readonly children: readonly GraphNode[];
}

/** A node with the ids of its ancestors, nearest first. */
interface Seen {
  readonly node: GraphNode;
  readonly above: readonly number[];
}

function readGraph(id: number): { msg: [GraphNode] } {
  return JSON.parse(readFileSync(recording("real", "structure-graph", `${id}.json`), "utf8"));
}

function* walkPlainly(node: GraphNode, above: readonly number[] = []): Generator<Seen> {
  yield { node, above };
  for (const child of node.children) yield* walkPlainly(child, [node.id, ...above]);
}

function readCsv(): Record<string, string>[] {
  const text = gunzipSync(readFileSync(recording("recorded", "rma_Structure_graph1.csv.gz"))).toString("utf8");
  const cells = text
    .trim()
    .split("\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ""),
    );
  const [names = [], ...rows] = cells;
  return rows.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column] ?? ""])));
}

const idsOf = (structures: Iterable<StructureRecord>): number[] => Array.from(structures, ({ id }) => id);
const shapeOf = (tree: StructureTree): (readonly [number, string])[] =>
  tree.toRows().map((row) => [row.id, row.structure_id_path] as const);

describeRecorded("recorded structure graphs", () => {
  test("parseStructureGraph() of graph 1 has 1327 structures, 5 below the root, 1038 leaves and depth 10", () => {
    const tree = parseStructureGraph(readGraph(1));
    expect([tree.size, tree.root?.id, tree.children(997).length, tree.leaves().length]).toEqual([1327, 997, 5, 1038]);
    expect(Math.max(...Array.from(tree, ({ id }) => tree.level(id)))).toBe(10);
    expect(tree.pathText(385)).toBe("root > grey > CH > CTX > CTXpl > Isocortex > VIS > VISp");
    expect(tree.rgb(385)).toEqual([8, 133, 140]);
    expect(tree.find("primary visual area")[0]?.id).toBe(385);
    expect([tree.byAcronym("TH")?.id, tree.byName("thalamus", { ignoreCase: true })?.id]).toEqual([549, 549]);
  });

  test.each([1, 8, 10, 16, 17])("every relation of graph %i is that of a plain walk", (id) => {
    const document = readGraph(id);
    const tree = parseStructureGraph(document);
    const seen = [...walkPlainly(document.msg[0])];
    const below = new Map<number, number[]>(seen.map(({ node }) => [node.id, []]));
    for (const { node, above } of seen) for (const outer of above) below.get(outer)?.push(node.id);
    expect(idsOf(tree)).toEqual(seen.map(({ node }) => node.id));
    for (const { node, above } of seen) {
      const { children, ...columns } = node;
      expect(tree.get(node.id)).toEqual(columns);
      expect(tree.parent(node.id)?.id ?? null).toBe(node.parent_structure_id);
      expect(idsOf(tree.children(node.id))).toEqual(idsOf(children));
      expect(idsOf(tree.ancestors(node.id))).toEqual(above);
      expect(idsOf(tree.descendants(node.id))).toEqual(below.get(node.id));
      expect(tree.level(node.id)).toBe(above.length);
      expect(tree.allByAcronym(node.acronym).some((found) => found.id === node.id)).toBe(true);
      expect(tree.allByName(node.name).some((found) => found.id === node.id)).toBe(true);
    }
    expect(tree.toNested()).toEqual(document.msg);
    expect(shapeOf(parseStructureRows(tree.toRows()))).toEqual(shapeOf(tree));
  });

  test("isDescendant() tells every pair of graph 8 as a plain walk does", () => {
    const document = readGraph(8);
    const tree = parseStructureGraph(document);
    const seen = [...walkPlainly(document.msg[0])];
    const pairs = seen.flatMap(({ node, above }) => seen.map((other) => ({ node, above, outer: other.node.id })));
    const wrong = pairs.filter(({ node, above, outer }) => tree.isDescendant(node.id, outer) !== above.includes(outer));
    expect(wrong).toEqual([]);
  });

  test("collapse() of graph 1 onto major divisions leaves out what lies in none", () => {
    const tree = parseStructureGraph(readGraph(1));
    const divisions = [315, 698, 1089, 703, 477, 803, 549, 1097, 313, 771, 354, 512];
    const owners = tree.collapse(divisions);
    expect(tree.overlaps(divisions)).toEqual([]);
    expect([owners.get(385), owners.get(997), owners.get(1009)]).toEqual([315, undefined, undefined]);
    const sizes = divisions.map((division) => tree.descendants(division, { self: true }).length);
    expect(owners.size).toBe(sizes.reduce((sum, size) => sum + size));
  });

  test("parseStructureRows() of the rows of graph 1 hangs them as the graph does", () => {
    const number = (text: string | undefined): number | null =>
      text === undefined || text === "" ? null : Number(text);
    const rows = readCsv().map((row) => ({
      id: Number(row.id),
      acronym: row.acronym,
      name: row.name,
      parent_structure_id: number(row.parent_structure_id),
      graph_order: number(row.graph_order),
      structure_id_path: row.structure_id_path || null,
      depth: number(row.depth),
    }));
    const tree = parseStructureRows(rows);
    expect(idsOf(tree.roots)).toEqual([997, 0]);
    const graph = tree.filter(({ id }) => id !== 0);
    expect(shapeOf(graph)).toEqual(shapeOf(parseStructureGraph(readGraph(1))));
    for (const row of graph)
      expect([graph.level(row.id), `/${graph.path(row.id).join("/")}/`]).toEqual([row.depth, row.structure_id_path]);
  });

  test("parseStructureGraphXml() reads the human graph as written", () => {
    const xml = gunzipSync(readFileSync(recording("recorded", "structure_graph_download_10.xml.gz"))).toString("utf8");
    const tree = parseStructureGraphXml(xml);
    expect([tree.size, tree.root?.id, tree.root?.color_hex_triplet]).toEqual([1534, 4005, "A0A0A0"]);
    const written = [...xml.matchAll(/<structure>\s*<id type="integer">(\d+)</g)].map(([, id]) => Number(id));
    expect(idsOf(tree)).toEqual(written);
    expect(tree.pathText(4009)).toBe("Br > GM > Tel > Cx > FL");
  });

  test("parseStructureGraphXml() reads the mouse graph of 2013 as written", () => {
    const xml = readFileSync(recording("real", "structure-graph", "1-2013.xml"), "utf8");
    const tree = parseStructureGraphXml(xml);
    expect([tree.size, tree.root?.acronym, tree.get(385)?.name]).toEqual([1198, "root", "Primary visual area"]);
    const written = [...xml.matchAll(/<parent-structure-id>(\w+)</g)].map(([, id]) =>
      id === "null" ? null : Number(id),
    );
    expect(Array.from(tree, (structure) => structure.parent_structure_id)).toEqual(written);
  });
});
