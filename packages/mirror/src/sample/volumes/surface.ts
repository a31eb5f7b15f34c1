import type { Mesh } from "@brainatlas/sdk/mesh";
import type { VoxelGrid } from "./grid.ts";
import type { Turn } from "./turns.ts";

/** Whether a voxel is inside; asked for voxels of the grid alone. */
export type IsInside = (x: number, y: number, z: number) => boolean;

/** Sides of a voxel: the neighbour's step, and the corners counter-clockwise as seen from that neighbour. */
const SIDES: readonly (readonly [step: readonly number[], corners: readonly (readonly number[])[]])[] = [
  [
    [1, 0, 0],
    [
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
      [1, 0, 1],
    ],
  ],
  [
    [-1, 0, 0],
    [
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 1],
      [0, 1, 0],
    ],
  ],
  [
    [0, 1, 0],
    [
      [0, 1, 0],
      [0, 1, 1],
      [1, 1, 1],
      [1, 1, 0],
    ],
  ],
  [
    [0, -1, 0],
    [
      [0, 0, 0],
      [1, 0, 0],
      [1, 0, 1],
      [0, 0, 1],
    ],
  ],
  [
    [0, 0, 1],
    [
      [0, 0, 1],
      [1, 0, 1],
      [1, 1, 1],
      [0, 1, 1],
    ],
  ],
  [
    [0, 0, -1],
    [
      [0, 0, 0],
      [0, 1, 0],
      [1, 1, 0],
      [1, 0, 0],
    ],
  ],
];

/** Steps of smoothing: in, then out again by a little more, so that the surface does not shrink (Taubin). */
const SMOOTHING = [0.5, -0.53, 0.5, -0.53];

/** Sides or triangles that are gone through before others may have their turn. */
const STRIDE = 4096;

/**
 * The surface of a set of voxels: their outer sides joined at shared corners, smoothed, in µm.
 *
 * Every side of a voxel that faces outside becomes two triangles, so that the surface is closed, whatever the shape.
 *
 * @example (await voxelSurface({ spacingUm: 100, size: [1, 1, 1] }, () => true, createTurns())).triangles.length // → 36
 */
export async function voxelSurface(grid: VoxelGrid, isInside: IsInside, turn: Turn): Promise<Mesh> {
  const { positions, quads } = await outerSides(grid, isInside, turn);
  let smooth = Float64Array.from(positions);
  for (const share of SMOOTHING) smooth = await smoothed(smooth, quads, share, turn);
  const triangles = new Uint32Array((quads.length / 4) * 6);
  for (let q = 0, t = 0; q < quads.length; q += 4, t += 6) {
    const [a = 0, c = 0] = [quads[q], quads[q + 2]];
    triangles.set([a, quads[q + 1] ?? 0, c, a, c, quads[q + 3] ?? 0], t);
    if (q % STRIDE === 0) await turn();
  }
  const places = smooth.map((value) => Math.round(value * 100) / 100);
  return { positions: places, normals: await normalsOf(places, triangles, turn), triangles };
}

async function outerSides(
  grid: VoxelGrid,
  isInside: IsInside,
  turn: Turn,
): Promise<{ positions: number[]; quads: number[] }> {
  const [nx, ny, nz] = grid.size;
  const vertexOf = new Map<number, number>();
  const positions: number[] = [];
  const quads: number[] = [];
  const vertex = (x: number, y: number, z: number): number => {
    const key = (z * (ny + 1) + y) * (nx + 1) + x;
    const known = vertexOf.get(key);
    if (known !== undefined) return known;
    positions.push(x * grid.spacingUm, y * grid.spacingUm, z * grid.spacingUm);
    vertexOf.set(key, vertexOf.size);
    return vertexOf.size - 1;
  };
  const isFilled = (x: number, y: number, z: number): boolean =>
    x >= 0 && y >= 0 && z >= 0 && x < nx && y < ny && z < nz && isInside(x, y, z);
  for (let z = 0; z < nz; z++) {
    await turn();
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        if (!isInside(x, y, z)) continue;
        for (const [[dx = 0, dy = 0, dz = 0], corners] of SIDES) {
          if (isFilled(x + dx, y + dy, z + dz)) continue;
          for (const [cx = 0, cy = 0, cz = 0] of corners) quads.push(vertex(x + cx, y + cy, z + cz));
        }
      }
    }
  }
  return { positions, quads };
}

/** Moves every vertex by a share of the way to the mean of those that follow it around the sides. */
async function smoothed(
  places: Float64Array<ArrayBuffer>,
  quads: readonly number[],
  share: number,
  turn: Turn,
): Promise<Float64Array<ArrayBuffer>> {
  const sums = new Float64Array(places.length);
  const counts = new Uint32Array(places.length / 3);
  for (let q = 0; q < quads.length; q += 4) {
    for (let side = 0; side < 4; side++) {
      const from = quads[q + side] ?? 0;
      const to = quads[q + ((side + 1) % 4)] ?? 0;
      counts[from] = (counts[from] ?? 0) + 1;
      for (let axis = 0; axis < 3; axis++) {
        sums[from * 3 + axis] = (sums[from * 3 + axis] ?? 0) + (places[to * 3 + axis] ?? 0);
      }
    }
    if (q % STRIDE === 0) await turn();
  }
  return places.map((value, i) => value + share * ((sums[i] ?? 0) / (counts[Math.floor(i / 3)] ?? 1) - value));
}

/** Normals of length 1: each the sum of those of the triangles around, which their areas weigh. */
async function normalsOf(places: Float64Array, triangles: Uint32Array, turn: Turn): Promise<Float64Array> {
  const normals = new Float64Array(places.length);
  const at = (vertex: number, axis: number): number => places[vertex * 3 + axis] ?? 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a = 0, b = 0, c = 0] = triangles.subarray(t, t + 3);
    const [ux, uy, uz] = [at(b, 0) - at(a, 0), at(b, 1) - at(a, 1), at(b, 2) - at(a, 2)];
    const [vx, vy, vz] = [at(c, 0) - at(a, 0), at(c, 1) - at(a, 1), at(c, 2) - at(a, 2)];
    const cross = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    for (const vertex of [a, b, c]) {
      for (let axis = 0; axis < 3; axis++)
        normals[vertex * 3 + axis] = (normals[vertex * 3 + axis] ?? 0) + (cross[axis] ?? 0);
    }
    if (t % (3 * STRIDE) === 0) await turn();
  }
  for (let i = 0; i < normals.length; i += 3) {
    const [x = 0, y = 0, z = 0] = normals.subarray(i, i + 3);
    const length = Math.hypot(x, y, z) || 1;
    normals.set(
      [x, y, z].map((value) => Math.round((value / length) * 1000) / 1000),
      i,
    );
    if (i % (3 * STRIDE) === 0) await turn();
  }
  return normals;
}
