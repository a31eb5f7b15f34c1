import type { ExpressionVolume } from "@brainatlas/sdk/volume";
import { SAMPLE_DATA_SETS } from "../data-sets.ts";
import { MIDLINE_Z_UM, structureAt } from "../model.ts";
import type { IshExperiment } from "../records/experiment-table.ts";
import { structureExpression } from "../records/expression.ts";
import { unit } from "../records/random.ts";
import { SAMPLE_STRUCTURES } from "../structures.ts";
import { EXPRESSION_GRID, middleUm } from "./grid.ts";
import { createTurns } from "./turns.ts";

/** Voxels that no section covers, or that lie outside of the brain (reference §6.1). */
export const NO_DATA = -1;

/** The grids of one experiment. */
export type ExpressionGrids = Readonly<Record<Exclude<ExpressionVolume, "injection">, Float32Array<ArrayBuffer>>>;

const CORONAL = 1;
const INDEX: ReadonlyMap<number, number> = new Map(SAMPLE_STRUCTURES.map(({ id }, index) => [id, index]));

let structures: Promise<Int16Array> | undefined;

/** Index of the structure in the middle of each voxel, −1 outside of the brain; computed once. */
async function structureIndices(): Promise<Int16Array> {
  const [nx, ny, nz] = EXPRESSION_GRID.size;
  const found = new Int16Array(nx * ny * nz);
  const middle = (index: number): number => middleUm(EXPRESSION_GRID, index);
  const turn = createTurns();
  let at = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) found[at++] = INDEX.get(structureAt(middle(x), middle(y), middle(z))) ?? -1;
      await turn();
    }
  }
  return found;
}

/**
 * Expression of an experiment, voxel by voxel: that of the structure, scattered evenly about it, so that the mean of a structure's voxels
 * is what the record of that structure alone says.
 *
 * A sagittal series covers one half: the left one as the recorded grid in the flipped space 10 does, the right one where the sample draws
 * sections of it in space 9.
 */
export async function expressionGrids(experiment: IshExperiment, signal?: AbortSignal): Promise<ExpressionGrids> {
  structures ??= structureIndices();
  const indices = await structures;
  const expression = structureExpression(experiment);
  const make = (): Float32Array<ArrayBuffer> => new Float32Array(indices.length).fill(NO_DATA);
  const grids = { energy: make(), density: make(), intensity: make() };
  const slabSize = EXPRESSION_GRID.size[0] * EXPRESSION_GRID.size[1];
  const isCovered = coverOf(experiment);
  const turn = createTurns(signal);
  for (const [at, index] of indices.entries()) {
    if (at % slabSize === 0) await turn();
    const level = expression[index];
    if (level === undefined || !isCovered(Math.floor(at / slabSize))) continue;
    const density = level.density * (0.6 + 0.8 * unit(experiment.id, at, 361));
    const intensity = density === 0 ? 0 : level.intensity * (0.95 + 0.1 * unit(experiment.id, at, 362));
    grids.density[at] = density;
    grids.intensity[at] = intensity;
    grids.energy[at] = density * intensity;
  }
  return grids;
}

/** Whether the series has sections at a z, by its index. */
function coverOf({ id, planeId }: IshExperiment): (z: number) => boolean {
  if (planeId === CORONAL) return () => true;
  const isRight = SAMPLE_DATA_SETS.some((set) => set.id === id);
  return (z) => {
    const aside = middleUm(EXPRESSION_GRID, z) - MIDLINE_Z_UM;
    return isRight ? aside > 0 : aside < 0;
  };
}
