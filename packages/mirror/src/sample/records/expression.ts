import type { ModelRow } from "../../records/model-row.ts";
import { SAMPLE_STRUCTURES } from "../structures.ts";
import { addToAncestors, halfExtents } from "./anatomy.ts";
import { ADULT_EXPERIMENTS, geneNumber, type IshExperiment } from "./experiment-table.ts";
import { expressionLevels } from "./patterns.ts";
import { rounded, unit } from "./random.ts";
import { record } from "./record.ts";

/** Volume that one pixel of a section stands for: 1.049 µm a side, a section every 200 µm. */
const PIXEL_UM3 = 1.049 * 1.049 * 200;

/** Share of a structure's area that expressing cells cover if all its cells express. */
const FULL_DENSITY = 0.12;
const WEAKEST_SIGNAL = 70;
const SIGNAL_RANGE = 150;
const BACKGROUND = 22;

const FIRST_UNIONIZE_ID = 950_000_001;

/** The four sums of a record, a structure after the other in one array each. */
interface Sums {
  readonly pixels: Float64Array;
  readonly expressing: Float64Array;
  readonly intensity: Float64Array;
  readonly expressingIntensity: Float64Array;
}

/** Expression of every adult experiment that did not fail, in every structure of the sample. */
export function* expressionRecords(): Generator<ModelRow> {
  let id = FIRST_UNIONIZE_ID;
  for (const experiment of ADULT_EXPERIMENTS.filter(({ failed }) => !failed)) {
    const sums = withDescendants(ownSums(experiment));
    for (const [index, structure] of SAMPLE_STRUCTURES.entries()) {
      yield unionize(id++, experiment.id, structure.id, index, sums);
    }
  }
}

/** Expression in one structure, without those below it. */
export interface StructureExpression {
  /** Share of the area that expressing cells cover. */
  readonly density: number;
  /** Mean intensity of an expressing pixel. */
  readonly intensity: number;
}

/**
 * Expression of an experiment in each structure: what its records and its grids are made of.
 *
 * @returns One a structure, in the order of `SAMPLE_STRUCTURES`.
 * @example structureExpression(ADULT_EXPERIMENTS[0]).length === SAMPLE_STRUCTURES.length // → true
 */
export function structureExpression({ id, gene }: IshExperiment): StructureExpression[] {
  return expressionLevels(gene.pattern, geneNumber(gene)).map((level, i) => ({
    density: level * FULL_DENSITY * (0.85 + 0.3 * unit(id, i, 311)),
    intensity: WEAKEST_SIGNAL + SIGNAL_RANGE * level,
  }));
}

/** What lies in each structure and in none below it. */
function ownSums(experiment: IshExperiment): Sums {
  const { planeId } = experiment;
  const expression = structureExpression(experiment);
  // Sagittal series cover one half of the brain.
  const halves = planeId === 1 ? 2 : 1;
  const sums = emptySums();
  for (const [i, { ownVolumeUm3 }] of halfExtents().entries()) {
    const { density = 0, intensity = 0 } = expression[i] ?? {};
    const pixels = Math.round((ownVolumeUm3 * halves) / PIXEL_UM3);
    const expressing = Math.round(pixels * density);
    const signal = Math.round(expressing * intensity);
    sums.pixels[i] = pixels;
    sums.expressing[i] = expressing;
    sums.expressingIntensity[i] = signal;
    sums.intensity[i] = signal + (pixels - expressing) * BACKGROUND;
  }
  return sums;
}

function emptySums(): Sums {
  const make = (): Float64Array => new Float64Array(SAMPLE_STRUCTURES.length);
  return { pixels: make(), expressing: make(), intensity: make(), expressingIntensity: make() };
}

function withDescendants(sums: Sums): Sums {
  for (const values of Object.values(sums)) addToAncestors(values);
  return sums;
}

function unionize(id: number, dataSetId: number, structureId: number, index: number, sums: Sums): ModelRow {
  const pixels = sums.pixels[index] ?? 0;
  const expressing = sums.expressing[index] ?? 0;
  const expressingIntensity = sums.expressingIntensity[index] ?? 0;
  const energy = expressingIntensity / pixels;
  return record("StructureUnionize", {
    id,
    section_data_set_id: dataSetId,
    structure_id: structureId,
    sum_pixels: pixels,
    sum_expressing_pixels: expressing,
    sum_pixel_intensity: sums.intensity[index] ?? 0,
    sum_expressing_pixel_intensity: expressingIntensity,
    expression_density: expressing / pixels,
    expression_energy: energy,
    voxel_energy_mean: rounded(energy * (0.96 + 0.08 * unit(dataSetId, structureId, 312)), 6),
    voxel_energy_cv: energy === 0 ? null : rounded(0.3 + 2 * unit(dataSetId, structureId, 313), 5),
  });
}
