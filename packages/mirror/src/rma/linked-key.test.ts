import { describe, expect, test } from "vitest";
import { createCatalogue, type RecordModel } from "../records/catalogue.ts";
import { linkedBy } from "./linked-key.ts";

const catalogue = createCatalogue([]);

function model(name: string): RecordModel {
  const found = catalogue.model(name);
  if (found === undefined) throw new Error(`no model ${name}`);
  return found;
}

describe("linkedBy()", () => {
  test.each([
    ["Structure", "structure_set_id", "structure_sets"],
    ["StructureSet", "structure_id", "structures"],
    ["Structure", "structure_id", undefined],
    ["Structure", "parent_structure_id", undefined],
    ["StructureSetsStructure", "structure_set_id", undefined],
    ["SectionDataSet", "gene_id", undefined],
    ["AtlasImage", "atlas_data_set_id", undefined],
  ])("finds for %s.%s: %s", (name, column, expected) => {
    expect(linkedBy(column, model(name))).toBe(expected);
  });
});
