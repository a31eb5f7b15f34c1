import { invertAffine } from "./affine.ts";

/** A series of plates that share a plane, a section thickness and a 3-D alignment. */
export interface SampleDataSet {
  readonly id: number;
  readonly model: "AtlasDataSet" | "SectionDataSet";
  /** 1 coronal, 2 sagittal. */
  readonly plane_of_section_id: 1 | 2;
  /** Distance between consecutive section numbers, in µm. */
  readonly section_thickness: number;
  readonly reference_space_id: 9;
  /** `tvr_00`…`tvr_11` (stack to reference) and `trv_00`…`trv_11` (back), µm to µm. */
  readonly alignment3d: Readonly<Record<string, number>>;
}

/** Coronal sections: stack x runs left to right, y down, z from front to back; a small tilt keeps left and right apart. */
const CORONAL = [0.006, -0.011, 0.9995, 0.0045, 1.0015, 0.0062, 0.9988, -0.0038, 0.0051];
/** Sagittal sections: stack x runs front to back, y down, z left to right. */
const SAGITTAL = [1.0012, 0.0066, -0.0048, -0.0057, 0.9991, 0.0073, 0.0052, -0.0064, 1.0008];

/** Stack coordinates of the middle of the brain, and where it lies in reference space, in µm. */
const STACK_CENTRE = { coronal: [6200, 4300, 6700], sagittal: [7600, 4300, 3700] } as const;
const REFERENCE_CENTRE = [6800, 3950, 5700] as const;

/** Every data set of the sample. */
export const SAMPLE_DATA_SETS: readonly SampleDataSet[] = [
  dataSet(100048576, "AtlasDataSet", 1, 25, 0),
  dataSet(100042147, "AtlasDataSet", 2, 25, 1),
  dataSet(69782969, "SectionDataSet", 2, 25, 2),
  dataSet(71587929, "SectionDataSet", 2, 25, 3),
  dataSet(126862385, "SectionDataSet", 1, 100, 4),
  dataSet(100141599, "SectionDataSet", 1, 100, 5),
];

function dataSet(
  id: number,
  model: SampleDataSet["model"],
  plane: 1 | 2,
  thicknessUm: number,
  variant: number,
): SampleDataSet {
  const linear = (plane === 1 ? CORONAL : SAGITTAL).map((value, i) => value + variant * 0.0004 * ((i % 4) - 1.5));
  const stack = plane === 1 ? STACK_CENTRE.coronal : STACK_CENTRE.sagittal;
  const offset = REFERENCE_CENTRE.map((centre, r) => {
    const image = [0, 1, 2].reduce((sum, c) => sum + (linear[r * 3 + c] ?? 0) * (stack[c] ?? 0), 0);
    return centre - image;
  });
  const alignment3d = { ...numbered("tvr", [...linear, ...offset]), ...numbered("trv", invertAffine(linear, offset)) };
  return { id, model, plane_of_section_id: plane, section_thickness: thicknessUm, reference_space_id: 9, alignment3d };
}

/**
 * Names the numbers of an alignment as the API does: prefix, underscore, two digits.
 *
 * @param prefix `tvr`, `trv`, `tsv` or `tvs`.
 * @param values Numbers in order.
 * @returns Record such as `{ tvr_00: … }`.
 * @example numbered("tsv", [1, 2]) // → { tsv_00: 1, tsv_01: 2 }
 */
export function numbered(prefix: string, values: readonly number[]): Record<string, number> {
  return Object.fromEntries(values.map((value, i) => [`${prefix}_${String(i).padStart(2, "0")}`, value]));
}

/**
 * Data set with an id.
 *
 * @param id Data set id.
 * @returns The data set.
 * @throws {RangeError} If the sample has no such data set.
 * @example sampleDataSet(100048576).plane_of_section_id // → 1
 */
export function sampleDataSet(id: number): SampleDataSet {
  const found = SAMPLE_DATA_SETS.find((set) => set.id === id);
  if (found === undefined) throw new RangeError(`Cannot find data set ${id}: not in the sample`);
  return found;
}
