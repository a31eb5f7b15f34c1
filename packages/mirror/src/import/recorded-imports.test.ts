import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { type FolderStore, openStore } from "../store/folder-store.ts";
import { importFile } from "./import-file.ts";
import type { ImportOptions } from "./source.ts";

type Row = Record<string, unknown>;

interface Kit {
  readonly store: FolderStore;
  take(parts: readonly string[], options?: ImportOptions): Promise<Readonly<Record<string, number>>>;
  /** Rows of a statement as objects. */
  all(columns: readonly string[], rest: string): Promise<Row[]>;
}

async function setUp(): Promise<Kit> {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  onTestFinished(() => store.close());
  const records = await store.records();
  return {
    store,
    take: async (parts, options) => (await importFile(store, recording(...parts), options)).models,
    all: async (columns, rest) => {
      const sql = `select ${columns.map((name) => `"${name}"`).join()} ${rest}`;
      const rows = await records.read((reader) => reader.all({ sql, parameters: [] }, { timeLimitMs: 10_000 }));
      return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
    },
  };
}

function readJson(...parts: string[]): { msg: Row[] } {
  return JSON.parse(readFileSync(recording(...parts), "utf8"));
}

const GRAPH_COLUMNS = [
  ...["id", "atlas_id", "ontology_id", "acronym", "name", "color_hex_triplet", "graph_order", "st_level"],
  ...["hemisphere_id", "parent_structure_id"],
];

/** A graph's nodes by a walk of its own, with what the tree tells. */
function flatten(node: Row, graph: number, path: readonly unknown[] = []): Row[] {
  const own = [...path, node.id];
  const columns = Object.fromEntries(GRAPH_COLUMNS.map((name) => [name, node[name]]));
  const row = { ...columns, graph_id: graph, depth: path.length, structure_id_path: `/${own.join("/")}/` };
  return [row, ...(node.children as Row[]).flatMap((child) => flatten(child, graph, own))];
}

describeRecorded("importFile() of recorded structure graphs", () => {
  test.each([1, 8, 10, 16, 17])("puts graph %i as it is", async (graph) => {
    const { take, all } = await setUp();
    const parts = ["real", "structure-graph", `${graph}.json`];
    const [root = {}] = readJson(...parts).msg;
    const expected = flatten(root, graph);
    expect(await take(parts)).toEqual({ Ontology: 1, StructureGraph: 1, Structure: expected.length });
    const columns = Object.keys(expected[0] ?? {});
    const byId = (one: Row, other: Row): number => Number(one.id) - Number(other.id);
    expect(await all(columns, "from structures order by id")).toEqual(expected.sort(byId));
    expect(await all(["id", "root_structure_id", "ontology_id"], "from structure_graphs")).toEqual([
      { id: graph, root_structure_id: root.id, ontology_id: root.ontology_id },
    ]);
  });

  test("puts the XML forms and packed files", async () => {
    const { take, all } = await setUp();
    expect(await take(["recorded", "structure_graph_download_1.json.gz"])).toMatchObject({ Structure: 1327 });
    const xml = await take(["recorded", "structure_graph_download_10.xml.gz"]);
    const text = gunzipSync(readFileSync(recording("recorded", "structure_graph_download_10.xml.gz"))).toString();
    expect(xml).toEqual({ StructureGraph: 1, Structure: text.split("<structure>").length - 1 });
    expect(await all(["name"], "from structure_graphs where id = 10")).toEqual([{ name: "Human Brain Atlas" }]);
    expect(await take(["real", "structure-graph", "1-2013.xml"])).toMatchObject({ Structure: 1198 });
  });
});

describeRecorded("importFile() of recorded rows", () => {
  test("puts a page of data sets with their specimens", async () => {
    const { take, all } = await setUp();
    const parts = ["real", "rma", "section-data-sets-page.json"];
    await expect(take(parts)).rejects.toThrow(/say which it is \(--model\)/);
    const rows = readJson(...parts).msg;
    const specimens = new Map(rows.map(({ specimen }) => [(specimen as Row).id, specimen as Row]));
    expect(await take(parts, { model: "SectionDataSet" })).toEqual({ SectionDataSet: 50, Specimen: specimens.size });
    const columns = ["id", "plane_of_section_id", "specimen_id", "section_thickness", "weight", "storage_directory"];
    expect(await all(columns, "from data_sets order by id")).toEqual(
      rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]]))),
    );
    for (const row of await all(["id", "name", "donor_id"], "from specimens")) {
      expect(specimens.get(row.id)).toMatchObject(row);
    }
  });

  test("puts a neuronal model with all that lies in it", async () => {
    const { take, all } = await setUp();
    const parts = ["real", "rma", "neuronal-model-472451419.json"];
    const [row = {}] = readJson(...parts).msg;
    const counts = await take(parts);
    expect(counts).toMatchObject({ NeuronalModel: 1, Specimen: 1, EphysSweep: 1, NeuronReconstruction: 1 });
    const text = JSON.stringify(row);
    expect(counts.WellKnownFile).toBe(text.split('"download_link"').length - 1);
    const specimen = row.specimen as { ephys_sweeps: Row[]; ephys_result: Row & { well_known_files: Row[] } };
    const [sweep] = await all(["id", "specimen_id", "stimulus_name", "leak_pa"], "from ephys_sweeps");
    expect(specimen.ephys_sweeps[0]).toMatchObject(sweep ?? {});
    const { well_known_files: files, id } = specimen.ephys_result;
    expect(
      await all(
        ["id", "path"],
        `from well_known_files where attachable_type = 'EphysResult' and attachable_id = ${id}`,
      ),
    ).toHaveLength(files.length);
  });

  test("puts the description of a data set with its images and alignments", async () => {
    const { take, all, store } = await setUp();
    const counts = await take(["real", "rma", "section-data-set-69289763.xml"]);
    expect(counts).toEqual({
      ...{ Donor: 1, Specimen: 1, SectionDataSet: 1, Product: 2 },
      ...{ Alignment3d: 1, SectionImage: 18, Alignment2d: 18 },
    });
    expect(await store.record(69177634)).toMatchObject({
      model: "SectionImage",
      row: { image_width: 8929, image_height: 6705, data_set_id: 69289763, resolution: 1.049, expression: null },
    });
    const columns = ["aligned_id", "aligned_type", "tvr_00", "tvr_11", "trv_11"];
    expect(await all(columns, "from alignment3ds")).toEqual([
      { aligned_id: 69289763, aligned_type: "DataSet", tvr_00: 1.0283, tvr_11: 1743.06, trv_11: -2025.27 },
    ]);
    expect(await all(["age_id", "strain", "mgmt_ihc"], "from donors")).toEqual([
      { age_id: 15, strain: "C57BL/6J", mgmt_ihc: null },
    ]);
  });

  test("puts structures in CSV", async () => {
    const { take, all } = await setUp();
    expect(await take(["recorded", "rma_Structure_graph1.csv.gz"])).toEqual({ Structure: 1328 });
    const columns = ["acronym", "st_level", "parent_structure_id", "failed", "structure_id_path", "sphinx_id"];
    expect(await all(columns, "from structures where id = 8")).toEqual([
      {
        acronym: "grey",
        st_level: null,
        parent_structure_id: 997,
        failed: 0,
        structure_id_path: "/997/8/",
        sphinx_id: 2,
      },
    ]);
  });

  test.each([
    ["rma_ApiCamStimulusMapping_rows.json", { ApiCamStimulusMapping: 128 }],
    ["rma_EphysFeature_head.csv", { EphysFeature: 5 }],
    ["rma_NeuronReconstruction_head.csv", { NeuronReconstruction: 5 }],
    ["rma_SectionImage_101945191_alignment2d_row.json", { SectionImage: 1, Alignment2d: 1 }],
    ["rma_ExperimentContainer_2rows.json", { ExperimentContainer: 2, OphysExperiment: 6, Structure: 2 }],
  ])("puts %s", async (name, counts) => {
    const { take } = await setUp();
    expect(await take(["recorded", name])).toMatchObject(counts);
  });

  const SLIDES =
    "model::MicroarraySlide,rma::criteria,sample(structure,microarray_data_set(specimen(donor))),well_known_files," +
    "rma::options[tabular$eq'microarray_slides.barcode','microarray_slides.id as array_id','microarray_slides.rna_in_array'," +
    "'microarray_slides.rna_in_labeling_reaction','samples.id as tissue_sample_id','structures.name as structure'," +
    "'samples.rna_integrity_number','donors.name as donor','well_known_files.download_link']";

  test("rebuilds the records of 2994 flat rows, the same of CSV and XML", async () => {
    const { take, all, store } = await setUp();
    const counts = await take(["real", "rma", "microarray-slides.csv"], { query: SLIDES });
    expect(counts).toMatchObject({ MicroarraySlide: 2994, WellKnownFile: 2994, Donor: 4, MicroarrayDataSet: 4 });
    expect(await take(["real", "rma", "microarray-slides.xml"], { query: SLIDES })).toEqual(counts);
    expect((await store.info()).records).toEqual(counts);
    const from = `from microarray_slides join samples on samples.id = sample_id
      join structures on structures.id = samples.structure_id join data_sets on data_sets.id = microarray_data_set_id
      join specimens on specimens.id = data_sets.specimen_id join donors on donors.id = donor_id
      join well_known_files on attachable_id = microarray_slides.id and attachable_type = 'MicroarraySlide'`;
    expect(
      await all(["barcode", "rna_in_array", "sample_id", "download_link"], `${from} where microarray_slides.id = 472`),
    ).toEqual([
      {
        barcode: "252491510135_1_2",
        rna_in_array: 600,
        sample_id: 1002,
        download_link: "/api/v2/well_known_file_download/738",
      },
    ]);
    expect(
      await all(
        ["barcode"],
        `${from} and donors.name = 'H0351.2001' and structures.name like 'middle frontal gyrus, Left%'`,
      ),
    ).toContainEqual({
      barcode: "252491510135_1_2",
    });
    expect(await all(["barcode"], from)).toHaveLength(2994);
  });

  test("takes the genes of a product, by the query that asked for them", async () => {
    const { take, all } = await setUp();
    const query =
      "model::Gene,rma::options[tabular$eq'genes.id','genes.acronym as gene_symbol','genes.name as gene_name'," +
      "'genes.entrez_id as entrez_gene_id','genes.homologene_id as homologene_group_id']";
    await expect(take(["real", "rma", "devmouse-genes.csv"])).rejects.toThrow(/columns are those of no model/);
    expect(await take(["real", "rma", "devmouse-genes.csv"], { query })).toEqual({ Gene: 2107 });
    expect(await all(["acronym", "entrez_id"], "from genes where id = 158383")).toEqual([
      { acronym: "1700010L04Rik", entrez_id: 619808 },
    ]);
  });
});
