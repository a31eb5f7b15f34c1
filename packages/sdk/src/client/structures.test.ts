import { expect, test } from "vitest";
import { json, rejectionOf, startFaultServer, text } from "../../../../tests/support/fault-server.ts";
import { StructureTree } from "../ontology/structure-tree.ts";
import { BrainAtlas } from "./brain-atlas.ts";

const GRAPH = "/api/v2/structure_graph_download/1.json";
const SEARCH = "/api/v2/tree_search/Structure/8.json";

async function clientOf(path: string, answer: Parameters<typeof startFaultServer>[0][string]) {
  const server = await startFaultServer({ [path]: answer });
  return { server, client: new BrainAtlas({ baseUrl: server.origin, backoffMs: 1 }) };
}

test("structureTree() reads a graph", async () => {
  const grey = { id: 8, acronym: "grey", name: "Grey", parent_structure_id: 997, children: [] };
  const root = { id: 997, acronym: "root", name: "root", parent_structure_id: null, children: [grey] };
  const { client } = await clientOf(GRAPH, json({ success: true, id: 0, num_rows: 1, total_rows: 1, msg: [root] }));
  const tree = await client.structureTree(1);
  expect(tree).toBeInstanceOf(StructureTree);
  expect([...tree].map(({ acronym }) => acronym)).toEqual(["root", "grey"]);
});

test("structureTree() says that there is no such graph", async () => {
  const { client, server } = await clientOf(GRAPH, json({ success: true, msg: [] }));
  expect(await rejectionOf(client.structureTree(1))).toMatchObject({
    code: "ATLAS_DECODE",
    message: `Cannot decode structure graph 1 from ${server.origin}${GRAPH}: msg[0] holds no row; expected the id of a StructureGraph`,
  });
  const refusing = await clientOf(GRAPH, json({ success: false, msg: "no graph" }));
  expect(await rejectionOf(refusing.client.structureTree(1))).toMatchObject({ code: "ATLAS_API", query: GRAPH });
  const down = await clientOf(GRAPH, text(200, "<html>"));
  expect(await rejectionOf(down.client.structureTree(1))).toMatchObject({ code: "ATLAS_DECODE" });
  expect(await rejectionOf(down.client.structureTree(2))).toMatchObject({ code: "ATLAS_HTTP", status: 404 });
});

test.each([-1, 1.5, Number.NaN])("structureTree() and treeSearch() refuse the id %d", async (id) => {
  const client = new BrainAtlas({ fetch: () => Promise.reject(new Error("Cannot send: the test sends nothing")) });
  expect(await rejectionOf(client.structureTree(id))).toBeInstanceOf(RangeError);
  expect(await rejectionOf(client.treeSearch("Structure", id))).toBeInstanceOf(RangeError);
  expect(await rejectionOf(client.treeSearch("Gene" as "Structure", 1))).toBeInstanceOf(TypeError);
});

test("treeSearch() gives the record and the relatives asked for", async () => {
  const { client, server } = await clientOf(SEARCH, json({ success: true, msg: [{ id: 997 }, { id: 8 }] }));
  expect(await client.treeSearch("Structure", 8, { ancestors: true })).toEqual([{ id: 997 }, { id: 8 }]);
  await client.treeSearch("Structure", 8, { descendants: true, signal: new AbortController().signal });
  await client.treeSearch("Structure", 8);
  expect(server.paths).toEqual([
    `${SEARCH}?ancestors=true&descendants=false`,
    `${SEARCH}?ancestors=false&descendants=true`,
    `${SEARCH}?ancestors=false&descendants=false`,
  ]);
  const none = await clientOf(SEARCH, json({ success: true, msg: [] }));
  expect(await none.client.treeSearch("Structure", 8)).toEqual([]);
});
