import { printObj } from "@brainatlas/sdk/mesh";
import { sampleStructure } from "../structures.ts";
import { referenceGrid } from "./grid.ts";
import { slabOf } from "./half-volume.ts";
import { insideTable } from "./reference-volumes.ts";
import { voxelSurface } from "./surface.ts";

/** Voxels of a half that are taken finely; the surface of more has more triangles than are of use. */
const MAX_FINE_VOXELS = 150_000;

/**
 * The surface of a structure and all below it as OBJ, in µm of reference space: of voxels of 50 µm, of 100 µm where it is large.
 *
 * @param labelsAt Labels of one half of the grid of a spacing.
 * @returns `undefined` if no voxel lies in the structure.
 */
export async function structureMesh(
  structureId: number,
  labelsAt: (spacingUm: number) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<string | undefined> {
  const isInside = insideTable(structureId);
  const fine = await labelsAt(50);
  let count = 0;
  for (const label of fine) count += isInside[label] ?? 0;
  if (count === 0) return undefined;
  const spacingUm = count > MAX_FINE_VOXELS ? 100 : 50;
  const labels = spacingUm === 50 ? fine : await labelsAt(spacingUm);
  const grid = referenceGrid(spacingUm);
  const [nx, , nz] = grid.size;
  const slabs = Array.from({ length: nz }, (_, z) => slabOf(grid, labels, z));
  const mesh = await voxelSurface(grid, (x, y, z) => isInside[slabs[z]?.[y * nx + x] ?? 0] === 1);
  const name = sampleStructure(structureId)?.acronym ?? String(structureId);
  return printObj(mesh, `brainatlas sample atlas (synthetic): ${name}, of voxels of ${spacingUm} µm`);
}
