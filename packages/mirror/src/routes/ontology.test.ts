import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

import { describe, expect, onTestFinished, test } from "vitest";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import type { ModelRow } from "../records/model-row.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";

const ORIGIN = "http://mirror.test";

/** A mirror of rows at hand. */
function mirrorOf(rows: readonly ModelRow[]): Mirror {
  const database = RecordDatabase.create();
  writeRows(database, rows);
  onTestFinished(() => database.close());
  return createMirror({
    store: {
      record: async () => undefined,
      records: async () => database,
      picture: async () => undefined,
      drawing: async () => undefined,
      asset: async () => undefined,
      answer: async () => undefined,
      close() {},
    },
  });
}

function structure(id: number, parent: number | null, order: number, more: Record<string, unknown> = {}): ModelRow {
  const names = { acronym: `A${id}`, name: `Area ${id}`, color_hex_triplet: "FFFFFF" };
  const row = { id, graph_id: 1, parent_structure_id: parent, graph_order: order, st_level: null, ...names, ...more };
  return { model: "Structure", row: { ...row, atlas_id: null, ontology_id: 1, hemisphere_id: 3 } };
}

const TREE = [
  structure(997, null, 0, { name: 'root & "all"' }),
  structure(10, 8, 2),
  structure(8, 997, 1, { st_level: 1 }),
  structure(9, 997, 3),
  structure(5, null, 0, { graph_id: 2 }),
];

async function getText(mirror: Mirror, path: string): Promise<string> {
  return await (await mirror.fetch(ORIGIN + path)).text();
}

describe("structure_graph_download", () => {
  test("writes a tree as JSON to the byte", async () => {
    const response = await mirrorOf(TREE).fetch(`${ORIGIN}/api/v2/structure_graph_download/2.json`);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(response.headers.get("x-brainatlas-source")).toBe("computed");
    expect(await response.text()).toBe(`{
  "success": true,
  "id": 0,
  "start_row": 0,
  "num_rows": 1,
  "total_rows": 1,
  "msg": [
    {
     "id": 5,
     "atlas_id": null,
     "ontology_id": 1,
     "acronym": "A5",
     "name": "Area 5",
     "color_hex_triplet": "FFFFFF",
     "graph_order": 0,
     "st_level": null,
     "hemisphere_id": 3,
     "parent_structure_id": null,
     "children": []
    }
  ]
}
`);
  });

  test("nests structures in the graph's order", async () => {
    const { msg } = JSON.parse(await getText(mirrorOf(TREE), "/api/v2/structure_graph_download/1"));
    const ids = (node: { id: number; children: [] }): unknown => [node.id, node.children.map(ids)];
    expect(msg.map(ids)).toEqual([
      [
        997,
        [
          [8, [[10, []]]],
          [9, []],
        ],
      ],
    ]);
  });

  test("writes a tree as XML to the byte", async () => {
    const mirror = mirrorOf([TREE[0], TREE[2]].flatMap((row) => row ?? []));
    const response = await mirror.fetch(`${ORIGIN}/api/v2/structure_graph_download/1.xml`);
    expect(response.headers.get("content-type")).toBe("application/xml; charset=utf-8");
    expect(await response.text()).toBe(`<Response success="true" id="0" start_row="0" num_rows="1" total_rows="1">
    <structure>
      <id>997</id>
      <atlas-id></atlas-id>
      <ontology-id>1</ontology-id>
      <acronym>"A997"</acronym>
      <name>"root &amp; "all""</name>
      <color-hex-triplet>FFFFFF</color-hex-triplet>
      <graph-order>0</graph-order>
      <st-level></st-level>
      <hemisphere-id>3</hemisphere-id>
      <parent-structure-id>null</parent-structure-id>
      <children>
        <structure>
          <id>8</id>
          <atlas-id></atlas-id>
          <ontology-id>1</ontology-id>
          <acronym>"A8"</acronym>
          <name>"Area 8"</name>
          <color-hex-triplet>FFFFFF</color-hex-triplet>
          <graph-order>1</graph-order>
          <st-level>1</st-level>
          <hemisphere-id>3</hemisphere-id>
          <parent-structure-id>997</parent-structure-id>
        </structure>
      </children>
    </structure>
</Response>
`);
  });

  test.each(["3", "99999999999999999999"])("answers the graph %s that there is none of with nothing", async (id) => {
    const mirror = mirrorOf(TREE);
    expect(JSON.parse(await getText(mirror, `/api/v2/structure_graph_download/${id}.json`))).toEqual({
      success: true,
      id: 0,
      start_row: 0,
      num_rows: 0,
      total_rows: 0,
      msg: [],
    });
    expect(await getText(mirror, `/api/v2/structure_graph_download/${id}.xml`)).toContain('num_rows="0"');
  });

  test("leaves out a ring, and refuses what is deeper than any graph", async () => {
    const ring = [...TREE, structure(20, 21, 5), structure(21, 20, 6)];
    const { msg } = JSON.parse(await getText(mirrorOf(ring), "/api/v2/structure_graph_download/1.json"));
    expect(msg).toHaveLength(1);
    const chain = Array.from({ length: 5000 }, (_, index) => structure(index + 1, index === 0 ? null : index, index));
    const response = await mirrorOf(chain).fetch(`${ORIGIN}/api/v2/structure_graph_download/1.xml`);
    expect(response.status).toBe(400);
  });

  test.each([
    ["1.csv", 400],
    ["1.", 400],
    ["abc.json", 404],
    ["-1.json", 404],
    ["%2e%2e%2f1.json", 404],
    ["%", 404],
  ])("refuses %s", async (file, status) => {
    const response = await mirrorOf(TREE).fetch(`${ORIGIN}/api/v2/structure_graph_download/${file}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ success: false, msg: expect.any(String) });
  });
});

describe("tree_search", () => {
  test.each([
    ["8.json", [8]],
    ["8.json?ancestors=true", [997, 8]],
    ["8.json?descendants=true", [8, 10]],
    ["8?ancestors=true&descendants=true", [997, 8, 10]],
    ["997.json?descendants=t&ancestors=true", [997, 8, 9, 10]],
    ["997.json?descendants=yes", [997]],
    ["77.json?descendants=true", []],
  ])("finds of %s the structures %j", async (file, ids) => {
    const answer = JSON.parse(await getText(mirrorOf(TREE), `/api/v2/tree_search/Structure/${file}`));
    expect(answer.msg.map(({ id }: { id: number }) => id)).toEqual(ids);
    expect(answer).toMatchObject({ success: true, num_rows: ids.length, total_rows: ids.length });
  });

  test("finds specimens, in XML and in CSV", async () => {
    const specimens = [
      { model: "Specimen", row: { id: 1, name: "brain", parent_id: null } },
      { model: "Specimen", row: { id: 2, name: "slice", parent_id: 1 } },
    ];
    const mirror = mirrorOf(specimens);
    expect(await getText(mirror, "/api/v2/tree_search/Specimen/2.xml?ancestors=true")).toContain(
      `num_rows='2' total_rows='2'><specimens>
  <specimen>
    <id>1</id>
    <name>brain</name>
    <parent-id nil="true"/>
  </specimen>
`,
    );
    expect(await getText(mirror, "/api/v2/tree_search/Specimen/2.csv?ancestors=true")).toBe(
      "id,name,parent_id\n1,brain,\n2,slice,1\n",
    );
  });

  test("comes to an end in a ring", async () => {
    const ring = [structure(20, 21, 5), structure(21, 20, 6)];
    const path = "/api/v2/tree_search/Structure/20.json?ancestors=true&descendants=true";
    expect(JSON.parse(await getText(mirrorOf(ring), path)).num_rows).toBe(2);
  });

  test.each(["Gene/1.json", "__proto__/1.json", "Structure/x.json", "Structure/1.html"])("refuses %s", async (file) => {
    const response = await mirrorOf(TREE).fetch(`${ORIGIN}/api/v2/tree_search/${file}`);
    expect(response.ok).toBe(false);
    expect(await response.json()).toMatchObject({ success: false });
  });
});

interface Node {
  readonly id: number;
  readonly children: readonly Node[];
}

/** Rows of the structures of a tree. */
function rowsOf({ children, ...row }: Node, graphId: number): ModelRow[] {
  return [
    { model: "Structure", row: { ...row, graph_id: graphId } },
    ...children.flatMap((each) => rowsOf(each, graphId)),
  ];
}

describeRecorded("a recorded graph", () => {
  test.each([1, 8, 10, 16, 17])("%i comes out as JSON to the byte", async (id) => {
    const recorded = await readFile(recording("real/structure-graph", `${id}.json`), "utf8");
    const mirror = mirrorOf(rowsOf(JSON.parse(recorded).msg[0], id));
    expect((await getText(mirror, `/api/v2/structure_graph_download/${id}.json`)) === recorded).toBe(true);
  });

  test("1 comes out as XML to the byte", async () => {
    const recorded = await readFile(recording("real/structure-graph/1-2013.xml"), "utf8");
    const rows = recorded.split("<structure>").slice(1).map(readStructure);
    const mirror = mirrorOf(rows.map((row) => ({ model: "Structure", row: { ...row, graph_id: 1 } })));
    expect((await getText(mirror, "/api/v2/structure_graph_download/1.xml")) === recorded).toBe(true);
  });

  test("10, recorded in the other vocabulary, comes out with the same structures, nested alike", async () => {
    const recorded = gunzipSync(await readFile(recording("recorded/structure_graph_download_10.xml.gz"))).toString();
    const below: number[] = [];
    const rows: ModelRow[] = [];
    for (const [token, text = ""] of recorded.matchAll(/<structure>(.*?)<st_level|<\/structure>/gs)) {
      if (token.startsWith("</")) below.pop();
      else {
        const { id, acronym, name } = readStructure(text);
        const row = { id, acronym, name, graph_id: 10, parent_structure_id: below.at(-1) ?? null };
        rows.push({ model: "Structure", row: { ...row, graph_order: rows.length } });
        below.push(Number(id));
      }
    }
    const xml = await getText(mirrorOf(rows), "/api/v2/structure_graph_download/10.xml");
    expect(rows.length).toBeGreaterThan(1500);
    expect(outlineOf(xml)).toEqual(outlineOf(recorded));
  });
});

/** Ids and ends of structures, in order: what tells one tree from another. */
function outlineOf(xml: string): string[] {
  return [...xml.matchAll(/<structure>\s*<id[^>]*>(\d+)<|<\/structure>/g)].map(([, id]) => id ?? "end");
}

/** The columns of a structure, from its elements. */
function readStructure(text: string): Record<string, unknown> {
  const [own = ""] = text.split("<children>", 1);
  return Object.fromEntries(
    [...own.matchAll(/<([\w-]+)[^>]*>([^<]*)<\/\1>/g)].map(([, name = "", value = ""]) => [
      name.replaceAll("-", "_"),
      value === "" || value === "null" ? null : value.replace(/^"(.*)"$/, "$1").replaceAll("&amp;", "&"),
    ]),
  );
}
