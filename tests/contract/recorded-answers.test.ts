// Recorded answers, put into a store and asked for again: they come back as they were, in each form.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type ImportOptions, importFile, openStore } from "@brainatlas/mirror";
import type { BrainAtlas } from "@brainatlas/sdk";
import { rma } from "@brainatlas/sdk/rma";
import { expect, onTestFinished, test } from "vitest";
import { readRows } from "../support/plain-xml.ts";
import { clientOf } from "../support/recorded-graphs.ts";
import { describeRecorded, recording } from "../support/recordings.ts";
import { temporaryFolder } from "../support/temporary.ts";

type Row = Record<string, unknown>;

/** The same with every list of rows by their ids: the service gives what is included in no order. */
function byIds(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(byIds).sort((one, other) => Number((one as Row).id) - Number((other as Row).id));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, byIds(each)]));
}

const read = (parts: readonly string[]): string => {
  const bytes = readFileSync(recording(...parts));
  return (parts.at(-1)?.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
};

async function clientWith(...files: readonly (readonly [parts: readonly string[], options?: ImportOptions])[]) {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  onTestFinished(() => store.close());
  for (const [parts, options] of files) await importFile(store, recording(...parts), options);
  return clientOf(store);
}

async function askText(allen: BrainAtlas, format: "json" | "xml" | "csv", query: string): Promise<string> {
  const response = await allen.get(`/api/v2/data/query.${format}`, { query: { criteria: query } });
  return new TextDecoder().decode(response.bytes());
}

/** Rows of plain CSV, whose header is the first. */
function readCells(csv: string): string[][] {
  const rows = csv.trimEnd().split("\n");
  return rows.map((row) => {
    const cells = row.match(/(?:"(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
    const texts = cells.map((cell) =>
      cell
        .replace(/,$/, "")
        .replace(/^"(.*)"$/, "$1")
        .replaceAll('""', '"'),
    );
    // After the last cell nothing is left, which matches too.
    return row.endsWith(",") ? texts : texts.slice(0, -1);
  });
}

const SLIDES =
  "model::MicroarraySlide,rma::criteria,sample(structure,microarray_data_set(specimen(donor))),well_known_files," +
  "rma::options[tabular$eq'microarray_slides.barcode','microarray_slides.id as array_id','microarray_slides.rna_in_array'," +
  "'microarray_slides.rna_in_labeling_reaction','samples.id as tissue_sample_id','structures.name as structure'," +
  "'samples.rna_integrity_number','donors.name as donor','well_known_files.download_link'][num_rows$eqall]";

describeRecorded("the recorded pair of microarray slides", () => {
  test.each(["microarray-slides.csv", "microarray-slides.xml"])("comes back from a store of %s", async (file) => {
    const allen = await clientWith([["real", "rma", file], { query: SLIDES }]);
    const [header = [], ...cells] = readCells(read(["real", "rma", "microarray-slides.csv"]));
    const recorded = cells.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
    const byArray = (rows: readonly Row[]): Row[] =>
      [...rows].sort((one, other) => Number(one.array_id) - Number(other.array_id));
    const expected = byArray(recorded);
    expect(expected).toHaveLength(2994);
    expect(byArray(readRows(read(["real", "rma", "microarray-slides.xml"])))).toEqual(expected);

    const [newHeader = [], ...newCells] = readCells(await askText(allen, "csv", SLIDES));
    expect(newHeader).toEqual(header);
    const csv = newCells.map((row) => Object.fromEntries(newHeader.map((name, index) => [name, row[index]])));
    expect(byArray(csv)).toEqual(expected);

    const xml = await askText(allen, "xml", SLIDES);
    expect(xml).toMatch(
      /^<Response success='true' start_row='0' num_rows='2994' total_rows='2994'><hash>\n {2}<barcode>/,
    );
    expect(byArray(readRows(xml))).toEqual(expected);

    const json = JSON.parse(await askText(allen, "json", SLIDES)) as { msg: Row[]; total_rows: number };
    const asText = json.msg.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? "" : String(value)])),
    );
    expect([json.total_rows, byArray(asText)]).toEqual([2994, expected]);
  });

  test("gives the same answers to the byte from either", async () => {
    const both = await Promise.all(
      ["csv", "xml"].map((form) => clientWith([["real", "rma", `microarray-slides.${form}`], { query: SLIDES }])),
    );
    for (const format of ["json", "xml", "csv"] as const) {
      const ordered = `${SLIDES}[order$eq'microarray_slides.id']`;
      const [one, other] = await Promise.all(both.map((allen) => askText(allen, format, ordered)));
      expect(one === other, format).toBe(true);
    }
  });
});

describeRecorded("recorded answers come back", () => {
  test("a page of data sets with their specimens", async () => {
    const parts = ["real", "rma", "section-data-sets-page.json"];
    const allen = await clientWith([parts, { model: "SectionDataSet" }]);
    const { msg } = JSON.parse(read(parts)) as { msg: Row[] };
    // No injection was among those rows, so that the table of them is empty, and the association too.
    const query = rma("SectionDataSet").include("specimen", (specimen) => specimen.include("injections"));
    const rows = await allen.rows(query.numRows(50)).all();
    expect(rows).toEqual(byIds(msg));
    for (const pageSize of [1, 7]) expect(await allen.rows(query, { pageSize }).all()).toEqual(rows);
  });

  test("a neuronal model with all that lies in it", async () => {
    const parts = ["real", "rma", "neuronal-model-472451419.json"];
    const allen = await clientWith([parts]);
    const { msg } = JSON.parse(read(parts)) as { msg: Row[] };
    const query = rma("NeuronalModel")
      .where("id", "eq", 472451419)
      .include("neuronal_model_template", (template) =>
        template.include("well_known_files", (file) => file.include("well_known_file_type")),
      )
      .include("specimen", (specimen) =>
        specimen
          .include("ephys_sweeps")
          .include("ephys_result", (result) =>
            result.include("well_known_files", (file) => file.include("well_known_file_type")),
          )
          .include("neuron_reconstructions", (each) =>
            each.include("well_known_files", (file) => file.include("well_known_file_type")),
          ),
      )
      .include("well_known_files", (file) => file.include("well_known_file_type"));
    const [row] = await allen.rows(query).all();
    // The service finds files of a template that say of themselves that they are a product's; here they are that product's.
    const recorded = byIds(msg[0]) as { neuronal_model_template: { well_known_files: Row[] } };
    expect(recorded.neuronal_model_template.well_known_files.map((file) => file.attachable_type)).toEqual(["Product"]);
    recorded.neuronal_model_template.well_known_files = [];
    expect(row).toEqual(recorded);
  });

  test.each([
    ["real/rma/SectionDataSet.json", rma("SectionDataSet").include("alignment3d")],
    ["recorded/rma_SectionDataSet_123_alignment3d_row.json", rma("SectionDataSet").include("alignment3d")],
    ["real/rma/SectionImage.json", rma("SectionImage").include("alignment2d")],
    ["recorded/rma_SectionImage_101945191_alignment2d_row.json", rma("SectionImage").include("alignment2d")],
    ["recorded/rma_ApiCamStimulusMapping_rows.json", rma("ApiCamStimulusMapping")],
    [
      "recorded/rma_ExperimentContainer_2rows.json",
      rma("ExperimentContainer")
        .include("ophys_experiments")
        .include("isi_experiment")
        .include("specimen", (specimen) =>
          specimen.include("donor", (donor) => donor.include("age").include("transgenic_lines")),
        )
        .include("targeted_structure"),
    ],
  ])("%s", async (file, query) => {
    const parts = file.split("/");
    const allen = await clientWith([parts, { model: query.stage.model }]);
    const recorded: unknown = JSON.parse(read(parts));
    const rows = Array.isArray(recorded) ? recorded : [recorded];
    expect(rows.length).toBeGreaterThan(0);
    expect(await allen.rows<unknown>(query).all()).toEqual(byIds(rows));
  });

  test("structures in CSV, line by line", async () => {
    const parts = ["recorded", "rma_Structure_graph1.csv.gz"];
    const allen = await clientWith([parts]);
    const [header = "", , ...lines] = read(parts).trimEnd().split("\n"); // The second is no structure.
    const response = await allen.get("/api/v2/data/Structure/query.csv?criteria=[graph_id$eq1]&num_rows=all");
    const [newHeader = "", ...newLines] = new TextDecoder().decode(response.bytes()).trimEnd().split("\n");
    expect(newHeader.split(",").sort()).toEqual(header.split(",").sort());
    const rowsOf = (names: string, text: readonly string[]): unknown[] => {
      const columns = names.split(",");
      const rows = readCells(text.join("\n")).map((row) =>
        Object.fromEntries(columns.map((name, i) => [name, row[i]])),
      );
      return rows.sort((one, other) => Number(one.id) - Number(other.id));
    };
    expect(rowsOf(newHeader, newLines)).toEqual(rowsOf(header, lines));
  });

  test("genes in CSV, line by line", async () => {
    const query =
      "model::Gene,rma::options[tabular$eq'genes.id','genes.acronym as gene_symbol','genes.name as gene_name'," +
      "'genes.entrez_id as entrez_gene_id','genes.homologene_id as homologene_group_id'][num_rows$eqall]";
    const parts = ["real", "rma", "devmouse-genes.csv"];
    const allen = await clientWith([parts, { query }]);
    const [header, ...lines] = read(parts).trimEnd().split("\n");
    const [newHeader, ...newLines] = (await askText(allen, "csv", query)).trimEnd().split("\n");
    expect([newHeader, newLines.sort()]).toEqual([header, lines.sort()]);
  });

  test("the description of a data set as XML", async () => {
    const parts = ["real", "rma", "section-data-set-69289763.xml"];
    const allen = await clientWith([parts]);
    const query = rma("SectionDataSet")
      .where("id", "eq", 69289763)
      .include("products")
      .include("specimen", (specimen) => specimen.include("donor"))
      .include("alignment3d")
      .include("section_images", (image) => image.include("alignment2d"));
    const xml = await askText(allen, "xml", String(query));
    // Grid files write numbers and matrices in another form than answers do.
    const plain = (value: string): string =>
      value === "" || Number.isNaN(Number(value)) ? value : String(Number(value));
    const leaves = (from: string): string[] =>
      [...from.matchAll(/<([\w-]+)(?: type="\w+")?(?: nil="true"\/>|>([^<\s][^<]*)<\/)/g)]
        .flatMap(([, name = "", value = ""]) =>
          /^t[vrs]{2}$/.test(name)
            ? value.split(",").map((each, index) => `${name}-${String(index).padStart(2, "0")} ${plain(each)}`)
            : [`${name} ${plain(value)}`],
        )
        .sort();
    const found = leaves(xml);
    const missing = leaves(read(parts)).filter((leaf) => {
      const at = found.indexOf(leaf);
      if (at >= 0) found.splice(at, 1);
      return at < 0;
    });
    expect(missing).toEqual([]);
  });

  test("the mouse's structures of 2013", async () => {
    const parts = ["real", "structure-graph", "1-2013.xml"];
    const allen = await clientWith([parts]);
    const unquoted = (name: string, text: string): string | undefined =>
      new RegExp(`<${name}>"?(.*?)"?</${name}>`).exec(text)?.[1];
    const nodes = read(parts).split("<structure>").slice(1);
    const expected = nodes.map((node) => ({
      id: Number(unquoted("id", node)),
      acronym: unquoted("acronym", node),
      color: unquoted("color-hex-triplet", node),
      order: Number(unquoted("graph-order", node)),
    }));
    const tree = await allen.structureTree(1);
    expect(tree.size).toBe(1198);
    const query = rma("Structure").where("graph_id", "eq", 1).orderBy("graph_order");
    const rows = await allen.rows(query).all();
    expect(
      rows.map((row) => ({ id: row.id, acronym: row.acronym, color: row.color_hex_triplet, order: row.graph_order })),
    ).toEqual(expected.sort((one, other) => one.order - other.order));
  });

  test.each([
    ["rma_EphysFeature_head.csv", "EphysFeature"],
    ["rma_NeuronReconstruction_head.csv", "NeuronReconstruction"],
  ])("%s, but for the column without a name", async (file, model) => {
    const allen = await clientWith([["recorded", file]]);
    const [header = [], ...cells] = readCells(read(["recorded", file]));
    const plain = (value: unknown): unknown => {
      if (value === "" || value === null) return null;
      if (value === "True" || value === "False") return value === "True";
      return Number.isNaN(Number(value)) ? value : Number(value);
    };
    const expected = cells.map((row) =>
      Object.fromEntries(header.flatMap((name, index) => (name === "" ? [] : [[name, plain(row[index])] as const]))),
    );
    const rows = await allen.rows(rma.untyped(model)).all();
    expect(rows).toEqual(expected.sort((one, other) => Number(one.id) - Number(other.id)));
  });
});
