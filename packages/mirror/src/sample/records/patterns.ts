import { ishLevel } from "../ish.ts";
import { idOf, isWithin, SAMPLE_STRUCTURES } from "../structures.ts";
import { unit } from "./random.ts";

/** Where a gene of the sample is strong: synthetic, after what such genes are known for. */
export type ExpressionPattern =
  | "drawn"
  | "cortical"
  | "hippocampal"
  | "striatal"
  | "thalamic"
  | "hypothalamic"
  | "cerebellar"
  | "sensory"
  | "interneurons"
  | "inhibitory"
  | "aminergic"
  | "white matter"
  | "ubiquitous"
  | "sparse";

type Level = readonly [acronym: string, level: number];

/** Share of cells that express, by structure and all below it; the first match counts, and elsewhere 0.02. */
const LEVELS: Readonly<Record<Exclude<ExpressionPattern, "drawn">, readonly Level[]>> = {
  cortical: [
    ["Isocortex", 0.7],
    ["HPF", 0.65],
    ["OLF", 0.5],
    ["CTXsp", 0.55],
    ["CB", 0.1],
  ],
  hippocampal: [
    ["DG", 0.85],
    ["CA", 0.6],
    ["HPF", 0.3],
    ["CTXpl", 0.15],
    ["TH", 0.12],
  ],
  striatal: [
    ["STRd", 0.85],
    ["STRv", 0.8],
    ["CTX", 0.12],
    ["PAL", 0.15],
  ],
  thalamic: [
    ["TH", 0.8],
    ["MB", 0.35],
    ["HB", 0.3],
    ["HY", 0.3],
    ["STR", 0.1],
  ],
  hypothalamic: [
    ["PVZ", 0.75],
    ["PVR", 0.5],
    ["HY", 0.35],
    ["sAMY", 0.2],
  ],
  cerebellar: [
    ["CBX", 0.85],
    ["CB", 0.4],
    ["TH", 0.08],
  ],
  sensory: [
    ["SS", 0.7],
    ["VIS", 0.65],
    ["AUD", 0.65],
    ["Isocortex", 0.3],
    ["TH", 0.35],
  ],
  interneurons: [
    ["Isocortex", 0.18],
    ["HPF", 0.2],
    ["CNU", 0.14],
    ["CBX", 0.25],
    ["grey", 0.08],
  ],
  inhibitory: [
    ["STR", 0.8],
    ["PAL", 0.75],
    ["RT", 0.9],
    ["CBX", 0.4],
    ["CTX", 0.2],
    ["grey", 0.3],
  ],
  aminergic: [
    ["VTA", 0.8],
    ["PAG", 0.15],
    ["PCG", 0.3],
    ["MB", 0.1],
  ],
  "white matter": [
    ["fiber tracts", 0.85],
    ["HB", 0.4],
    ["TH", 0.3],
    ["grey", 0.15],
  ],
  ubiquitous: [
    ["CTX", 0.6],
    ["CB", 0.55],
    ["grey", 0.5],
    ["fiber tracts", 0.08],
  ],
  sparse: [["grey", 0.06]],
};

const ELSEWHERE = 0.02;
const VENTRICLES = idOf("VS");

const TABLES: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries(LEVELS).map(([pattern, levels]) => [pattern, SAMPLE_STRUCTURES.map(({ id }) => levelOf(id, levels))]),
);

function levelOf(id: number, levels: readonly Level[]): number {
  if (isWithin(id, VENTRICLES)) return 0;
  return levels.find(([acronym]) => isWithin(id, idOf(acronym)))?.[1] ?? ELSEWHERE;
}

/**
 * Share of cells that express a gene, in each structure of the sample brain.
 *
 * @param pattern Where the gene is strong.
 * @param gene Tells genes of one pattern from each other.
 * @returns 0 to 1, in the order of `SAMPLE_STRUCTURES`.
 * @example expressionLevels("drawn", 0).length === SAMPLE_STRUCTURES.length // → true
 */
export function expressionLevels(pattern: ExpressionPattern, gene: number): readonly number[] {
  // What is drawn on the sample's pictures is not varied: both tell of one brain.
  if (pattern === "drawn") return SAMPLE_STRUCTURES.map(({ id }) => ishLevel(id));
  const levels = TABLES.get(pattern) ?? [];
  return levels.map((level, structure) => Math.min(1, level * (0.6 + 0.8 * unit(gene, structure, 301))));
}
