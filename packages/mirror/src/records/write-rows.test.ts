import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { countRows } from "./count-rows.ts";
import { RecordDatabase } from "./record-database.ts";
import { isNumeric, type SqlValue } from "./values.ts";
import { writeRows } from "./write-rows.ts";

const LIMITS = { timeLimitMs: 10_000 };

interface Kit {
  readonly database: RecordDatabase;
  write(model: string, ...rows: Record<string, unknown>[]): Readonly<Record<string, number>>;
  all(sql: string, ...parameters: SqlValue[]): Promise<readonly (readonly SqlValue[])[]>;
}

function setUp(): Kit {
  const database = RecordDatabase.create();
  onTestFinished(() => database.close());
  return {
    database,
    write: (model, ...rows) =>
      writeRows(
        database,
        rows.map((row) => ({ model, row })),
      ).models,
    all: (sql, ...parameters) => database.read((reader) => reader.all({ sql, parameters }, LIMITS)),
  };
}

describe("writeRows() of columns", () => {
  test("replaces what is given and leaves the rest", async () => {
    const { write, all } = setUp();
    write("Gene", { id: 15, acronym: "Abat", name: "a", entrez_id: 268860 });
    write("Gene", { id: 15 }, { id: 15, name: "b", entrez_id: null });
    expect(await all("select acronym, name, entrez_id from genes")).toEqual([["Abat", "b", null]]);
  });

  test("takes a column that is undefined for one that is not given", async () => {
    const { write, all } = setUp();
    write("Gene", { id: 15, acronym: "Abat" }, { id: 15, acronym: undefined });
    expect(await all("select acronym from genes")).toEqual([["Abat"]]);
  });

  test("reads text by the column's type, as CSV and XML have it", async () => {
    const { write, all } = setUp();
    write("SectionDataSet", { id: "5", failed: "t", section_thickness: "25.0", weight: "", name: "007" });
    write("SectionDataSet", { id: 6, failed: "False", section_thickness: "1e-3", weight: " 7 ", name: 7 });
    expect(await all("select id, failed, section_thickness, weight, name from data_sets")).toEqual([
      [5, 1, 25, null, "007"],
      [6, 0, 0.001, 7, "7"],
    ]);
  });

  test("keeps times in one form, by which they compare", async () => {
    const { write, all } = setUp();
    const times = ["2009-05-02T22:45:57Z", "2009-05-02 22:45:57", "2009-05-02 22:45:57 UTC", "2009-05-02", "", "soon"];
    write("SectionDataSet", ...times.map((qc_date, index) => ({ id: index + 1, qc_date })));
    const time = "2009-05-02T22:45:57Z";
    expect((await all("select qc_date from data_sets order by id")).flat()).toEqual([
      ...[time, time, time],
      ...["2009-05-02T00:00:00Z", null, "soon"],
    ]);
  });

  test("writes rows without an id under the column that is their key", async () => {
    const { write, all } = setUp();
    write("ApiConnectivity", { data_set_id: 9, name: "a" }, { data_set_id: 9, gender: "M" });
    expect(await all("select id, data_set_id, name, gender from api_connectivities")).toEqual([[9, 9, "a", "M"]]);
  });

  test("tells which columns are held", async () => {
    const { database, write } = setUp();
    write("Gene", { id: 15, acronym: "Abat", organism: { id: 2 } });
    const columns = (await database.catalogue()).table("genes").columns;
    const held = [...columns.values()].filter(({ isHeld }) => isHeld).map(({ name }) => name);
    expect(held).toEqual(["id", "acronym"]); // The key that the association gives is held, and not shown.
  });
});

describe("writeRows() of columns that the schema lacks", () => {
  test("adds them, with the type of their first value", async () => {
    const { database, write, all } = setUp();
    write("Gene", { id: 1, new_note: null, count_2: null }, { id: 2, new_note: "a", count_2: 5, ok: true, list: [1] });
    const columns = (await database.catalogue()).table("genes").columns;
    const typeOf = (name: string): unknown => columns.get(name)?.type;
    expect(["new_note", "count_2", "ok", "list"].map(typeOf)).toEqual(["string", "integer", "boolean", "unknown"]);
    expect(await all("select new_note, count_2, ok, list from genes order by id")).toEqual([
      [null, null, null, null],
      ["a", 5, 1, "[1]"],
    ]);
  });

  test("changes their type when a value does not fit, and keeps what they hold", async () => {
    const { database, write, all } = setUp();
    write("Gene", { id: 1, x: 1, flag: true }, { id: 2, x: 1.5, flag: false });
    expect((await database.catalogue()).table("genes").columns.get("x")?.type).toBe("float");
    write("Gene", { id: 3, x: "s", flag: { a: 1 } });
    expect((await database.catalogue()).table("genes").columns.get("x")?.type).toBe("unknown");
    const rows = await all("select x, flag from genes order by id");
    expect(rows.map((row) => row.map((value) => JSON.parse(String(value))))).toEqual([
      [1, true],
      [1.5, false],
      ["s", { a: 1 }],
    ]);
  });

  test.each([
    ["a b", /it is no column's name/],
    ["a-b", /it is no column's name/],
    ["a".repeat(64), /it is no column's name/],
    ['"; drop table genes; --', /it is no column's name/],
    ["Name", /there is "name"; use that/],
    ["record_class", /that name is the store's own/],
  ])("refuses the name %s", (name, message) => {
    expect(() => setUp().write("Gene", { id: 1, [name]: 1 })).toThrow(message);
  });

  test("takes names that objects have of themselves", async () => {
    const { write, all } = setUp();
    write("Gene", { id: 1, constructor: null, toString: "x", valueOf: 1 });
    expect(await all('select "constructor", "toString", "valueOf" from genes')).toEqual([[null, "x", 1]]);
    expect(() => write("Gene", JSON.parse('{ "id": 1, "__proto__": 1 }'))).toThrow(/it is no column's name/);
  });

  test("keeps 200 of them and refuses more", async () => {
    const { write, all } = setUp();
    const columns = (count: number): Record<string, number> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, index]));
    write("Gene", { id: 1, ...columns(200) });
    expect(() => write("Gene", { id: 2, ...columns(201) })).toThrow(/it has 200 columns beside the schema's/);
    expect(await all("select count(*) from genes")).toEqual([[1]]);
  });
});

describe("writeRows() of associations", () => {
  test("sets the key on whichever side has it", async () => {
    const { write, all } = setUp();
    const counts = write("SectionDataSet", {
      id: 1,
      specimen: { id: 2, donor: { id: 3 } },
      section_images: [{ id: 4 }, { id: 5, data_set_id: 99 }],
      equalization: { id: 6, red_lower: 1 },
      plane_of_section: null,
      structure_unionizes: [],
    });
    expect(counts).toEqual({ Donor: 1, Specimen: 1, SectionDataSet: 1, SectionImage: 2, Equalization: 1 });
    expect(await all("select specimen_id, plane_of_section_id from data_sets")).toEqual([[2, null]]);
    expect(await all("select donor_id from specimens")).toEqual([[3]]);
    expect(await all("select id, data_set_id from sub_images order by id")).toEqual([
      [4, 1],
      [5, 99], // What a row says itself stays.
    ]);
    expect(await all("select section_data_set_id, red_lower from equalizations")).toEqual([[1, 1]]);
  });

  test("takes a record's key from the row that points at it", async () => {
    const { write, all } = setUp();
    write("Specimen", { id: 1, donor_id: 3, donor: { name: "d" } });
    expect(await all("select id, name from donors")).toEqual([[3, "d"]]);
  });

  test("names the base of a family in a key that points at several tables", async () => {
    const { write, all } = setUp();
    write("SectionDataSet", { id: 1, alignment3d: { id: 2 }, well_known_files: [{ id: 3 }] });
    write("Specimen", { id: 4, well_known_files: [{ id: 5 }] });
    expect(await all("select aligned_id, aligned_type from alignment3ds")).toEqual([[1, "DataSet"]]);
    expect(await all("select attachable_id, attachable_type from well_known_files order by id")).toEqual([
      [1, "DataSet"],
      [4, "Specimen"],
    ]);
  });

  test("links by pairs, once each", async () => {
    const { write, all } = setUp();
    write("SectionDataSet", { id: 1, products: [{ id: 5 }, { id: 6, name: "p" }], genes: [{ id: 15 }] });
    write("Product", { id: 5, name: "q" });
    write("SectionDataSet", { id: 1, products: [{ id: 5 }] });
    expect(await all("select data_sets_id, products_id from links_data_sets_products order by 2")).toEqual([
      [1, 5],
      [1, 6],
    ]);
    expect(await all("select id, name from products order by id")).toEqual([
      [5, "q"],
      [6, "p"],
    ]);
  });

  test("leads from a plate to its data set", async () => {
    const { write, all } = setUp();
    write("AtlasImage", { id: 1, atlas_data_set: { id: 5, atlases: [{ id: 2 }] } });
    expect(await all("select data_set_id from sub_images")).toEqual([[5]]);
    expect(await all("select record_class from data_sets")).toEqual([["AtlasDataSet"]]);
    expect(await all("select data_sets_id, atlases_id from links_atlases_data_sets")).toEqual([[5, 2]]);
  });

  test("makes the pairs of rows that join two models", async () => {
    const { write, all } = setUp();
    write("StructureSetsStructure", { id: 1, structure_id: 8, structure_set_id: 12 });
    write("StructureSet", { id: 10, structure_sets_structures: [{ id: 2, structure_id: 8 }] });
    expect(await all("select structures_id, structure_sets_id from links_structure_sets_structures")).toEqual([
      [8, 12],
      [8, 10],
    ]);
  });

  test("keeps what leads to no known model as JSON", async () => {
    const { write, all } = setUp();
    write("Specimen", { id: 1, cell_soma_locations: [{ id: 2, x: 1.5 }], cortex_layer: { id: 3 } });
    expect(await all("select cell_soma_locations, cortex_layer from specimens")).toEqual([
      ['[{"id":2,"x":1.5}]', '{"id":3}'],
    ]);
  });
});

describe("writeRows() of families", () => {
  const classOf = async ({ all }: Kit, table: string): Promise<unknown> =>
    (await all(`select record_class from ${table}`))[0]?.[0];

  test("lets a class that says more win over one that says less, in any order", async () => {
    for (const models of [
      ["DataSet", "SectionDataSet"],
      ["SectionDataSet", "DataSet"],
    ]) {
      const kit = setUp();
      for (const model of models) kit.write(model, { id: 1 });
      expect(await classOf(kit, "data_sets")).toBe("SectionDataSet");
    }
  });

  test("lets what is said win over what an association implies", async () => {
    const kit = setUp();
    kit.write("Equalization", { id: 1, section_data_set: { id: 5 } });
    expect(await classOf(kit, "data_sets")).toBe("SectionDataSet");
    kit.write("AtlasDataSet", { id: 5 });
    kit.write("Equalization", { id: 1, section_data_set: { id: 5 } });
    expect(await classOf(kit, "data_sets")).toBe("AtlasDataSet");
  });

  test("keeps a plate a plate where it is spoken of as a section", async () => {
    const kit = setUp();
    kit.write("SectionImage", { id: 1 });
    kit.write("AtlasImage", { id: 1 });
    kit.write("SectionImage", { id: 1 });
    expect(await classOf(kit, "sub_images")).toBe("AtlasImage");
  });

  test("reads the class from the column type, where it names one of the family", async () => {
    const kit = setUp();
    kit.write("Gene", { id: 1, type: "NcbiGene" });
    expect(await classOf(kit, "genes")).toBe("NcbiGene");
    kit.write("GraphicObject", { id: 1, type: "Gene" });
    expect(await classOf(kit, "graphic_objects")).toBe("GraphicObject");
  });
});

describe("writeRows() of what cannot be kept", () => {
  const nested = (depth: number): Record<string, unknown> =>
    depth === 0 ? { id: 0 } : { id: depth, parent: nested(depth - 1) };
  const circular: Record<string, unknown> = { id: 1 };
  circular.parent = circular;
  const list = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`);

  test.each<[string, string, Record<string, unknown>, RegExp]>([
    ["no model", "Nothing", { id: 1 }, /^Cannot keep rows of "Nothing": there is no such model/],
    [
      "no id",
      "Gene",
      { acronym: "Abat", x: [] },
      /^Cannot keep the Gene \{ acronym: Abat, … \}: it has no id; give one$/,
    ],
    ["a fraction for an id", "Gene", { id: 1.5 }, /its id is no whole number/],
    [
      "no id within",
      "Gene",
      { id: 1, organism: { name: "m" } },
      /^Cannot keep the Organism \{ name: m \}: it has no id/,
    ],
    [
      "text for a number",
      "Gene",
      { id: 7, entrez_id: "abc" },
      /^Cannot keep "abc" as integer in "entrez_id" of Gene 7; give/,
    ],
    [
      "an object for text",
      "Gene",
      { id: 7, name: {} },
      /^Cannot keep an object as string in "name" of Gene 7; give text/,
    ],
    ["a NUL, at which text would end", "Gene", { id: 7, name: "a\0b" }, /without NUL/],
    ["half a character", "Gene", { id: 7, name: "\ud800" }, /whole characters/],
    [
      "a number for a record",
      "Gene",
      { id: 7, organism: 2 },
      /^Cannot keep "organism" of Gene 7: it holds what is no record/,
    ],
    [
      "numbers for records",
      "Gene",
      { id: 7, products: [2] },
      /^Cannot keep "products" of Gene 7: it holds what is no record/,
    ],
    ["two records for one", "Gene", { id: 7, organism: [{ id: 1 }, { id: 2 }] }, /it is a list; give one record/],
    ["rows too deep in each other", "Specimen", nested(33), /give at most 32 in each other/],
    ["a row in itself", "Specimen", circular, /give at most 32 in each other/],
    ["lists too deep in each other", "Gene", { id: 7, extra: list }, /at most 32 deep/],
    ["a long text, without repeating it", "Gene", { id: 7, failed: 1, entrez_id: "9".repeat(1e6) }, /^.{0,160}$/],
  ])("refuses %s, and writes nothing", async (_, model, row, message) => {
    const { database, write } = setUp();
    expect(() => write(model, row)).toThrow(TypeError);
    expect(() =>
      writeRows(database, [
        { model: "Gene", row: { id: 1, new_column: 5 } },
        { model, row },
      ]),
    ).toThrow(message);
    expect(await countRows(database)).toEqual({});
    expect((await database.catalogue()).table("genes").columns.has("new_column")).toBe(false);
  });

  test("keeps rows 32 deep in each other, and a very long text", async () => {
    const { write, all } = setUp();
    expect(write("Specimen", nested(32))).toEqual({ Specimen: 33 });
    write("Document", { id: 1, description: "x".repeat(10_000_000) });
    expect(await all("select length(description) from documents")).toEqual([[10_000_000]]);
  });

  test("keeps nothing when the rows end in an error", async () => {
    const { database } = setUp();
    function* rows(): Generator<{ model: string; row: Record<string, unknown> }> {
      yield { model: "Gene", row: { id: 1 } };
      throw new Error("the file ends early");
    }
    expect(() => writeRows(database, rows())).toThrow("the file ends early");
    expect(await countRows(database)).toEqual({});
  });
});

test("writeRows() writes rows of any shape so that SQL finds them as they were", async () => {
  const id = fc.integer({ min: 1, max: 30 });
  // No value of JSON is -0.
  const text = fc.string({ unit: "grapheme", maxLength: 8 }).filter((each) => !each.includes("\0"));
  const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
  const donor = fc.record(
    { id, name: maybe(text), pmi: maybe(fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0)) },
    { requiredKeys: ["id"] },
  );
  const specimen = fc.record({ id, name: maybe(text), is_ish: maybe(fc.boolean()), donor }, { requiredKeys: ["id"] });
  const product = fc.record(
    {
      id,
      name: maybe(text),
      // Text that holds a number or a boolean becomes one in a column of those, as CSV has them: not drawn here.
      odd_column: fc
        .jsonValue({ maxDepth: 3 })
        .map((each) => JSON.parse(JSON.stringify(each)))
        .filter((each) => !isNumeric(each) || typeof each === "number")
        .filter((each) => each !== "true" && each !== "false"),
    },
    { requiredKeys: ["id"] },
  );
  const dataSet = fc.record(
    {
      id,
      failed: maybe(fc.boolean()),
      section_thickness: maybe(fc.integer()),
      specimen,
      products: fc.array(product, { maxLength: 3 }),
    },
    { requiredKeys: ["id"] },
  );
  type Row = Record<string, unknown>;
  const { database, all } = setUp();

  /** What is to be found, by table and id: columns replace each other as rows come. */
  function expected(rows: readonly Row[]): Map<string, Row> {
    const found = new Map<string, Row>();
    const add = (table: string, { specimen: s, donor: d, products, ...columns }: Row): void => {
      if (d !== undefined) add("donors", d as Row);
      if (s !== undefined) add("specimens", s as Row);
      const key = `${table} ${columns.id}`;
      const keys = {
        ...(d !== undefined && { donor_id: (d as Row).id }),
        ...(s !== undefined && { specimen_id: (s as Row).id }),
      };
      found.set(key, { ...found.get(key), ...columns, ...keys });
      for (const each of (products as Row[] | undefined) ?? []) {
        add("products", each);
        found.set(`links ${columns.id} ${each.id}`, {});
      }
    };
    for (const row of rows) add("data_sets", row);
    return found;
  }

  async function stored(key: string): Promise<Row | undefined> {
    const [table = "", first = "", second] = key.split(" ");
    if (table === "links") {
      const pair = "select 1 from links_data_sets_products where data_sets_id = ? and products_id = ?";
      return (await all(pair, Number(first), Number(second))).length === 1 ? {} : undefined;
    }
    const columns = [...(await database.catalogue()).table(table).columns.values()];
    const sql = `select ${columns.map(({ name }) => `"${name}"`).join()} from ${table} where id = ?`;
    const [row] = await all(sql, Number(first));
    if (row === undefined) return undefined;
    return Object.fromEntries(
      columns.map(({ name, type }, index) => {
        const value = row[index] ?? null;
        if (value === null) return [name, null];
        if (type === "boolean") return [name, value !== 0];
        return [name, type === "unknown" ? JSON.parse(String(value)) : value];
      }),
    );
  }

  const drawn: Row[][] = [];
  checkProperty(fc.property(fc.array(dataSet, { maxLength: 5 }), (rows) => void drawn.push(rows)));
  for (const rows of drawn) {
    database.write((writer) => {
      for (const table of ["data_sets", "specimens", "donors", "products", "links_data_sets_products"]) {
        writer.run({ sql: `delete from ${table}`, parameters: [] });
      }
    });
    writeRows(
      database,
      rows.map((row) => ({ model: "SectionDataSet", row })),
    );
    for (const [key, columns] of expected(rows)) expect(await stored(key), key).toMatchObject(columns);
  }
});
