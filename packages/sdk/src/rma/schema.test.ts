import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { SCHEMA } from "./schema-table.generated.ts";

const ROOT = join(import.meta.dirname, "../../../..");

describeRecorded("scripts/generate-schema.mjs", () => {
  test("writes what is there, from the recorded listing", () => {
    const script = join(ROOT, "scripts", "generate-schema.mjs");
    const listing = recording("recorded", "enumerate_2013.json");
    const { status, stderr } = spawnSync(process.execPath, [script, listing, "--check"], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("knows every column of the recorded rows", () => {
    const read = (file: string): unknown => JSON.parse(readFileSync(recording("recorded", file), "utf8"));
    expectKnown("SectionDataSet", read("rma_SectionDataSet_123_alignment3d_row.json"));
    expectKnown("SectionImage", read("rma_SectionImage_101945191_alignment2d_row.json"));
    expectKnown("ExperimentContainer", read("rma_ExperimentContainer_2rows.json"));
    expectKnown("NeuronalModel", (read("rma_NeuronalModel_472451419.json") as { msg: unknown }).msg);
    expectKnown("ApiCamStimulusMapping", read("rma_ApiCamStimulusMapping_rows.json"));
  });
});

/** Checks each key of rows, and of the rows that are included. */
function expectKnown(name: string, rows: unknown): void {
  const model = SCHEMA[name];
  for (const row of [rows].flat()) {
    for (const [key, value] of Object.entries(row as object)) {
      // Added to rows of a join table by the service itself (reference §9.2).
      if (key === "ar_association_key_name") continue;
      const association = model?.associations[key];
      if (association !== undefined) expectKnown(association.model, value ?? []);
      else expect(model?.attributes, `${name}.${key}`).toHaveProperty(key);
    }
  }
}

test("SCHEMA is frozen, all through", () => {
  expect(Object.isFrozen(SCHEMA)).toBe(true);
  expect(Object.isFrozen(SCHEMA.Gene?.associations.organism)).toBe(true);
});

test("SCHEMA has the listing's classes where names do not tell, and later columns in every model of a table", () => {
  expect(SCHEMA.Probe?.associations.forward_primer_sequence).toEqual({ kind: "belongs_to", model: "Sequence" });
  expect(SCHEMA.AtlasDataSet?.attributes.failed_facet).toBe("integer");
  expect(SCHEMA.SectionDataSet?.attributes.section_thickness).toBe("float");
  expect(SCHEMA.EphysSweep?.attributes.num_spikes).toBe("integer");
});
