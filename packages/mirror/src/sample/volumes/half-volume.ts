import { tissueAt } from "../model.ts";
import { SAMPLE_STRUCTURES } from "../structures.ts";
import { createTissue, type Tissue } from "../tissue.ts";
import { middleUm, type VoxelGrid } from "./grid.ts";
import { createTurns } from "./turns.ts";

/** Labels of one half of a grid, and how many voxels have each. */
export interface HalfLabels {
  /** A byte a voxel, as the sample has fewer than 256 structures. */
  readonly labels: Uint8Array<ArrayBuffer>;
  readonly counts: Uint32Array<ArrayBuffer>;
}

/** Values of one half of a grid, which the other mirrors: slabs of z from the left edge to the midline. */
export type HalfValues = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** Index that stands for a structure in the volume of labels: its place in `SAMPLE_STRUCTURES` from 1; 0 is outside. */
const LABELS: ReadonlyMap<number, number> = new Map(SAMPLE_STRUCTURES.map(({ id }, index) => [id, index + 1]));

/** Structure id by label, 0 for outside. */
export const ID_OF_LABEL: Uint32Array = Uint32Array.of(0, ...SAMPLE_STRUCTURES.map(({ id }) => id));

/**
 * Asks the model at the middle of every voxel of the left half: the brain is symmetric, and the midline lies between two slabs.
 *
 * @param values Receives one value a voxel.
 * @param measure Gives the value of a tissue.
 */
export async function fillHalf<Values extends HalfValues>(
  grid: VoxelGrid,
  values: Values,
  measure: (tissue: Tissue) => number,
  signal: AbortSignal | undefined,
): Promise<Values> {
  const [nx, ny, nz] = grid.size;
  const turn = createTurns(signal);
  const tissue = createTissue();
  let at = 0;
  for (let z = 0; z < nz / 2; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        tissueAt(middleUm(grid, x), middleUm(grid, y), middleUm(grid, z), tissue);
        values[at++] = measure(tissue);
      }
      await turn();
    }
  }
  return values;
}

/** Number of voxels of one half. */
export function halfCount({ size: [nx, ny, nz] }: VoxelGrid): number {
  return (nx * ny * nz) / 2;
}

/** The labels of one half. */
export async function computeLabels(grid: VoxelGrid, signal: AbortSignal | undefined): Promise<HalfLabels> {
  const counts = new Uint32Array(ID_OF_LABEL.length);
  const measure = ({ id }: Tissue): number => {
    const label = LABELS.get(id) ?? 0;
    counts[label] = (counts[label] ?? 0) + 1;
    return label;
  };
  return { labels: await fillHalf(grid, new Uint8Array(halfCount(grid)), measure, signal), counts };
}

/** The slab of a half that holds what lies at z, which may be in the other half. */
export function slabOf<Values extends HalfValues>(grid: VoxelGrid, half: Values, z: number): Values {
  const [nx, ny, nz] = grid.size;
  const slab = Math.min(z, nz - 1 - z);
  // A part of a typed array is one of the same kind.
  return half.subarray(slab * nx * ny, (slab + 1) * nx * ny) as Values;
}
