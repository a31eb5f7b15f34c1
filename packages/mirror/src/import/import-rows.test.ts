import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeIn } from "../../../../tests/support/pictures.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { type FolderStore, openStore } from "../store/folder-store.ts";
import { importFile } from "./import-file.ts";
import type { ImportOptions } from "./source.ts";

interface Kit {
  readonly store: FolderStore;
  /** Imports a content and gives the rows by model. */
  take(name: string, content: string | Uint8Array, options?: ImportOptions): Promise<Readonly<Record<string, number>>>;
  all(sql: string): Promise<readonly (readonly unknown[])[]>;
}

async function setUp(): Promise<Kit> {
  const folder = await temporaryFolder();
  const store = await openStore(join(folder, "store"), { create: true });
  onTestFinished(() => store.close());
  const records = await store.records();
  return {
    store,
    take: async (name, content, options) =>
      (await importFile(store, await writeIn(folder, name, content), options)).models,
    all: (sql) => records.read((reader) => reader.all({ sql, parameters: [] }, { timeLimitMs: 10_000 })),
  };
}

const UNIONIZE = {
  id: 1,
  section_data_set_id: 5,
  structure_id: 8,
  sum_pixels: 2.5,
  expression_energy: 1,
  structure: { id: 8, acronym: "grey" },
};

describe("importFile() of rows in JSON", () => {
  test("finds the model by the columns, in an answer, a list, a row, and what some programs keep of an answer", async () => {
    for (const document of [{ success: true, msg: [UNIONIZE] }, { msg: [UNIONIZE] }, [UNIONIZE], UNIONIZE]) {
      const { take } = await setUp();
      expect(await take("rows.json", JSON.stringify(document))).toEqual({ Structure: 1, StructureUnionize: 1 });
    }
  });

  test("takes the model from the caller or from the query", async () => {
    const { take } = await setUp();
    const row = JSON.stringify([{ id: 1, name: "n" }]);
    expect(await take("a.json", row, { model: "Product" })).toEqual({ Product: 1 });
    for (const query of [
      "model::Treatment[id$eq1],rma::include,data_sets",
      "http://api.brain-map.org/api/v2/data/Treatment/query.json?num_rows=all",
      "/api/v2/data/query.json?q=model::Gene,pipe::list[x$is'id'],model::Treatment[id$in$x]",
      "/data/Treatment/1.json",
    ]) {
      expect(await take("b.json", row, { query }), query).toEqual({ Treatment: 1 });
    }
  });

  test("tells a member of a family by its associations", async () => {
    const { take } = await setUp();
    expect(await take("a.json", '[{ "id": 1, "failed": false, "microarray_slides": [{ "id": 2 }] }]')).toEqual({
      MicroarrayDataSet: 1,
      MicroarraySlide: 1,
    });
    expect(await take("b.json", '[{ "id": 15, "acronym": "Abat", "entrez_id": 1 }]')).toEqual({ Gene: 1 });
  });

  test("puts images without their sizes where the model is given, and serves them when they are known", async () => {
    const { take, store } = await setUp();
    await take("a.json", '[{ "id": 9, "path": "/a.aff" }]', { model: "AtlasImage" });
    expect(await store.record(9)).toBeUndefined();
    await take("b.json", '[{"id":9,"x":0,"y":0,"width":4,"height":3,"image_width":4,"image_height":3}]');
    expect(await store.record(9)).toMatchObject({ model: "AtlasImage", row: { path: "/a.aff", width: 4 } });
  });

  test.each<[string, unknown, ImportOptions, RegExp]>([
    [
      "columns of several models",
      [{ id: 1, name: "a" }],
      {},
      /its columns are those of .*, Orientation, .*; say which it is \(--model\)/,
    ],
    [
      "columns of a family",
      [{ id: 1, qc_date: null }],
      {},
      /its columns are those of AtlasDataSet, DataSet, .*\(--model\)/,
    ],
    [
      "columns of no model",
      [{ id: 1, nonsense: 2 }],
      {},
      /its columns are those of no model; say which it is \(--model\)/,
    ],
    ["no rows", { success: true, msg: [] }, { model: "Gene" }, /it holds no rows/],
    ["a row that is none", [5], { model: "Gene" }, /its row 0 is no object/],
    [
      "a model that there is not",
      [{ id: 1 }],
      { model: "Jeans" },
      /Cannot use the model "Jeans": there is none of that name/,
    ],
    [
      "a model in British spelling",
      [{ id: 1 }],
      { model: "StructureUnionise" },
      /there is none of that name; near it: "StructureUnionize"/,
    ],
    ["a model in small letters", [{ id: 1 }], { model: "gene" }, /there is none of that name; near it: "Gene"/],
    ["a model like no other", [{ id: 1 }], { model: "Qqqqqqqq" }, /of that name; give one of the service's/],
    [
      "columns of included rows",
      [{ id: 1, "genes.acronym": ["Abat"] }],
      { model: "SectionDataSet" },
      /its column "genes.acronym" is of included rows, .*; give the whole rows as JSON, or .* \(--query\)/,
    ],
    [
      "two models",
      [{ id: 1 }],
      { model: "Gene", query: "model::Product" },
      /Cannot use the model "Gene" with a query for Product/,
    ],
    ["a query that is none", [{ id: 1 }], { query: "model::" }, /model/],
    [
      "a query for a service",
      [{ id: 1 }],
      { query: "service::text_search[query_string$eq'a']" },
      /its last stage is none of a model/,
    ],
  ])("refuses %s", async (_, document, options, message) => {
    const { take, store } = await setUp();
    await expect(take("rows.json", JSON.stringify(document), options)).rejects.toThrow(message);
    expect((await store.info()).records).toEqual({});
  });

  test("unpacks what gzip packed, and refuses what it cut", async () => {
    const { take } = await setUp();
    const packed = gzipSync(JSON.stringify([UNIONIZE]));
    expect(await take("rows.json.gz", packed)).toEqual({ Structure: 1, StructureUnionize: 1 });
    await expect(take("cut.json.gz", packed.subarray(0, 40))).rejects.toThrow(/gzip cannot unpack it/);
  });
});

describe("importFile() of rows in JSON, one a line", () => {
  test("finds the model, reads line ends, empty lines and rows in rows", async () => {
    const { take, all } = await setUp();
    const lines = `\uFEFF${JSON.stringify(UNIONIZE)}\r\n\n${JSON.stringify({ ...UNIONIZE, id: 2, structure: null })}`;
    expect(await take("rows.ndjson", lines)).toEqual({ Structure: 1, StructureUnionize: 2 });
    expect(await all("select id, structure_id, sum_pixels from structure_unionizes")).toEqual([
      [1, 8, 2.5],
      [2, 8, 2.5],
    ]);
  });

  test("takes the model from the caller", async () => {
    const { take } = await setUp();
    expect(await take("a.ndjson", '{"id":1}\n{"id":2}\n', { model: "Product" })).toEqual({ Product: 2 });
  });

  test.each([
    ["a line that is cut off", '{"id":1}\n\n{"id":2', /the JSON in its line 3 is damaged \(.*\); give whole lines/],
    ["a line that is no row", '{"id":1}\n5\n', /its line 2 is no object/],
    ["columns of included rows", '{"id":1,"genes.id":2}\n{"id":2}\n', /its column "genes.id" is of included rows/],
  ])("refuses %s", async (_, text, message) => {
    const { take, store } = await setUp();
    await expect(take("a.ndjson", text, { model: "Product" })).rejects.toThrow(message);
    expect((await store.info()).records).toEqual({});
  });
});

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<Response success='true' start_row='0' num_rows='1' total_rows='1'>
  <section-data-sets>
    <section-data-set>
      <failed>false</failed><id>69</id><name nil="true"/><section-thickness>25.0</section-thickness>
      <new-thing>A &amp; B &#233;</new-thing>
      <specimen>
        <id type="integer">7</id><is-ish type="boolean">true</is-ish><parent-id type="integer" nil="true"></parent-id>
      </specimen>
      <genes type="array"><gene><id type="integer">15</id><acronym>Abat</acronym></gene></genes>
      <alignment3d><id>3</id><tvr>1,2,3,4,5,6,7,8,9,10,11,12.5</tvr></alignment3d>
      <probes type="array"/>
      <odd-list><odd><a type="integer">1</a></odd><odd><a type="integer">2</a></odd></odd-list>
    </section-data-set>
  </section-data-sets>
</Response>`;

describe("importFile() of rows in XML", () => {
  test("reads containers, hyphens, types, nil, nested rows and matrices", async () => {
    const { take, all } = await setUp();
    expect(await take("a.xml", XML)).toEqual({ Specimen: 1, SectionDataSet: 1, Gene: 1, Alignment3d: 1 });
    expect(
      await all("select id, failed, name, section_thickness, new_thing, specimen_id, odd_list from data_sets"),
    ).toEqual([[69, 0, null, 25, "A & B é", 7, '[{"a":1},{"a":2}]']]);
    expect(await all("select id, is_ish, parent_id from specimens")).toEqual([[7, 1, null]]);
    expect(await all("select data_sets_id, genes_id from links_data_sets_genes")).toEqual([[69, 15]]);
    expect(await all("select aligned_id, tvr_00, tvr_11 from alignment3ds")).toEqual([[69, 1, 12.5]]);
  });

  test("reads a document of one row, and takes what it is over what was asked for", async () => {
    const { take, all } = await setUp();
    await take("data_set.xml", "<section-data-set><id>1</id></section-data-set>", { model: "DataSet" });
    expect(await all("select id, record_class from data_sets")).toEqual([[1, "SectionDataSet"]]);
  });

  test("reads images as rows of images", async () => {
    const { take, store } = await setUp();
    const sizes = ["x", "y", "width", "height", "image-width", "image-height"].map((name) => `<${name}>5</${name}>`);
    const xml = `<Response><section-images><section-image><id>9</id>${sizes.join("")}</section-image></section-images></Response>`;
    expect(await take("a.xml", xml)).toEqual({ SectionImage: 1 });
    expect(await store.record(9)).toMatchObject({ model: "SectionImage", row: { width: 5 } });
  });

  test.each([
    ["an answer that failed", "<Response success='false'><msg>no</msg></Response>", /it is an answer that failed/],
    ["elements of no model", "<a><b><c><d/></c></b></a>", /its element <c> is named after no model/],
    [
      "rows of two families",
      "<Response><genes><gene><id>1</id></gene></genes><ages><age><id>1</id></age></ages></Response>",
      /cannot keep rows of Age as Gene/,
    ],
    ["no rows", "<Response success='true'><genes></genes></Response>", /it holds no rows/],
    [
      "a document type",
      '<!DOCTYPE a [<!ENTITY b "c">]><genes><gene><id>1</id></gene></genes>',
      /at character 0 it holds "<!DOCTYPE/,
    ],
    ["an entity of its own", "<genes><gene><id>&b;</id></gene></genes>", /one of the five entities/],
    ["CDATA", "<genes><gene><id><![CDATA[1]]></id></gene></genes>", /an element or text was expected/],
    ["an element that is not closed", "<genes><gene><id>1</id></gene>", /<\/genes> was expected/],
    ["a closing tag of another", "<genes><gene><id>1</name></gene></genes>", /<\/id> was expected/],
    ["a column twice", "<genes><gene><id>1</id><id>2</id></gene></genes>", /holds <id> twice/],
    ["text beside elements", "<genes><gene>x<id>1</id></gene></genes>", /holds text beside elements/],
    ["elements too deep in each other", `${"<a>".repeat(200)}${"</a>".repeat(200)}`, /named after no model/],
    ["rows too deep", `<gene>${"<a>".repeat(200)}${"</a>".repeat(200)}</gene>`, /at most 100 elements in each other/],
  ])("refuses %s", async (_, xml, message) => {
    const { take, store } = await setUp();
    await expect(take("a.xml", xml)).rejects.toThrow(message);
    expect((await store.info()).records).toEqual({});
  });
});

describe("importFile() of rows in CSV", () => {
  const HEADER = "id,section_data_set_id,structure_id,sum_pixels,expression_energy";

  test("finds the model, reads quotes, line ends and nothing", async () => {
    const { take, all } = await setUp();
    const csv = `\uFEFF${HEADER}\r\n1,5,8,"2.5",\r\n\r\n2,5,9,,1e2\n3,5,"10",7,0`;
    expect(await take("rows.csv", csv)).toEqual({ StructureUnionize: 3 });
    expect(await all("select id, structure_id, sum_pixels, expression_energy from structure_unionizes")).toEqual([
      [1, 8, 2.5, null],
      [2, 9, null, 100],
      [3, 10, 7, 0],
    ]);
  });

  test("reads texts with commas, quotes and lines, and what Python's programs add", async () => {
    const { take, all } = await setUp();
    const csv = ',id,name,failed\n0,1,"a, ""b""\nc",True\n1,2,,False\n';
    expect(await take("rows.csv", csv, { model: "SectionDataSet" })).toEqual({ SectionDataSet: 2 });
    expect(await all("select id, name, failed from data_sets")).toEqual([
      [1, 'a, "b"\nc', 1],
      [2, null, 0],
    ]);
  });

  test("reads a very long field, and one that never ends", async () => {
    const { take, all } = await setUp();
    const text = '""x,'.repeat(1_000_000);
    await take("rows.csv", `id,name\n1,"${text}"\n`, { model: "SectionDataSet" });
    expect(await all("select length(name) from data_sets")).toEqual([[3_000_000]]);
    await expect(take("rows.csv", `id,name\n1,"${text}\n`, { model: "SectionDataSet" })).rejects.toThrow(
      /close its quotes/,
    );
  });

  test.each([
    ["a line that is short", "id,name\n1\n", /its row 2 has 1 fields, and there are 2 names/],
    ["a quote that is not closed", 'id,name\n1,"a\n', /close its quotes/],
    ["a name twice", "id,id\n1,2\n", /two of its columns have one name/],
    ["a number that is none", "id,weight\n1,x\n", /cannot keep "x" as integer in "weight" of SectionDataSet 1/],
    ["no rows", "id,name\n", /it holds no rows/],
    ["columns of included rows", "id,genes.acronym\n1,a\n", /its column "genes.acronym" is of included rows/],
  ])("refuses %s", async (_, csv, message) => {
    const { take, store } = await setUp();
    await expect(take("rows.csv", csv, { model: "SectionDataSet" })).rejects.toThrow(message);
    expect((await store.info()).records).toEqual({});
  });
});

describe("importFile() of rows in TSV", () => {
  test("finds the model, reads line ends and nothing", async () => {
    const { take, all } = await setUp();
    const tsv = "id\tsection_data_set_id\tstructure_id\texpression_energy\r\n1\t5\t8\t\r\n\r\n2\t5\t9\t1e2";
    expect(await take("rows.tsv", tsv)).toEqual({ StructureUnionize: 2 });
    expect(await all("select id, structure_id, expression_energy from structure_unionizes")).toEqual([
      [1, 8, null],
      [2, 9, 100],
    ]);
  });

  test("reads what stands for tabs, lines and backslashes, and what Python's programs add", async () => {
    const { take, all } = await setUp();
    const tsv = '\tid\tname\n0\t1\ta\\tb\\nc\\rd\\\\te\\x, "f"\n1\t2\t\n';
    expect(await take("rows.tsv", tsv, { model: "SectionDataSet" })).toEqual({ SectionDataSet: 2 });
    expect(await all("select id, name from data_sets order by id")).toEqual([
      [1, 'a\tb\nc\rd\\te\\x, "f"'],
      [2, null],
    ]);
  });

  test.each([
    ["a line that is short", "id\tname\n1\n", /its row 2 has 1 fields, and there are 2 names/],
    ["a name twice", "id\tid\n1\t2\n", /two of its columns have one name/],
    ["no rows", "id\tname\n", /it holds no rows/],
    ["columns of included rows", "id\tgenes.acronym\n1\ta\n", /its column "genes.acronym" is of included rows/],
  ])("refuses %s", async (_, tsv, message) => {
    const { take, store } = await setUp();
    await expect(take("rows.tsv", tsv, { model: "SectionDataSet" })).rejects.toThrow(message);
    expect((await store.info()).records).toEqual({});
  });
});

const TABULAR_QUERY =
  "model::MicroarraySlide,rma::criteria,sample(structure,microarray_data_set(specimen(donor))),well_known_files," +
  "rma::options[tabular$eq'microarray_slides.id as array_id','barcode','structures.name as structure'," +
  "'donors.name as donor','well_known_files.download_link']";

describe("importFile() of flat rows", () => {
  const CSV = "array_id,barcode,structure,donor,download_link\n1,a,CTX,H1,/1\n2,b,CTX,H1,/2\n3,c,TH,H2,\n";
  const XML_ROWS = CSV.trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [id, barcode, structure, donor, link] = line.split(",");
      const end = link === "" ? '<download-link nil="true"></download-link>' : `<download-link>${link}</download-link>`;
      return `<hash><array-id>${id}</array-id><barcode>${barcode}</barcode><structure>${structure}</structure><donor>${donor}</donor>${end}</hash>`;
    });
  const COUNTS = {
    Structure: 2,
    Donor: 2,
    Specimen: 2,
    MicroarrayDataSet: 2,
    Sample: 2,
    MicroarraySlide: 3,
    WellKnownFile: 2,
  };

  test("makes records of them and of what lies between, the same of CSV, XML and JSON", async () => {
    const { take, all, store } = await setUp();
    expect(await take("a.csv", CSV, { query: TABULAR_QUERY })).toEqual(COUNTS);
    expect(
      await take("a.xml", `<Response success='true'>${XML_ROWS.join("\n")}</Response>`, { query: TABULAR_QUERY }),
    ).toEqual(COUNTS);
    const json = CSV.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","))
      .map(([id, barcode, structure, donor, link]) => ({
        array_id: Number(id),
        barcode,
        structure,
        donor,
        download_link: link || null,
      }));
    expect(await take("a.json", JSON.stringify({ success: true, msg: json }), { query: TABULAR_QUERY })).toEqual(
      COUNTS,
    );
    expect((await store.info()).records).toEqual(COUNTS);
    const joined = `
      select microarray_slides.id, barcode, structures.name, donors.name, download_link from microarray_slides
      join samples on samples.id = sample_id join structures on structures.id = samples.structure_id
      join data_sets on data_sets.id = microarray_data_set_id join specimens on specimens.id = specimen_id
      join donors on donors.id = donor_id
      left join well_known_files on attachable_id = microarray_slides.id and attachable_type = 'MicroarraySlide'
      order by 1`;
    expect(await all(joined)).toEqual([
      [1, "a", "CTX", "H1", "/1"],
      [2, "b", "CTX", "H1", "/2"],
      [3, "c", "TH", "H2", null],
    ]);
    expect(await all("select count(*) from donors where id between -4503599627370496 and -1")).toEqual([[2]]);
  });

  test.each([
    [CSV, "model::MicroarraySlide,rma::options[tabular$eq'donors.name']", /the query leads to no "donors"/],
    [
      CSV,
      "model::Structure,rma::include,parent_structure,rma::options[tabular$eq'structures.name']",
      /the query leads to "structures" in two ways/,
    ],
    [CSV, TABULAR_QUERY.replace("donor)", "nothing)"), /Specimen has no association "nothing"/],
    ["array_id,barcode\n1,a\n", TABULAR_QUERY, /its tabular columns and those of the rows differ in "structure"/],
    ["a,b\n1,2\n", "model::MicroarraySlide,rma::options[tabular$eq'barcode as a']", /differ in "b"/],
  ])("refuses rows that the query does not explain", async (csv, query, message) => {
    const { take, store } = await setUp();
    await expect(take("a.csv", csv, { query })).rejects.toThrow(message);
    expect((await store.info()).records).toEqual({});
  });
});

const NODE = { atlas_id: null, ontology_id: 1, color_hex_triplet: "FFFFFF", st_level: 0, hemisphere_id: 3 };
const GRAPH = {
  success: true,
  msg: [
    {
      ...NODE,
      id: 997,
      acronym: "root",
      name: "root",
      graph_order: 0,
      parent_structure_id: null,
      children: [
        { ...NODE, id: 8, acronym: "grey", name: "Grey", graph_order: 1, parent_structure_id: 997, children: [] },
      ],
    },
  ],
};
const GRAPH_XML = `<?xml version="1.0" encoding="UTF-8"?>
<structure_graph><id type="integer">10</id><name>Human Brain Atlas</name><ontolgy>x</ontolgy>
<structure><id type="integer">4005</id><acronym>Br</acronym><name>Brain</name>
<red type="integer">1</red><green type="integer">2</green><blue type="integer">255</blue>
<children><structure><id type="integer">9</id><acronym>a</acronym><name>A</name><children/></structure></children>
</structure></structure_graph>`;

describe("importFile() of structure graphs", () => {
  const COUNTS = { Ontology: 1, StructureGraph: 1, Structure: 2 };

  test("tells what the tree tells of each structure, and of the graph", async () => {
    const { take, all } = await setUp();
    expect(await take("1.json", JSON.stringify(GRAPH))).toEqual(COUNTS);
    expect(await all("select id, graph_id, depth, structure_id_path, parent_structure_id from structures")).toEqual([
      [8, 1, 1, "/997/8/", 997],
      [997, 1, 0, "/997/", null],
    ]);
    expect(await all("select id, ontology_id, root_structure_id from structure_graphs")).toEqual([[1, 1, 997]]);
    expect(await all("select id from ontologies")).toEqual([[1]]);
  });

  test("takes the graph's id from the caller, the file's name or the file", async () => {
    const { take, all } = await setUp();
    const json = JSON.stringify(GRAPH);
    for (const name of ["1.json", "1-2013.json", "structure_graph_download_1.json"]) await take(name, json);
    expect(await all("select id from structure_graphs")).toEqual([[1]]);
    await take("graph.json", json, { graph: 1 });
    await take("graph.xml", GRAPH_XML);
    expect(await all("select id, name from structure_graphs order by id")).toEqual([
      [1, null],
      [10, "Human Brain Atlas"],
    ]);
    await expect(take("graph.json", json)).rejects.toThrow(/it does not say which structure graph it is/);
    await expect(take("graph.xml", GRAPH_XML, { graph: 1 })).rejects.toThrow(/it is graph 10, and 1 was given/);
  });

  test("believes the structures before the file's name", async () => {
    const { take, all } = await setUp();
    const nested = JSON.stringify(GRAPH).replaceAll('"ontology_id"', '"graph_id":1,"ontology_id"');
    await take("77.json", nested);
    expect(await all("select id from structure_graphs")).toEqual([[1]]);
    await expect(take("1.json", nested, { graph: 77 })).rejects.toThrow(/it is graph 1, and 77 was given/);
    const differing = nested.replace('"graph_id":1', '"graph_id":2');
    await expect(take("graph.json", differing)).rejects.toThrow(/it does not say which structure graph it is/);
  });

  test("takes no structures away from another graph", async () => {
    const { take, all } = await setUp();
    await take("77.json", JSON.stringify(GRAPH));
    await expect(take("1.json", JSON.stringify(GRAPH))).rejects.toThrow(
      /it would be graph 1, and its structure \d+ is held as one of graph 77; import it as graph 77 \(--graph\), or into/,
    );
    expect(await all("select id from structure_graphs")).toEqual([[77]]);
    expect(await all("select graph_id, count(*) from structures group by 1")).toEqual([[77, 2]]);
  });

  test("takes nothing away with what the XML form leaves out", async () => {
    const { take, all } = await setUp();
    await take("a.json", '[{ "id": 9, "hemisphere_id": 3, "ontology_id": 7, "graph_order": 5 }]', {
      model: "Structure",
    });
    await take("graph.xml", GRAPH_XML);
    expect(
      await all(
        "select hemisphere_id, ontology_id, acronym, graph_order, color_hex_triplet from structures where id = 9",
      ),
    ).toEqual([[3, 7, "a", 1, null]]);
    expect(await all("select color_hex_triplet from structures where id = 4005")).toEqual([["0102FF"]]);
  });

  test.each([
    ["a node without a name", { ...GRAPH, msg: [{ id: 1, acronym: "a", children: [] }] }],
    ["an id twice", { ...GRAPH, msg: [...GRAPH.msg, ...GRAPH.msg] }],
  ])("refuses %s", async (_, document) => {
    const { take, store } = await setUp();
    await expect(take("1.json", JSON.stringify(document))).rejects.toThrow(/^Cannot import ".*1.json": /);
    expect((await store.info()).records).toEqual({});
  });
});
