import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { rma } from "../rma/builder.ts";
import { BrainAtlas } from "./brain-atlas.ts";
import type { AtlasEvent } from "./event.ts";
import type { CsvRow } from "./read-csv.ts";

const bytesOf = (...parts: string[]): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(recording(...parts)));
const documentOf = (...parts: string[]) => JSON.parse(readFileSync(recording(...parts), "utf8"));

/** A client that is answered with the same bytes whatever it asks, as a recording is. */
function replay(body: Uint8Array<ArrayBuffer> | string) {
  const events: AtlasEvent[] = [];
  let requests = 0;
  const fetch = async (): Promise<Response> => {
    requests += 1;
    return new Response(body);
  };
  const onEvent = (event: AtlasEvent): void => {
    if (event.type === "shortfall" || event.type === "duplicates") events.push(event);
  };
  return { client: new BrainAtlas({ fetch, onEvent }), events, requests: () => requests };
}

async function readCsv(bytes: Uint8Array<ArrayBuffer>): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of replay(bytes).client.csv(rma("Structure"))) rows.push(row);
  return rows;
}

describeRecorded("recorded answers", () => {
  test("rows() reads a page of data sets with what they include", async () => {
    const { client, events, requests } = replay(bytesOf("real", "rma", "section-data-sets-page.json"));
    const sets = client.rows(rma("SectionDataSet").include("specimen").limit(50));
    const rows = await sets.all();
    expect(rows).toHaveLength(50);
    expect(rows[0]).toMatchObject({ id: 1, specimen: { donor_id: 10396 } });
    expect([requests(), events]).toEqual([1, []]);
    expect(await sets.count()).toBe(131_401);
  });

  test("rows() ends with a page that is given again, and says what is missing", async () => {
    const { client, events, requests } = replay(bytesOf("real", "rma", "section-data-sets-page.json"));
    expect(await client.rows(rma("SectionDataSet")).all()).toHaveLength(50);
    expect(requests()).toBe(2);
    expect(events).toEqual([
      { type: "shortfall", query: "model::SectionDataSet", promised: 131_401, received: 50 },
      { type: "duplicates", query: "model::SectionDataSet", rows: 50 },
    ]);
  });

  test("rows() reads a row whose total counts joins", async () => {
    const { client, events } = replay(bytesOf("recorded", "rma_NeuronalModel_472451419.json"));
    const query = rma("NeuronalModel").where("id", "eq", 472451419).include("specimen");
    expect(await client.rows(query.count(false).limit(1)).all()).toMatchObject([{ specimen_id: 386049446 }]);
    expect(events).toEqual([]);
    await client.rows(query).all();
    expect(events).toContainEqual({ type: "shortfall", query: String(query), promised: 9440, received: 1 });
  });

  test("rows() reads every recorded envelope as one page of a service", async () => {
    const recorded: { test: string; response: { msg: unknown } }[] = documentOf(
      "recorded",
      "rma_and_sync_rv_from_atldld_tests.json",
    );
    expect(recorded.length).toBeGreaterThan(3);
    for (const { test: name, response } of recorded) {
      const rows = await replay(JSON.stringify(response)).client.rows(rma.service("any")).all();
      const { msg } = response;
      expect(rows, name).toEqual(Array.isArray(msg) ? msg : [msg]);
    }
  });

  test("csv() reads the microarray slides", async () => {
    const rows = await readCsv(bytesOf("real", "rma", "microarray-slides.csv"));
    expect(rows).toHaveLength(2994);
    expect(rows[0]).toMatchObject({
      barcode: "252491510135_1_2",
      structure: "middle frontal gyrus, Left, inferior bank of gyrus",
      rna_integrity_number: "",
    });
  });

  test("csv() reads the structures of a graph", async () => {
    const rows = await readCsv(new Uint8Array(gunzipSync(bytesOf("recorded", "rma_Structure_graph1.csv.gz"))));
    expect(rows.length).toBeGreaterThan(1300);
    expect(rows.find(({ id }) => id === "997")).toMatchObject({ acronym: "root", failed: "f", st_level: "" });
  });

  test("structureTree() reads the graph of the mouse", async () => {
    const graph = gunzipSync(bytesOf("recorded", "structure_graph_download_1.json.gz"));
    const tree = await replay(new Uint8Array(graph)).client.structureTree(1);
    expect([tree.size, tree.root?.id]).toEqual([1327, 997]);
  });
});
