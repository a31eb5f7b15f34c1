import fc from "fast-check";
import { RecordDatabase } from "../../packages/mirror/src/records/record-database.ts";
import type { SqlValue } from "../../packages/mirror/src/records/values.ts";

// Small random databases of a few models, as plain data: what queries are compared on.

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;
export interface World {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly links: Readonly<Record<string, readonly (readonly [number, number])[]>>;
}

export type Kind = "number" | "boolean" | "text" | "date";
export interface Model {
  readonly table: string;
  readonly classes?: readonly string[];
  readonly columns: Readonly<Record<string, Kind>>;
  readonly associations: Readonly<
    Record<string, { model: string; isMany: boolean; find: (row: Row, world: World) => readonly Row[] }>
  >;
}

const byKey = (table: string, own: string, other: string, classes?: readonly string[]) => (row: Row, world: World) =>
  (world.tables[table] ?? []).filter(
    (each) =>
      row[own] !== null &&
      each[other] === row[own] &&
      (classes === undefined || classes.includes(String(each.record_class))),
  );
const byLink = (table: string, link: string, isSwapped: boolean) => (row: Row, world: World) => {
  const ids = (world.links[link] ?? []).filter((pair) => pair[isSwapped ? 1 : 0] === row.id);
  return (world.tables[table] ?? []).filter(({ id }) => ids.some((pair) => pair[isSwapped ? 0 : 1] === id));
};

// What a model's rows may be of; those of other classes of its table are not its.
const SET_CLASSES = ["SectionDataSet"];
const IMAGE_CLASSES = ["SectionImage", "AtlasImage"];
const SETS = { id: "number", name: "text", failed: "boolean", weight: "number", qc_date: "date" } as const;
export const MODELS: Readonly<Record<string, Model>> = {
  SectionDataSet: {
    table: "data_sets",
    classes: SET_CLASSES,
    columns: SETS,
    associations: {
      genes: { model: "Gene", isMany: true, find: byLink("genes", "links_data_sets_genes", false) },
      products: { model: "Product", isMany: true, find: byLink("products", "links_data_sets_products", false) },
      section_images: {
        model: "SectionImage",
        isMany: true,
        find: byKey("sub_images", "id", "data_set_id", IMAGE_CLASSES),
      },
      plane_of_section: {
        model: "PlaneOfSection",
        isMany: false,
        find: byKey("plane_of_sections", "plane_of_section_id", "id"),
      },
    },
  },
  Gene: {
    table: "genes",
    columns: { id: "number", acronym: "text", name: "text", entrez_id: "number" },
    associations: {
      organism: { model: "Organism", isMany: false, find: byKey("organisms", "organism_id", "id") },
      products: { model: "Product", isMany: true, find: byLink("products", "links_genes_products", false) },
    },
  },
  SectionImage: {
    table: "sub_images",
    classes: IMAGE_CLASSES,
    columns: { id: "number", section_number: "number", resolution: "number", failed: "boolean" },
    associations: {
      section_data_set: {
        model: "SectionDataSet",
        isMany: false,
        find: byKey("data_sets", "data_set_id", "id", SET_CLASSES),
      },
    },
  },
  Product: { table: "products", columns: { id: "number", name: "text", abbreviation: "text" }, associations: {} },
  PlaneOfSection: { table: "plane_of_sections", columns: { id: "number", name: "text" }, associations: {} },
  Organism: { table: "organisms", columns: { id: "number", name: "text" }, associations: {} },
};

export const TEXTS = ["a", "A", "ab", "aB", "b*", "a_", "%", "a?c", "[x]", "a\\b", "", "name", "é"];
export const DATES = ["2009-05-02T00:00:00Z", "2009-05-02T22:45:57Z", "2010-01-01T00:00:00Z"];
const text = fc.option(fc.constantFrom(...TEXTS));
const small = fc.option(fc.integer({ min: 0, max: 4 }));
const half = fc.option(fc.constantFrom(0, 0.5, 1, 2.5));
const flag = fc.option(fc.constantFrom(0, 1));
const key = fc.option(fc.integer({ min: 1, max: 4 }), { freq: 4 });
const table = (row: Record<string, fc.Arbitrary<Cell>>, size = 5): fc.Arbitrary<Row[]> =>
  fc.array(fc.record(row), { maxLength: size }).map((rows) => rows.map((each, index) => ({ id: index + 1, ...each })));
const links = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 })), {
  maxLength: 9,
  selector: String,
});
const setClass = fc.constantFrom("SectionDataSet", "SectionDataSet", "AtlasDataSet");
const imageClass = fc.constantFrom("SectionImage", "AtlasImage", "MosaicImage");
export const worldArbitrary: fc.Arbitrary<World> = fc
  .record({
    tables: fc.record({
      data_sets: table({
        name: text,
        failed: flag,
        weight: small,
        qc_date: fc.option(fc.constantFrom(...DATES)),
        plane_of_section_id: key,
        record_class: setClass,
      }),
      genes: table({
        acronym: text,
        name: text,
        entrez_id: small,
        organism_id: key,
        record_class: fc.constantFrom("Gene", "NcbiGene"),
      }),
      sub_images: table(
        { data_set_id: key, section_number: small, resolution: half, failed: flag, record_class: imageClass },
        9,
      ),
      products: table({ name: text, abbreviation: text, record_class: fc.constant("Product") }),
      plane_of_sections: table({ name: text, record_class: fc.constant("PlaneOfSection") }),
      organisms: table({ name: text, record_class: fc.constant("Organism") }),
    }),
    links: fc.record({ links_data_sets_genes: links, links_data_sets_products: links, links_genes_products: links }),
  })
  // Pairs of records that are not there would be none.
  .map(({ tables, links: pairs }) => ({
    tables,
    links: Object.fromEntries(
      Object.entries(pairs).map(([name, list]) => [
        name,
        list.filter(
          ([one, other]) =>
            one <= (name.includes("data_sets") ? tables.data_sets : tables.genes).length &&
            other <= (name.endsWith("products") ? tables.products : tables.genes).length,
        ),
      ]),
    ),
  }));

export function load({ tables, links: pairs }: World): RecordDatabase {
  const database = RecordDatabase.create();
  database.write((writer) => {
    const insert = (into: string, row: Readonly<Record<string, SqlValue>>): void => {
      const names = Object.keys(row);
      const sql = `insert into ${into} (${names.join()}) values (${names.map(() => "?").join()})`;
      writer.run({ sql, parameters: Object.values(row) });
    };
    for (const [name, rows] of Object.entries(tables)) for (const row of rows) insert(name, row);
    for (const [name, list] of Object.entries(pairs)) {
      const [, one, other] = /^links_(data_sets|genes)_(genes|products)$/.exec(name) ?? [];
      for (const [left, right] of list) insert(name, { [`${one}_id`]: left, [`${other}_id`]: right });
    }
    for (const { table: table_name, columns } of Object.values(MODELS)) {
      for (const column_name of Object.keys(columns)) {
        writer.run({
          sql: "insert or ignore into held_columns (table_name, column_name, column_type) values (?, ?, 'string')",
          parameters: [table_name, column_name],
        });
      }
    }
  });
  return database;
}
