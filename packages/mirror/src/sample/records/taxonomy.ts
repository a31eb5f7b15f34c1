import type { ModelRow } from "../../records/model-row.ts";
import { FIRST_SAMPLE_ID, record, stubs } from "./record.ts";

export const HUMAN = 1;
export const MOUSE = 2;

/** Products by what they hold. */
export const PRODUCT = { mouse: 1, humanMicroarray: 2, developingMouse: 3, connectivity: 5 } as const;

export const ISH_TREATMENT = 1;
export const NISSL_TREATMENT = 2;
export const ANTISENSE = 2;

const PLANES: readonly (readonly [id: number, name: string])[] = [
  [1, "coronal"],
  [2, "sagittal"],
  [4, "variable"],
  [5, "n/a"],
  [6, "transverse"],
  [7, "Lateral to Medial"],
  [8, "Medial to Lateral"],
  [9, "Ventral to Dorsal"],
  [10, "Dorsal to Ventral"],
  [11, "Coronal (Caudal to Rostral)"],
  [531107579, "Coronal (Rostral to Caudal)"],
  [1082279372, "Tangential"],
];

/** Names and abbreviations as far as documentation has them. */
const PRODUCTS: readonly (readonly [id: number, name: string | null, abbreviation: string | null, species: string])[] =
  [
    [PRODUCT.mouse, "Mouse Brain", "Mouse", "Mouse"],
    [PRODUCT.humanMicroarray, "Human Brain Microarray", "HumanMA", "Human"],
    [PRODUCT.developingMouse, "Developing Mouse Brain", "DevMouse", "Mouse"],
    [PRODUCT.connectivity, "Mouse Connectivity Projection", null, "Mouse"],
    [31, null, null, "Mouse"],
    [714914585, null, null, "Mouse"],
  ];

/** Age of the adult donors. */
export const P56 = 15;

/** Ages of the developing mouse, in order; their ids are the sample's own. */
const DEVELOPING_AGES: readonly (readonly [name: string, days: number])[] = [
  ["E11.5", 11.5],
  ["E13.5", 13.5],
  ["E15.5", 15.5],
  ["E18.5", 18.5],
  ["P4", 4],
  ["P14", 14],
  ["P28", 28],
];

export const DEVELOPING_AGE_NAMES: readonly string[] = DEVELOPING_AGES.map(([name]) => name);

/**
 * Id of an age of the sample.
 *
 * @param name Such as `E11.5` or `P56`.
 * @throws {RangeError} If the sample has no such age.
 * @example ageId("P56") // → 15
 */
export function ageId(name: string): number {
  if (name === "P56") return P56;
  const index = DEVELOPING_AGE_NAMES.indexOf(name);
  if (index < 0) throw new RangeError(`Cannot find the age "${name}": not in the sample`);
  return FIRST_SAMPLE_ID + index;
}

/** Small enumerations that other records point at. */
export function* taxonomyRecords(): Generator<ModelRow> {
  yield record("Organism", { id: HUMAN, name: "Homo Sapiens", ncbitaxonomyid: 9606 });
  yield record("Organism", { id: MOUSE, name: "Mus musculus", ncbitaxonomyid: 10090 });
  for (const [index, name] of ["left", "right", "both"].entries()) yield record("Hemisphere", { id: index + 1, name });
  for (const [id, name] of PLANES) yield record("PlaneOfSection", { id, name });
  yield record("Orientation", { id: 1, name: "sense" });
  yield record("Orientation", { id: ANTISENSE, name: "antisense" });
  yield record("Treatment", { id: ISH_TREATMENT, name: "ISH" });
  yield record("Treatment", { id: NISSL_TREATMENT, name: "NISSL" });
  for (const [id, name, abbreviation, species] of PRODUCTS)
    yield record("Product", { id, name, abbreviation, species });
  yield* ageRecords();
  yield* referenceSpaceRecords();
}

/** `days` count from conception in embryos and from birth after it. */
function* ageRecords(): Generator<ModelRow> {
  const mouse = { organism_id: MOUSE };
  yield record("Age", { id: P56, name: "P56", description: "Postnatal day 56", days: 56, embryonic: false, ...mouse });
  for (const [name, days] of DEVELOPING_AGES) {
    const embryonic = name.startsWith("E");
    const description = `${embryonic ? "Embryonic" : "Postnatal"} day ${days}`;
    yield record("Age", { id: ageId(name), name, description, days, embryonic, ...mouse });
  }
}

function* referenceSpaceRecords(): Generator<ModelRow> {
  const shared = { organism_id: MOUSE, age_id: P56, anatomy: "brain", products: stubs(PRODUCT.mouse) };
  for (const [id, name] of [
    [9, "P56"],
    [10, "P56, left and right flipped"],
  ] as const) {
    yield record("ReferenceSpace", {
      id,
      name,
      storage_directory: `/external/sample/reference_space_${id}/`,
      ...shared,
    });
  }
}
