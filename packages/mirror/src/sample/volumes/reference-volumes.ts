import { meanCellCover } from "../cells.ts";
import { type CellField, cellsAt, cytoarchitecture } from "../cytoarchitecture.ts";
import { isWithin } from "../structures.ts";
import type { Tissue } from "../tissue.ts";
import { referenceGrid, type VoxelGrid } from "./grid.ts";
import { fillHalf, type HalfLabels, halfCount, ID_OF_LABEL, slabOf } from "./half-volume.ts";
import { writeNrrdSlabs } from "./write-nrrd.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Value of grey matter without a cell in the template: its order of size is that of the real one. */
const BRIGHT = 400;
/** Steps of the Nissl volume from no stain to full stain. */
const NISSL_STEPS = 10_000;

const cells: CellField = { density: 0, radiusUm: 5, ground: 0 };

/** The annotation: structure ids, uint32. */
export async function annotationVolume(
  spacingUm: number,
  { labels }: HalfLabels,
  signal?: AbortSignal,
): Promise<Bytes> {
  const grid = referenceGrid(spacingUm);
  const ids = new Uint32Array(slabSize(grid));
  const slabAt = (z: number): Uint32Array => {
    for (const [at, label] of slabOf(grid, labels, z).entries()) ids[at] = ID_OF_LABEL[label] ?? 0;
    return ids;
  };
  return await writeNrrdSlabs(grid, "unsigned int", slabAt, signal);
}

/**
 * The mask of a structure: 1 within it and all below it, uint8.
 *
 * The reference does not say of which type the service's masks are; one byte holds what a mask says.
 *
 * @returns `undefined` if no voxel lies in the structure.
 */
export async function structureMask(
  structureId: number,
  spacingUm: number,
  half: HalfLabels,
  signal?: AbortSignal,
): Promise<Bytes | undefined> {
  const grid = referenceGrid(spacingUm);
  const isInside = insideTable(structureId);
  if (countInside(half, isInside) === 0) return undefined;
  const mask = new Uint8Array(slabSize(grid));
  const slabAt = (z: number): Uint8Array => {
    for (const [at, label] of slabOf(grid, half.labels, z).entries()) mask[at] = isInside[label] ?? 0;
    return mask;
  };
  return await writeNrrdSlabs(grid, "unsigned char", slabAt, signal);
}

/** By label: 1 for a structure and all below it. */
export function insideTable(structureId: number): Uint8Array {
  return Uint8Array.from(ID_OF_LABEL, (id) => (id !== 0 && isWithin(id, structureId) ? 1 : 0));
}

/** Voxels of a half whose labels a table of {@link insideTable} has. */
export function countInside({ counts }: HalfLabels, isInside: Uint8Array): number {
  return counts.reduce((sum, count, label) => sum + count * (isInside[label] ?? 0), 0);
}

/** The template: the glow of unstained tissue, which cells and fibres dim, uint16; 0 outside. */
export async function templateVolume(spacingUm: number, signal?: AbortSignal): Promise<Bytes> {
  const grid = referenceGrid(spacingUm);
  const half = await fillHalf(grid, new Uint16Array(halfCount(grid)), glowOf, signal);
  return await writeNrrdSlabs(grid, "unsigned short", (z) => slabOf(grid, half, z), signal);
}

function glowOf(tissue: Tissue): number {
  if (tissue.id === 0) return 0;
  const { arrangement } = readCells(tissue);
  // As on the sample's sections without stain.
  const glow = arrangement === "fluid" ? 0.12 : arrangement === "white" ? 0.62 : 1;
  return Math.round(BRIGHT * glow * (1 - 0.45 * meanCellCover(cells.density, cells.radiusUm)));
}

/** The Nissl volume: how much of a voxel is stained, from 0 to 1, float; 0 outside. */
export async function nisslVolume(spacingUm: number, signal?: AbortSignal): Promise<Bytes> {
  const grid = referenceGrid(spacingUm);
  const stepsOf = (tissue: Tissue): number => Math.round(stainOf(tissue) * NISSL_STEPS);
  const half = await fillHalf(grid, new Uint16Array(halfCount(grid)), stepsOf, signal);
  const stain = new Float32Array(slabSize(grid));
  const slabAt = (z: number): Float32Array => {
    for (const [at, steps] of slabOf(grid, half, z).entries()) stain[at] = steps / NISSL_STEPS;
    return stain;
  };
  return await writeNrrdSlabs(grid, "float", slabAt, signal);
}

function stainOf(tissue: Tissue): number {
  if (tissue.id === 0) return 0;
  const { arrangement } = readCells(tissue);
  if (arrangement === "fluid") return 0;
  // As on the sample's Nissl plates, without what only a section shows: grain, vessels, streaks.
  const stain = cells.ground + (1 - cells.ground) * meanCellCover(cells.density, cells.radiusUm);
  return stain * (arrangement === "white" ? 0.75 : 0.92);
}

/** Leaves the cells of a tissue in `cells`. */
function readCells({ id, depthUm, spanUm, bandUm }: Tissue): ReturnType<typeof cytoarchitecture> {
  const structure = cytoarchitecture(id);
  cellsAt(structure, depthUm, spanUm, bandUm, cells);
  return structure;
}

function slabSize({ size: [nx, ny] }: VoxelGrid): number {
  return nx * ny;
}
