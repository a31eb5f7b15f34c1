import { parseRma, type Query } from "@brainatlas/sdk/rma";
import { afterAll, describe, expect, test } from "vitest";
import { RecordDatabase } from "../records/record-database.ts";
import { fromSql } from "../records/values.ts";
import { writeRows } from "../records/write-rows.ts";
import type { QueryAnswer, QueryLimits, ResultRow, RowShape } from "./result.ts";
import { runQuery } from "./run-query.ts";

const database = RecordDatabase.create();
afterAll(() => database.close());

const organism = { id: 2, name: "Mouse" };
const pdyn = { id: 10, acronym: "Pdyn", name: "prodynorphin", entrez_id: 18610, organism_id: 2, organism };
const snca = { id: 11, acronym: "Snca", name: "Snca", entrez_id: null, organism_id: 2, organism };
writeRows(database, [
  {
    model: "SectionDataSet",
    row: {
      id: 1,
      failed: false,
      name: "",
      qc_date: "2009-05-02T22:45:57Z",
      weight: 5470,
      notes: "x",
      marked: 5, // A column of no schema: of numbers first, then of anything.
      genes: [pdyn, snca],
      products: [{ id: 1, abbreviation: "Mouse" }],
      plane_of_section: { id: 1, name: "coronal" },
      section_images: [
        { id: 100, section_number: 5, alignment2d: { id: 7, tsv_00: 0.5 } },
        { id: 101, section_number: 3, alignment2d: null },
      ],
    },
  },
  {
    model: "SectionDataSet",
    row: {
      id: 2,
      failed: true,
      name: "NISSL 50%",
      qc_date: "2009-05-02T00:00:00Z",
      weight: null,
      notes: 5,
      marked: "x",
      genes: [snca],
      products: [{ id: 1 }, { id: 2, abbreviation: "DevMouse" }],
      plane_of_section: { id: 2, name: "sagittal" },
      section_images: [{ id: 102, section_number: 4 }],
    },
  },
  {
    model: "SectionDataSet",
    row: { id: 3, failed: false, name: "Nissl", qc_date: null, genes: [], section_images: [] },
  },
  { model: "AtlasDataSet", row: { id: 4, name: "an atlas", failed: false, atlases: [{ id: 1, name: "Adult" }] } },
  { model: "NcbiGene", row: { id: 12, acronym: "a?c[1]", name: null } },
  { model: "AtlasImage", row: { id: 200, section_number: 9, data_set_id: 4, annotated: true } },
  {
    model: "WellKnownFile",
    row: { id: 5, path: "/a.zip", attachable_id: 1, attachable_type: "SectionDataSet" },
  },
  { model: "WellKnownFile", row: { id: 6, path: "/b.zip", attachable_id: 1, attachable_type: "Specimen" } },
]);

async function ask(query: string | Query, limits?: Partial<QueryLimits>) {
  const answer = await runQuery(database, typeof query === "string" ? parseRma(query) : query, limits);
  return { ...answer, rows: await rowsOf(answer) };
}

async function rowsOf({ batches, shape }: QueryAnswer): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const batch of batches) rows.push(...batch.map((row) => plain(shape, row)));
  return rows;
}

function plain({ columns, includes }: RowShape, row: ResultRow): Record<string, unknown> {
  const cells = columns.map(({ name, type }, index) => [name, fromSql(row.values[index] ?? null, type)]);
  const below = includes.map(({ name, shape }, index) => {
    const found = row.includes[index];
    if (Array.isArray(found)) return [name, found.map((each) => plain(shape, each))];
    return [name, found ? plain(shape, found as ResultRow) : null]; // An array was told apart above.
  });
  return Object.fromEntries([...cells, ...below]);
}

async function ids(query: string): Promise<unknown[]> {
  return (await ask(query)).rows.map(({ id }) => id);
}

const sets = (filters: string): Promise<unknown[]> => ids(`model::SectionDataSet,rma::criteria,${filters}`);

test("runQuery() keeps what is asked for apart from what is included alone", async () => {
  expect(await ids("model::SectionDataSet,rma::include,genes")).toEqual([1, 2, 3]);
  expect(await ids("model::SectionDataSet,rma::criteria,genes,rma::include,genes")).toEqual([1, 2]);
  expect(await ids("model::SectionDataSet,rma::include,genes")).toEqual([1, 2, 3]);
});

test("runQuery() includes a row once, however many rows make it fit", async () => {
  const { rows } = await ask("model::SectionDataSet[id$eq1],rma::include,genes(data_sets[id$in1,2])");
  expect(rows).toMatchObject([{ genes: [{ id: 10 }, { id: 11 }] }]);
});

describe("runQuery() filters", () => {
  test.each([
    ["[id$eq2]", [2]],
    ["[id$eq'2']", [2]],
    ["[id$ne2]", [1, 3]],
    ["[id$in1,3,99]", [1, 3]],
    ["[id$eq1,3]", [1, 3]],
    ["[id$ge2][id$lt3]", [2]],
    ["[failed$eqfalse]", [1, 3]],
    ["[failed$eq'f']", [1, 3]],
    ["[failed$eqt]", [2]],
    ["[failed$ne'true']", [1, 3]],
    ["[weight]", [1]],
    ["[weight$eqnull]", [2, 3]],
    ["[weight$nenull]", [1]],
    ["[weight$ne'nil']", [1]],
    ["[weight$eq'nil']", [2, 3]],
    ["[weight$ne'']", [1]],
    ["[weight$ne0]", [1]],
    ["[name$ne'']", [2, 3]],
    ["[name$eq'']", [1]],
    ["[name$eq'Nissl']", [3]],
    ["[name$eq'NISSL']", []],
    ["[name$li'N*']", [2, 3]],
    ["[name$li'*S*']", [2]],
    ["[name$il'n*']", [2, 3]],
    ["[name$ilnissl]", [3]],
    ["[name$il'*0%']", [2]],
    ["[name$li'*_*']", []],
    ["[qc_date$gt2009-05-02]", [1]],
    ["[qc_date$eq'2009-05-02']", [2]],
    ["[qc_date$le'2009-05-02 22:45:57']", [1, 2]],
    ["[notes$eq'x']", [1]],
    ["[notes$eq5]", [2]],
    ["[notes$nex]", [2]],
    ["[notes$eqnull]", [3]],
    ["[marked$eq5]", [1]],
    ["[marked$in'5',7]", [1]],
    ["[marked$ne5]", [2]],
    ["[marked$eqx]", [2]],
    ["[genes.acronym$eq'Pdyn'],genes", [1]],
    ["genes[genes.acronym$eq'Pdyn']", [1]],
    ["plane_of_section[plane_of_sections.name$in'sagittal']", [2]],
    ["genes[acronym$eq'Snca'][weight$eq5470]", [1]],
    ["genes(organism[name$eq'Mouse'][acronym$eq'Pdyn'])", [1]],
    ["genes[acronym$eqname]", [1, 2]],
    ["genes,[genes.acronym$eqgenes.name]", [1, 2]],
  ])("%s", async (filters, expected) => {
    expect(await sets(filters)).toEqual(expected);
  });

  test("take wildcards of the database as text", async () => {
    expect(await ids("model::Gene[acronym$li'a?c[1]*']")).toEqual([12]);
    expect(await ids("model::Gene[acronym$li'???c*']")).toEqual([]);
    expect(await ids("model::Gene[acronym$il'A?C[*']")).toEqual([12]);
    expect(await ids("model::Gene[acronym$il'_?c*']")).toEqual([]);
  });

  test.each([
    ["model::SectionDataSet[id$eqabc]", 'Cannot compare id with "abc": it holds values of type integer; give a number'],
    ["model::SectionDataSet[id$eq99999999999999999999]", "give a smaller number"],
    ["model::SectionDataSet[failed$eq2]", "give true or false"],
    ["model::SectionDataSet[failed$gtfalse]", "have no order"],
    ["model::SectionDataSet[qc_date$gt'May']", "give a date such as 2009-05-02"],
    ["model::SectionDataSet[id$li'1*']", "it holds values of type integer"],
    ["model::SectionDataSet[id$in1,nil]", "in a filter of its own"],
    ["model::SectionDataSet[id$lt1,2]", "with 2 values by $lt; give one"],
    ["model::SectionDataSet[id$is'x']", "binds a variable in a pipe"],
    ["model::SectionDataSet[id$eqname]", "integer and string; give columns of one type"],
    ["model::SectionDataSet[id$in$x]", 'Cannot find variable "$x"'],
    ["model::SectionDataSet[weigth$eq1]", 'near it: "weight"'],
    [
      "model::AtlasImage[atlas_data_set_id$eq1]",
      'Cannot find column "atlas_data_set_id" of AtlasImage; near it: "data_set_id"',
    ],
    ["model::SectionDataSet[donors.id$eq1]", 'the query joins no "donors"; it has data_sets'],
    ["model::SectionDataSet,rma::criteria,gene", 'Cannot find association "gene" of SectionDataSet; near it: "genes"'],
    ["model::SectionDataset", 'Cannot find model "SectionDataset"; near it: "SectionDataSet"'],
    ["model::SectionDataSet,rma::options[order$eq'nam']", 'near it: "name"'],
    ["model::SectionDataSet,rma::options[only$eq'genes.id']", 'joins no "genes"'],
    ["model::SectionDataSet,rma::options[only$eq'ide']", 'near it: "id"'],
    ["service::mouse_agea", "none is run here"],
    ["model::Gene,pipe::list[x$is'id']", "put a model's or a service's stage after it"],
    ["model::Gene,pipe::table[x$is'id'],model::Gene", 'Cannot run pipe "table"'],
    ["model::Gene,pipe::list[x$is'probes/id'],model::Gene", "include it in their stage"],
    ["model::Gene,pipe::list[x$is'ids'],model::Gene", 'Cannot find column "ids" in the rows'],
  ])("%s is refused", async (query, message) => {
    await expect(ask(query)).rejects.toThrow(message);
    await expect(ask(query)).rejects.toMatchObject({
      name: expect.stringMatching(/^(QueryError|UnsupportedStageError)$/),
    });
  });
});

describe("runQuery() criteria and includes", () => {
  test("keep each row once, however many associated rows meet the filters", async () => {
    expect(await ask("model::SectionDataSet,rma::criteria,genes,section_images")).toMatchObject({
      numRows: 2,
      totalRows: 2,
      rows: [{ id: 1 }, { id: 2 }],
    });
  });

  test("give rows of the model's classes alone", async () => {
    expect(await ids("model::SectionDataSet")).toEqual([1, 2, 3]);
    expect(await ids("model::DataSet")).toEqual([1, 2, 3, 4]);
    const { batches } = await runQuery(database, parseRma("model::Gene"));
    for await (const batch of batches) {
      expect(batch.map(({ className }) => className)).toEqual(["Gene", "Gene", "NcbiGene"]);
    }
  });

  test("nest objects and arrays, and restrict rows by the filters within", async () => {
    const { rows } = await ask("model::SectionDataSet,rma::include,genes[acronym$eq'Pdyn'](organism),plane_of_section");
    expect(rows).toEqual([
      expect.objectContaining({
        id: 1,
        genes: [{ acronym: "Pdyn", entrez_id: 18610, id: 10, name: "prodynorphin", organism_id: 2, organism }],
        plane_of_section: { id: 1, name: "coronal" },
      }),
    ]);
  });

  test("give null and nothing where no row is associated", async () => {
    const { rows } = await ask("model::SectionDataSet[id$eq3],rma::include,genes,plane_of_section");
    expect(rows).toMatchObject([{ genes: [], plane_of_section: null }]);
    const images = await ask("model::SectionImage,rma::include,alignment2d");
    expect(images.rows).toMatchObject([{ alignment2d: { id: 7 } }, { alignment2d: null }, {}, {}]);
  });

  test("filter included rows by the criteria of the same association", async () => {
    const { rows } = await ask("model::SectionDataSet,rma::criteria,genes[acronym$eq'Snca'],rma::include,genes");
    expect(rows.map(({ genes }) => genes)).toMatchObject([[{ id: 11 }], [{ id: 11 }]]);
  });

  test("follow keys that point at rows of several tables", async () => {
    const { rows } = await ask("model::SectionDataSet,rma::criteria,well_known_files,rma::include,well_known_files");
    expect(rows).toMatchObject([{ id: 1, well_known_files: [{ id: 5 }] }]);
  });

  test("give the columns that are held, by name, and tell the schema's order", async () => {
    const { shape } = await ask("model::Gene");
    const names = shape.columns.map(({ name }) => name);
    expect(names).toEqual(["acronym", "entrez_id", "id", "name", "organism_id"]);
    expect(shape.schemaOrder.map((index) => names[index])).toEqual([
      "id",
      "name",
      "entrez_id",
      "acronym",
      "organism_id",
    ]);
  });
});

describe("runQuery() filters by keys of linking rows", () => {
  test("a set's id finds its structures", async () => {
    const structures = [
      { id: 8, name: "grey", structure_sets: [{ id: 10 }, { id: 12 }] },
      { id: 9, name: "SSp-tr6a", structure_sets: [{ id: 12 }] },
    ];
    writeRows(
      database,
      structures.map((row) => ({ model: "Structure", row })),
    );
    expect(await ids("model::Structure,rma::criteria,[structure_set_id$in10,12]")).toEqual([8, 9]);
    expect(await ids("model::Structure[structure_set_id$eq10]")).toEqual([8]);
    expect(await ids("model::StructureSet[structure_id$eq9]")).toEqual([12]);
  });
});

describe("runQuery() of rows that come with an association unasked", () => {
  test("an experiment has the record of its line, and is found by the line's name", async () => {
    const line = { id: 7, name: "Cux2-IRES-Cre" };
    writeRows(database, [
      { model: "TransgenicLine", row: line },
      { model: "ApiConnectivity", row: { data_set_id: 1, transgenic_line: line.name, transgenic_line_id: 7 } },
      { model: "ApiConnectivity", row: { data_set_id: 2, transgenic_line: null, transgenic_line_id: null } },
    ]);
    const { rows } = await ask("model::ApiConnectivity");
    expect(rows.map((row) => row.transgenic_line)).toEqual([line, null]);
    const found = await ask(
      "model::ApiConnectivity[transgenic_line$in'Cux2-IRES-Cre'],rma::options[only$eqdata_set_id]",
    );
    expect(found.rows).toEqual([{ data_set_id: 1 }]);
    const flat = await ask("model::ApiConnectivity,rma::options[tabular$eq'data_set_id,transgenic_line']");
    expect(flat.rows).toEqual([
      { data_set_id: 1, transgenic_line: line.name },
      { data_set_id: 2, transgenic_line: null },
    ]);
  });
});

describe("runQuery() options", () => {
  const options = (text: string, before = "model::SectionDataSet") => ask(`${before},rma::options${text}`);

  test("only and except choose columns, through includes too", async () => {
    const before = "model::SectionDataSet[id$eq1],rma::include,genes";
    expect((await options("[only$eq'genes.acronym']", before)).rows).toEqual([
      { genes: [{ acronym: "Pdyn" }, { acronym: "Snca" }] },
    ]);
    expect((await options("[only$eq'id,genes.*id']", before)).rows).toEqual([
      {
        id: 1,
        genes: [
          { entrez_id: 18610, id: 10, organism_id: 2 },
          { entrez_id: null, id: 11, organism_id: 2 },
        ],
      },
    ]);
    const { rows } = await options("[except$eq'*name,data_sets.weight,genes.name,genes.*id']", before);
    expect(rows).toEqual([expect.objectContaining({ id: 1, genes: [{ acronym: "Pdyn" }, { acronym: "Snca" }] })]);
    expect(Object.keys(rows[0] ?? {})).not.toContain("weight");
  });

  test("only takes a name that the model lacks as one of what is included", async () => {
    const before = "model::SectionDataSet[id$eq1],rma::include,genes(organism),plane_of_section";
    expect((await options("[only$eqid,acronym]", before)).rows).toEqual([
      {
        id: 1,
        genes: [
          { acronym: "Pdyn", organism: {} },
          { acronym: "Snca", organism: {} },
        ],
        plane_of_section: {},
      },
    ]);
    await expect(options("[only$eqacronym]")).rejects.toThrow('Cannot use only "acronym": there is no such column');
  });

  test("except leaves nothing out for a name that means nothing", async () => {
    const all = await options("[only$eq'*']");
    expect((await options("[except$eqt,a,g,s,genes.id]")).rows).toEqual(all.rows);
  });

  test("order sorts by several keys, by columns of what is included, by the least of many", async () => {
    const order = async (text: string, before?: string) => (await options(text, before)).rows.map(({ id }) => id);
    expect(await order("[order$eq'failed$desc,id$desc']")).toEqual([2, 3, 1]);
    expect(await order("[order$eq'weight']")).toEqual([1, 2, 3]);
    expect(await order("[order$eq'weight$desc']")).toEqual([2, 3, 1]);
    expect(await order("[order$eq'id$desc']")).toEqual([3, 2, 1]);
    const images = "model::SectionDataSet,rma::include,section_images";
    expect(await order("[order$eq'sub_images.section_number']", images)).toEqual([1, 2, 3]);
    expect(await order("[order$eq'sub_images.section_number$desc']", images)).toEqual([3, 2, 1]);
    const one = await ask(
      "model::SectionDataSet[id$eq1],rma::include,section_images,rma::options[order$eq'sub_images.section_number']",
    );
    expect([one.rows.length, one.numRows, one.totalRows]).toEqual([1, 1, 1]);
    const plane = "model::SectionDataSet,rma::criteria,plane_of_section";
    expect(await order("[order$eq'plane_of_sections.name$desc']", plane)).toEqual([2, 1]);
  });

  test("tabular gives flat rows of the places used, under their aliases", async () => {
    const before = "model::SectionDataSet,rma::criteria,genes,section_images,products";
    const answer = await options(
      "[tabular$eq'data_sets.id,genes.acronym as gene'][order$eq'genes.acronym,id$desc']",
      before,
    );
    expect(answer).toMatchObject({ isTabular: true, numRows: 3, totalRows: 3 });
    expect(answer.rows).toEqual([
      { id: 1, gene: "Pdyn" },
      { id: 2, gene: "Snca" },
      { id: 1, gene: "Snca" },
    ]);
    expect((await options("[tabular$eq'distinct genes.acronym']", before)).rows).toEqual([
      { acronym: "Pdyn" },
      { acronym: "Snca" },
    ]);
    expect((await options("[tabular$eq'genes.*id']", before)).rows).toHaveLength(3);
  });

  test("num_rows, start_row and count say which rows come", async () => {
    expect(await options("[num_rows$eq1][start_row$eq1]")).toMatchObject({
      startRow: 1,
      numRows: 1,
      totalRows: 3,
      rows: [{ id: 2 }],
    });
    expect(await options("[num_rows$eq1][count$eqfalse]")).toMatchObject({ numRows: 1, totalRows: 1 });
    expect(await options("[num_rows$eqall][start_row$eq2]")).toMatchObject({ numRows: 1, totalRows: 3 });
    expect(await options("[num_rows$eq0]")).toMatchObject({ numRows: 0, totalRows: 3, rows: [] });
    expect(await options("[start_row$eq9]")).toMatchObject({ startRow: 9, numRows: 0, totalRows: 3, rows: [] });
    expect(await options("[start_row$eq1]", "model::SectionDataSet[id$eq1]")).toMatchObject({
      numRows: 0,
      totalRows: 1,
    });
  });

  test("debug gives the query in its canonical form, and preview does not run it", async () => {
    const debug = "model::Gene,rma::criteria,[id$eq10],rma::options[debug$eqtrue]";
    expect(await ask("model::Gene[id$eq10],rma::options[debug$eqt]")).toMatchObject({ debug, numRows: 1 });
    expect(await options("[debug$eq'preview']")).toMatchObject({ numRows: 0, rows: [] });
    expect((await ask("model::Gene")).debug).toBeUndefined();
  });
});

describe("runQuery() pipes", () => {
  test.each([
    ["model::Gene[acronym$eq'Snca'],pipe::list[x$is'id'],model::SectionDataSet,rma::criteria,genes[id$in$x]", [1, 2]],
    ["model::SectionDataSet[id$eq1],rma::include,genes,pipe::list[x$is'genes/id'],model::Gene[id$in$x]", [10, 11]],
    [
      "model::SectionDataSet[id$eq2],rma::include,plane_of_section,pipe::list[x$eq'plane_of_section/name'],model::PlaneOfSection[name$eq$x]",
      [2],
    ],
    [
      "model::SectionDataSet[id$eq1],rma::options[only$eqfailed],pipe::list[f$is'failed'],model::SectionDataSet[failed$eq$f]",
      [1, 3],
    ],
    ["model::SectionDataSet[id$eq99],pipe::list[x$is'id'],model::Gene[id$in$x]", []],
    ["model::Gene[id$eq10],pipe::list[x$is'id'][y$is'name'],model::Gene[id$eq$x][name$eq$y]", [10]],
    ["model::Gene,model::SectionDataSet[id$eq1]", [1]],
  ])("%s", async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });
});
