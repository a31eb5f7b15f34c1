import { distanceUm, type PointUm } from "./experiments.ts";

/** Densities by voxel, from 0 to 1. */
export interface DensityGrid {
  /** Voxels along x, y and z. */
  readonly size: readonly [number, number, number];
  /** Edges of a voxel, in µm. */
  readonly spacingUm: readonly [number, number, number];
  /** Values with x fastest. */
  readonly data: ArrayLike<number>;
}

/** Place of a voxel, 0-based. */
type Voxel = readonly [i: number, j: number, k: number];

/** Density at a point, in µm of reference space; 0 outside of the grid. */
export function densityAt(grid: DensityGrid, point: PointUm): number {
  return valueAt(grid, voxelOf(grid, point));
}

/** Index in the grid's values of the voxel around a point, in µm of reference space; `undefined` outside of the grid. */
export function voxelIndex(grid: Pick<DensityGrid, "size" | "spacingUm">, point: PointUm): number | undefined {
  return indexOf(grid, voxelOf(grid, point));
}

/** The density that a value stands for: voxels without data are negative in the service's grids (reference §6.1). */
export function toDensity(value: number): number {
  return Math.max(0, value);
}

/**
 * A way from a point to the injection, in µm, by the middles of voxels: of the voxels around that lie nearer to the injection, the
 * densest is the next, of equally dense ones the nearest. How the service finds its way is unknown; this is one of our own, which
 * always ends.
 *
 * @param from Point within the grid.
 */
export function pathTo(grid: DensityGrid, from: PointUm, injection: PointUm): readonly PointUm[] {
  const path: PointUm[] = [];
  const goal = middleOf(grid, nearestVoxel(grid, injection));
  let voxel: Voxel | undefined = voxelOf(grid, from);
  // Each step is nearer than the last, and there are but so many voxels.
  while (voxel !== undefined) {
    path.push(middleOf(grid, voxel));
    voxel = nextVoxel(grid, voxel, goal);
  }
  return path;
}

const STEPS: readonly Voxel[] = [-1, 0, 1].flatMap((i) =>
  [-1, 0, 1].flatMap((j) => [-1, 0, 1].map((k): Voxel => [i, j, k])),
);

function nextVoxel(grid: DensityGrid, [i, j, k]: Voxel, goal: PointUm): Voxel | undefined {
  let best: { readonly voxel: Voxel; readonly density: number; readonly distance: number } | undefined;
  const here = distanceUm(middleOf(grid, [i, j, k]), goal);
  for (const [di, dj, dk] of STEPS) {
    const voxel: Voxel = [i + di, j + dj, k + dk];
    const distance = distanceUm(middleOf(grid, voxel), goal);
    if (!(distance < here)) continue;
    const density = valueAt(grid, voxel);
    const isBetter = best === undefined || density > best.density;
    if (isBetter || (density === best?.density && distance < best.distance)) best = { voxel, density, distance };
  }
  return best?.voxel;
}

function voxelOf({ spacingUm: [dx, dy, dz] }: Pick<DensityGrid, "spacingUm">, [x, y, z]: PointUm): Voxel {
  return [Math.floor(x / dx), Math.floor(y / dy), Math.floor(z / dz)];
}

/** A voxel of the grid, also for a point outside of it. */
function nearestVoxel(grid: DensityGrid, point: PointUm): Voxel {
  const [i, j, k] = voxelOf(grid, point);
  const [width, height, depth] = grid.size;
  const clamp = (index: number, size: number): number => Math.max(0, Math.min(size - 1, index));
  return [clamp(i, width), clamp(j, height), clamp(k, depth)];
}

function middleOf({ spacingUm: [dx, dy, dz] }: DensityGrid, [i, j, k]: Voxel): PointUm {
  return [(i + 0.5) * dx, (j + 0.5) * dy, (k + 0.5) * dz];
}

function indexOf({ size: [width, height, depth] }: Pick<DensityGrid, "size">, [i, j, k]: Voxel): number | undefined {
  const isInside = i >= 0 && j >= 0 && k >= 0 && i < width && j < height && k < depth;
  return isInside ? (k * height + j) * width + i : undefined;
}

function valueAt(grid: DensityGrid, voxel: Voxel): number {
  const index = indexOf(grid, voxel);
  return index === undefined ? 0 : toDensity(grid.data[index] ?? 0);
}
