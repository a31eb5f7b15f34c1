import type { ModelRow } from "../../records/model-row.ts";
import { SAMPLE_DATA_SETS, type SampleDataSet } from "../data-sets.ts";
import { MIDLINE_Z_UM } from "../model.ts";
import { idOf, SAMPLE_STRUCTURES, sampleStructure } from "../structures.ts";
import { alignment3dRecord } from "./alignments.ts";
import { halfExtents } from "./anatomy.ts";
import { animalRecords } from "./animals.ts";
import { LINES, type LineRow, TRACINGS, type Tracing } from "./connectivity-table.ts";
import { record, stubs } from "./record.ts";
import { P56, PRODUCT } from "./taxonomy.ts";

const SECTION_THICKNESS_UM = 100;
const CORONAL = 1;

/** Upper bounds of the red and the green channel, by data set, where documentation has them; blue goes up to 12 bits. */
const EQUALIZATIONS: readonly (readonly [dataSetId: number, red: number, green: number])[] = [
  [100141599, 923, 987],
  [126862385, 932, 1279],
];
const LARGEST_VALUE = 4095;

/** Transgenic lines, and for every tracer experiment its animal, its injection, its data set and its summary. */
export function* connectivityRecords(): Generator<ModelRow> {
  for (const [id, name] of LINES) {
    const description = "Record of the sample atlas (synthetic)";
    yield record("TransgenicLine", { id, name, transgenic_line_type_name: "driver", description });
    yield record("TransgenicMouse", { id, name, transgenic_lines: stubs(id) });
  }
  for (const tracing of TRACINGS) yield* tracingRecords(tracing);
  for (const [id, red, green] of EQUALIZATIONS) {
    const lower = { red_lower: 0, green_lower: 0, blue_lower: 0 };
    const upper = { red_upper: red, green_upper: green, blue_upper: LARGEST_VALUE };
    yield record("Equalization", { id, section_data_set_id: id, ...lower, ...upper });
  }
}

function* tracingRecords(tracing: Tracing): Generator<ModelRow> {
  const { id, sex, injected } = tracing;
  const name = tracing.name ?? `Sample-${injected[0]}-${id}`;
  const line = LINES.find(([, lineName]) => lineName === tracing.line);
  const strain = line === undefined ? "C57BL/6J" : null;
  const structureId = idOf(injected[0]);
  const animal = { dataSetId: id, name: `Sample-${id}`, specimenName: name, age: "P56", strain, sex, line: line?.[0] };
  yield* animalRecords({ ...animal, specimen: { structure_id: structureId } });
  yield injection(tracing, structureId);
  const drawn = SAMPLE_DATA_SETS.find((set) => set.id === id);
  yield dataSet(id, drawn);
  if (drawn !== undefined) yield alignment3dRecord(drawn);
  yield summary(tracing, name, strain, line);
}

function summary(tracing: Tracing, name: string, strain: string | null, line: LineRow | undefined): ModelRow {
  const { id, injected } = tracing;
  const structureId = idOf(injected[0]);
  const [x, y, z] = placeOf(tracing);
  return record("ApiConnectivity", {
    data_set_id: id,
    gender: tracing.sex,
    injection_structures: injected
      .map(idOf)
      .sort((a, b) => a - b)
      .join("/"),
    injection_volume: tracing.volumeMm3,
    injection_x: x,
    injection_y: y,
    injection_z: z,
    name,
    product_id: PRODUCT.connectivity,
    specimen_name: name,
    storage_directory: storageOf(id),
    strain,
    structure_abbrev: injected[0],
    structure_id: structureId,
    structure_name: sampleStructure(structureId)?.name ?? null,
    transgenic_line: line?.[1] ?? null,
    transgenic_line_id: line?.[0] ?? null,
  });
}

const storageOf = (id: number): string => `/external/sample/set_${id}/`;

function dataSet(id: number, drawn: SampleDataSet | undefined): ModelRow {
  return record("SectionDataSet", {
    id,
    specimen_id: id,
    plane_of_section_id: CORONAL,
    failed: false,
    expression: false,
    section_thickness: drawn?.section_thickness ?? SECTION_THICKNESS_UM,
    reference_space_id: 9,
    storage_directory: storageOf(id),
    products: stubs(PRODUCT.connectivity),
    genes: [],
    treatments: [],
  });
}

/** Coordinates are text in this table, in mm from the corner of reference space. */
function injection(tracing: Tracing, structureId: number): ModelRow {
  const [ap, dv, ml] = placeOf(tracing).map((um) => (um / 1000).toFixed(2));
  return record("Injection", {
    id: tracing.id,
    specimen_id: tracing.id,
    days_post_injection: 21,
    injection_method: "Sample (synthetic)",
    injection_materials: "rAAV",
    structure_id: structureId,
    primary_injection_structure_id: structureId,
    targeted_injection_structure_id: structureId,
    coordinates_ap: ap,
    coordinates_dv: dv,
    coordinates_ml: ml,
    age_id: P56,
  });
}

/**
 * Place of the injection, in µm of reference space 9: on the right.
 *
 * @example placeOf(TRACINGS[2]) // → [4300, 2690, 7050]
 */
export function placeOf({ placeUm, injected }: Tracing): readonly [number, number, number] {
  if (placeUm !== undefined) return placeUm;
  const id = idOf(injected[0]);
  const extent = halfExtents()[SAMPLE_STRUCTURES.findIndex((row) => row.id === id)];
  const place = [extent?.x ?? 0, extent?.y ?? 0, MIDLINE_Z_UM + (extent?.lateral ?? 0)] as const;
  // To the nearest 10 µm, as the service's are.
  const near = (um: number): number => Math.round(um / 10) * 10;
  return [near(place[0]), near(place[1]), near(place[2])];
}
