import type { ModelRow } from "../../records/model-row.ts";
import { EXTENT_UM, MIDLINE_Z_UM, structureAt } from "../model.ts";
import { SAMPLE_STRUCTURES } from "../structures.ts";
import { FIRST_SAMPLE_ID, record } from "./record.ts";

/** Where half of a structure lies: both halves of the sample brain are alike. */
export interface HalfExtent {
  /** Volume of one half without the structures below it, in µm³. */
  readonly ownVolumeUm3: number;
  /** Middle of one half, with the structures below it, in µm of reference space 9; `lateral` counts from the midline. */
  readonly x: number;
  readonly y: number;
  readonly lateral: number;
}

/** Edge of the voxels that the model is asked at, as in the service's expression grids. */
const VOXEL_UM = 200;

const INDEX: ReadonlyMap<number, number> = new Map(SAMPLE_STRUCTURES.map(({ id }, index) => [id, index]));
let known: readonly HalfExtent[] | undefined;

/**
 * Extents of all structures of the sample brain, from the model; computed once.
 *
 * @returns One a structure, in the order of `SAMPLE_STRUCTURES`.
 * @example halfExtents()[0].ownVolumeUm3 >= 0 // → true
 */
export function halfExtents(): readonly HalfExtent[] {
  known ??= computeExtents();
  return known;
}

/**
 * Index of the parent of each structure in `SAMPLE_STRUCTURES`, −1 for the root.
 *
 * @example PARENT_INDEX[0] // → -1
 */
export const PARENT_INDEX: readonly number[] = SAMPLE_STRUCTURES.map(
  ({ parent_structure_id }) => INDEX.get(parent_structure_id ?? -1) ?? -1,
);

/**
 * Adds what each structure has to its ancestors: children stand after their parents.
 *
 * @param values One value a structure, in the order of `SAMPLE_STRUCTURES`; changed in place.
 * @returns The same values.
 * @example addToAncestors(own)[0] // the whole brain's
 */
export function addToAncestors(values: Float64Array): Float64Array {
  for (let i = values.length - 1; i > 0; i--) {
    const parent = PARENT_INDEX[i] ?? 0;
    values[parent] = (values[parent] ?? 0) + (values[i] ?? 0);
  }
  return values;
}

function computeExtents(): readonly HalfExtent[] {
  // Four sums a structure: voxels, x, y, lateral.
  const sums = sumVoxels();
  const own = SAMPLE_STRUCTURES.map((_, i) => (sums[i * 4] ?? 0) * VOXEL_UM ** 3);
  for (let i = own.length - 1; i > 0; i--) {
    const parent = PARENT_INDEX[i] ?? 0;
    for (let k = 0; k < 4; k++) sums[parent * 4 + k] = (sums[parent * 4 + k] ?? 0) + (sums[i * 4 + k] ?? 0);
  }
  return own.map((ownVolumeUm3, i) => {
    const mean = (k: number): number => (sums[i * 4 + k] ?? 0) / (sums[i * 4] ?? 1);
    return { ownVolumeUm3, x: mean(1), y: mean(2), lateral: mean(3) };
  });
}

function sumVoxels(): Float64Array {
  const sums = new Float64Array(SAMPLE_STRUCTURES.length * 4);
  const [lengthUm, heightUm, widthUm] = EXTENT_UM;
  for (let x = VOXEL_UM / 2; x < lengthUm; x += VOXEL_UM) {
    for (let y = VOXEL_UM / 2; y < heightUm; y += VOXEL_UM) {
      for (let lateral = VOXEL_UM / 2; lateral < widthUm - MIDLINE_Z_UM; lateral += VOXEL_UM) {
        const index = INDEX.get(structureAt(x, y, MIDLINE_Z_UM + lateral));
        if (index === undefined) continue;
        const at = index * 4;
        sums[at] = (sums[at] ?? 0) + 1;
        sums[at + 1] = (sums[at + 1] ?? 0) + x;
        sums[at + 2] = (sums[at + 2] ?? 0) + y;
        sums[at + 3] = (sums[at + 3] ?? 0) + lateral;
      }
    }
  }
  return sums;
}

/** Middles of the structures: the right half in reference space 9, its mirror image in space 10. */
export function* structureCenterRecords(): Generator<ModelRow> {
  let id = FIRST_SAMPLE_ID;
  for (const [index, { x, y, lateral }] of halfExtents().entries()) {
    const place = { structure_id: SAMPLE_STRUCTURES[index]?.id ?? null, x: Math.round(x), y: Math.round(y) };
    const aside = Math.round(lateral);
    yield record("StructureCenter", { ...place, id: id++, reference_space_id: 9, z: MIDLINE_Z_UM + aside });
    yield record("StructureCenter", { ...place, id: id++, reference_space_id: 10, z: MIDLINE_Z_UM - aside });
  }
}
