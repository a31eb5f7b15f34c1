import { SCHEMA } from "@brainatlas/sdk/rma/schema";
import { describe, expect, test } from "vitest";
import type { ModelRow } from "../../records/model-row.ts";
import { sampleRecords } from "./sample-records.ts";

const ROWS = [...sampleRecords()];

/** Keys of the models without an id. */
const KEYS: Readonly<Record<string, string>> = {
  ApiCamCellMetric: "cell_specimen_id",
  ApiCellTypesSpecimenDetail: "specimen__id",
  ApiConnectivity: "data_set_id",
};
/** Columns that point at another table and are not named after an association. */
const FURTHER_KEYS: Readonly<Record<string, string>> = {
  "Structure.parent_structure_id": "structures",
  "Structure.graph_id": "structure_graphs",
  "GraphicObject.graphic_group_label_id": "graphic_group_labels",
  "GraphicObject.structure_id": "structures",
  "ApiConnectivity.data_set_id": "data_sets",
  "ApiConnectivity.structure_id": "structures",
  "ApiConnectivity.product_id": "products",
  "ApiConnectivity.transgenic_line_id": "transgenic_lines",
  "ApiCamCellMetric.experiment_container_id": "experiment_containers",
  "ApiCamCellMetric.specimen_id": "specimens",
  "EphysFeature.specimen_id": "specimens",
  "EphysFeature.rheobase_sweep_id": "ephys_sweeps",
  "EphysSweep.specimen_id": "specimens",
  "NeuronReconstruction.specimen_id": "specimens",
  "OphysExperiment.specimen_id": "specimens",
  "OphysExperiment.experiment_container_id": "experiment_containers",
  "OphysExperiment.targeted_structure_id": "structures",
  "IsiExperiment.specimen_id": "specimens",
  "ProjectionStructureUnionize.hemisphere_id": "hemispheres",
};

function schemaOf(model: string) {
  const schema = SCHEMA[model];
  if (schema === undefined) throw new Error(`no model ${model}`);
  return schema;
}

const keyOf = ({ model, row }: ModelRow): unknown => row[KEYS[model] ?? "id"];

const idsByTable = new Map<string, Set<unknown>>();
for (const each of ROWS) {
  const { table } = schemaOf(each.model);
  const ids = idsByTable.get(table) ?? new Set();
  idsByTable.set(table, ids.add(keyOf(each)));
}

/** Whether a value is one that a column of the type has in JSON. */
function isOfType(value: unknown, type: string): boolean {
  if (value === null) return true;
  if (type === "integer") return Number.isSafeInteger(value);
  if (type === "float") return Number.isFinite(value);
  if (type === "boolean") return typeof value === "boolean";
  if (type === "datetime") return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value);
  return (type === "string" || type === "text") && typeof value === "string";
}

/** Everything a row points at: what points, which table, which id. */
function* links({ model, row }: ModelRow): Generator<readonly [string, string, unknown]> {
  const { attributes, associations } = schemaOf(model);
  for (const [name, { kind, model: target }] of Object.entries(associations)) {
    const column = `${name}_id`;
    const table = SCHEMA[target]?.table;
    if (kind === "belongs_to" && column in attributes && table !== undefined) yield [column, table, row[column]];
    const nested = row[name];
    if (!Array.isArray(nested)) continue;
    for (const stub of nested) yield [name, table ?? "", stub.id];
  }
  for (const [key, table] of Object.entries(FURTHER_KEYS)) {
    const [of, column = ""] = key.split(".");
    if (of === model) yield [column, table, row[column]];
  }
  for (const prefix of ["aligned", "attachable"]) {
    const type = row[`${prefix}_type`];
    if (typeof type === "string") yield [`${prefix}_id`, schemaOf(type).table, row[`${prefix}_id`]];
  }
}

describe("sampleRecords()", () => {
  test("gives every row a key of its own in its table", () => {
    const keys = ROWS.map((each) => `${schemaOf(each.model).table} ${String(keyOf(each))}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(ROWS.every((each) => Number.isSafeInteger(keyOf(each)))).toBe(true);
  });

  test("gives the schema's columns, all of them, in their types, and stubs alone", () => {
    const wrong = new Set<string>();
    for (const { model, row } of ROWS) {
      const { attributes, associations, table } = schemaOf(model);
      const isUntyped = table === "sub_images" || table === "data_sets";
      for (const name of Object.keys(attributes)) {
        if (!(name in row) && !(isUntyped && name === "type")) wrong.add(`${model} lacks ${name}`);
      }
      for (const [name, value] of Object.entries(row)) {
        const type = attributes[name];
        if (type !== undefined && !isOfType(value, type)) wrong.add(`${model}.${name} is ${String(value)}`);
        if (type !== undefined) continue;
        const isLink = associations[name] !== undefined && Array.isArray(value);
        if (!isLink || value.some((stub) => Object.keys(stub).join() !== "id")) wrong.add(`${model}.${name}`);
      }
    }
    expect([...wrong]).toEqual([]);
  });

  test("points at rows that it has", () => {
    const missing = new Set<string>();
    for (const each of ROWS) {
      for (const [name, table, id] of links(each)) {
        if (id !== null && idsByTable.get(table)?.has(id) !== true) missing.add(`${each.model}.${name} ${String(id)}`);
      }
    }
    expect([...missing]).toEqual([]);
  });

  test("is the same every time", () => {
    const again = sampleRecords();
    for (const each of ROWS) expect(JSON.stringify(again.next().value)).toBe(JSON.stringify(each));
    expect(again.next().done).toBe(true);
  });

  test("says of what is made up that it is", () => {
    const made = ROWS.filter(({ model }) => ["Donor", "Probe", "NeuronalModel", "OphysExperiment"].includes(model));
    const documented = new Set(["H0351.1015"]);
    const silent = made.filter(({ row }) => !documented.has(String(row.name)) && !/^Sample/.test(String(row.name)));
    expect(silent).toEqual([]);
  });
});
