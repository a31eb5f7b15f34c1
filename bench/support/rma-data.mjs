// The records of the bench, and the engine under test, from the built mirror: its engine is no public entry.
import { createCatalogue } from "../../packages/mirror/dist/records/catalogue.js";
import { RecordDatabase } from "../../packages/mirror/dist/records/record-database.js";

/** Columns of a unionize row, in the order in which they are written. */
export const COLUMNS = [
  "id",
  "section_data_set_id",
  "structure_id",
  "sum_pixels",
  "sum_expressing_pixels",
  "sum_pixel_intensity",
  "sum_expressing_pixel_intensity",
  "expression_density",
  "expression_energy",
  "voxel_energy_mean",
  "voxel_energy_cv",
];
/** Structures of the bench; every fourth is in structure set 1. A data set has a row of each. */
export const STRUCTURES = 1000;
const BATCH = 20_000;

/** Makes a database of so many rows in a file. */
export async function fillUnionizes(/** @type {string} */ path, /** @type {number} */ rows) {
  const database = RecordDatabase.create(path);
  const statement = (/** @type {string} */ sql, /** @type {(string | number)[]} */ ...parameters) => ({
    sql,
    parameters,
  });
  database.write((writer) => {
    for (let id = 1; id <= STRUCTURES; id += 1) {
      writer.run(
        statement(
          "insert into structures (id, acronym, name, graph_id, record_class) values (?, ?, ?, 1, 'Structure')",
          id,
          `S${id}`,
          `Structure ${id}`,
        ),
      );
      if (id % 4 === 0) {
        writer.run(
          statement("insert into links_structure_sets_structures (structure_sets_id, structures_id) values (1, ?)", id),
        );
      }
    }
    writer.run(statement("insert into structure_sets (id, name, record_class) values (1, 'Bench', 'StructureSet')"));
    const table = createCatalogue([]).table("structure_unionizes");
    for (const column of COLUMNS) hold("structure_unionizes", column, table.columns.get(column)?.type ?? "float");
    for (const column of ["id", "acronym", "name", "graph_id"]) {
      hold("structures", column, column.endsWith("id") ? "integer" : "string");
    }

    function hold(/** @type {string} */ name, /** @type {string} */ column, /** @type {string} */ type) {
      writer.run(
        statement(
          "insert into held_columns (table_name, column_name, column_type) values (?, ?, ?)",
          name,
          column,
          type,
        ),
      );
    }
  });
  const insert = `insert into structure_unionizes (${COLUMNS.join(", ")}, record_class) values (${COLUMNS.map(() => "?").join(", ")}, 'StructureUnionize')`;
  for (let first = 1; first <= rows; first += BATCH) {
    database.write((writer) => {
      for (let id = first; id < first + BATCH && id <= rows; id += 1) writer.run(statement(insert, ...valuesOf(id)));
    });
  }
  database.close();
}

/** Numbers with as many digits as real ones have, and no two rows alike. */
function valuesOf(/** @type {number} */ id) {
  const pixels = ((id * 7919) % 1_000_003) + 1;
  const density = ((id * 104_729) % 999_983) / 1_000_000;
  const energy = density * 7.7;
  return [
    id,
    1 + Math.floor((id - 1) / STRUCTURES),
    1 + ((id - 1) % STRUCTURES),
    pixels,
    pixels * density,
    pixels * 91.5,
    pixels * energy,
    density,
    energy,
    energy * 0.993,
    1 / (0.1 + density),
  ];
}

/** The engine on a database: from the text of a query to the text of its JSON answer. */
export async function openEngine(/** @type {string} */ path) {
  const { parseRma } = await import("@brainatlas/sdk/rma");
  const { runQuery } = await import("../../packages/mirror/dist/rma/run-query.js");
  const { formatJson } = await import("../../packages/mirror/dist/rma/format-json.js");
  const database = RecordDatabase.open(path);
  return {
    /** Returns the number of characters of the answer; its pieces are let go, as a socket would. */
    async answer(/** @type {string} */ query) {
      let characters = 0;
      for await (const text of formatJson(await runQuery(database, parseRma(query)))) characters += text.length;
      return characters;
    },
    close: () => database.close(),
  };
}
