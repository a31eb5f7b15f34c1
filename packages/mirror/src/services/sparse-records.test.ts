import { parseRma, type ServiceStage } from "@brainatlas/sdk/rma";
import { afterAll, expect, test } from "vitest";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import { completeLimits } from "../rma/limits.ts";
import type { ServiceAnswer } from "../rma/service-answer.ts";
import { createServiceRunner } from "./run-service.ts";

// What services make of records that lack what others have.

const database = RecordDatabase.create();
afterAll(() => database.close());

const place = { injection_x: 1, injection_y: 2, injection_z: 3 };
const unionize = (id: number, set: number, structure: number, pixels: number, energy: number | null) => ({
  model: "StructureUnionize",
  row: { id, section_data_set_id: set, structure_id: structure, sum_pixels: pixels, expression_energy: energy },
});
writeRows(database, [
  { model: "Structure", row: { id: 997, acronym: "root", graph_id: 1, parent_structure_id: null } },
  ...[8, 9].map((id) => ({
    model: "Structure",
    row: { id, acronym: `S${id}`, graph_id: 1, parent_structure_id: 997 },
  })),
  { model: "ApiConnectivity", row: { data_set_id: 1, structure_id: null, injection_structures: null, ...place } },
  { model: "ApiConnectivity", row: { data_set_id: 2, structure_id: 8, injection_structures: null, ...place } },
  ...[1, 2, 3].map((id) => ({ model: "SectionDataSet", row: { id, failed: false } })),
  unionize(1, 1, 8, 10, 2),
  unionize(2, 1, 9, 0, 5),
  unionize(3, 2, 8, 0, 2),
  unionize(4, 2, 9, 10, 5),
  unionize(5, 3, 8, 10, 2),
  unionize(6, 3, 9, 10, 5),
]);

async function ask(text: string): Promise<ServiceAnswer> {
  const run = createServiceRunner({ database, limits: completeLimits(), readDensity: async () => undefined });
  return await run(parseRma(text).stages[0] as ServiceStage, undefined);
}

test("mouse_differential leaves out data sets without pixels on either side", async () => {
  const { serviceRows } = await ask("service::mouse_differential[set$eq'mouse'][structures1$eq8][structures2$eq9]");
  expect(serviceRows.map(({ id, "fold-change": fold }) => [id, fold])).toEqual([[3, 2.5]]);
});

test("an experiment without injected structures has none", async () => {
  const { serviceRows } = await ask("service::mouse_connectivity_injection_coordinate[seed_point$eq1,2,3]");
  expect(serviceRows.map((row) => [row.id, row["structure-id"], row["injection-structures"]])).toMatchObject([
    [1, null, []],
    [2, 8, [{ id: 8, abbreviation: "S8" }]],
  ]);
  const source = "service::mouse_connectivity_injection_structure[injection_structures$eqroot]";
  for (const more of ["", "[primary_structure_only$eqtrue]"]) {
    expect((await ask(source + more)).serviceRows.map(({ id }) => id)).toEqual([2]);
  }
});
