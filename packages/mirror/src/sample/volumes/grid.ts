import { EXTENT_UM } from "../model.ts";

/** Voxels of a volume in reference space: x runs fastest, posterior; then y, inferior; then z, right. */
export interface VoxelGrid {
  /** Edge of a voxel, in µm. */
  readonly spacingUm: number;
  /** Number of voxels along each axis. */
  readonly size: readonly [nx: number, ny: number, nz: number];
}

/**
 * Grid of the reference volumes, as the archive's (reference §6.3).
 *
 * @param spacingUm 25, 50 or 100.
 * @example referenceGrid(100).size // → [132, 80, 114]
 */
export function referenceGrid(spacingUm: number): VoxelGrid {
  const [x, y, z] = EXTENT_UM;
  return { spacingUm, size: [x / spacingUm, y / spacingUm, z / spacingUm] };
}

/** Grid of the expression volumes (reference §6.1): a little larger than reference space. */
export const EXPRESSION_GRID: VoxelGrid = { spacingUm: 200, size: [67, 41, 58] };

/**
 * Where the middle of a voxel lies along an axis, in µm.
 *
 * @param index From 0.
 * @example middleUm({ spacingUm: 100, size: [1, 1, 1] }, 2) // → 250
 */
export function middleUm({ spacingUm }: Pick<VoxelGrid, "spacingUm">, index: number): number {
  return (index + 0.5) * spacingUm;
}
