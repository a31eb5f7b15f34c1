import { type Mesh, printObj } from "@brainatlas/sdk/mesh";
import { sampleStructure } from "../structures.ts";
import { referenceGrid } from "./grid.ts";
import { type HalfLabels, slabOf } from "./half-volume.ts";
import { countInside, insideTable } from "./reference-volumes.ts";
import { voxelSurface } from "./surface.ts";
import { createTurns } from "./turns.ts";

/** Voxels of a half that are taken finely; the surface of more has more triangles than are of use. */
const MAX_FINE_VOXELS = 150_000;

/** Numbers of a mesh that are printed in one go. */
const PRINTED_AT_ONCE = 30_000;

/**
 * The surface of a structure and all below it as OBJ, in µm of reference space: of voxels of 50 µm, of 100 µm where it is large.
 *
 * @param labelsAt Labels of one half of the grid of a spacing.
 * @returns `undefined` if no voxel lies in the structure.
 */
export async function structureMesh(
  structureId: number,
  labelsAt: (spacingUm: number) => Promise<HalfLabels>,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const isInside = insideTable(structureId);
  const fine = await labelsAt(50);
  const count = countInside(fine, isInside);
  if (count === 0) return undefined;
  const spacingUm = count > MAX_FINE_VOXELS ? 100 : 50;
  const { labels } = spacingUm === 50 ? fine : await labelsAt(spacingUm);
  const grid = referenceGrid(spacingUm);
  const [nx, , nz] = grid.size;
  const slabs = Array.from({ length: nz }, (_, z) => slabOf(grid, labels, z));
  const turn = createTurns(signal);
  const mesh = await voxelSurface(grid, (x, y, z) => isInside[slabs[z]?.[y * nx + x] ?? 0] === 1, turn);
  const name = sampleStructure(structureId)?.acronym ?? String(structureId);
  const pieces: Buffer[] = [];
  for (const text of printInPieces(
    mesh,
    `brainatlas sample atlas (synthetic): ${name}, of voxels of ${spacingUm} µm`,
  )) {
    pieces.push(Buffer.from(text));
    await turn();
  }
  return new Uint8Array(Buffer.concat(pieces));
}

const NONE = { positions: new Float64Array(0), normals: undefined, triangles: new Uint32Array(0) };

/** What `printObj()` gives, piece by piece: places, then normals, then faces, which count both from the start. */
function* printInPieces({ positions, normals, triangles }: Mesh, comment: string): Generator<string, void, undefined> {
  yield printObj(NONE, comment);
  for (const part of piecesOf(positions)) yield printObj({ ...NONE, positions: part });
  for (const part of piecesOf(normals ?? NONE.positions)) yield printObj({ ...NONE, normals: part });
  for (const part of piecesOf(triangles)) {
    yield printObj({ ...NONE, normals: normals && NONE.positions, triangles: part });
  }
}

function* piecesOf<Numbers extends Float64Array | Uint32Array>(numbers: Numbers): Generator<Numbers, void, undefined> {
  for (let from = 0; from < numbers.length; from += PRINTED_AT_ONCE) {
    // A part of a typed array is one of the same kind.
    yield numbers.subarray(from, from + PRINTED_AT_ONCE) as Numbers;
  }
}
