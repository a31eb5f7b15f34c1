/** A surface of triangles; in the atlas's files in reference space: µm, posterior, inferior, right (reference §6.3). */
export interface Mesh {
  /** x, y, z of each vertex in turn. */
  readonly positions: Float64Array;
  /** x, y, z of each vertex's normal in turn; `undefined` where not every vertex has exactly one. */
  readonly normals: Float64Array | undefined;
  /** Three vertices a triangle, 0-based, counter-clockwise as seen from outside. */
  readonly triangles: Uint32Array;
}

/** The smallest box with edges along the axes that holds all vertices. */
export interface MeshBox {
  readonly min: readonly [x: number, y: number, z: number];
  readonly max: readonly [x: number, y: number, z: number];
}

/**
 * Box around a mesh, in its own unit.
 *
 * @returns `undefined` if the mesh has no vertex.
 * @example meshBox({ positions: Float64Array.of(1, 2, 3), normals: undefined, triangles: new Uint32Array(0) })?.max // → [1, 2, 3]
 */
export function meshBox({ positions }: Mesh): MeshBox | undefined {
  if (positions.length === 0) return undefined;
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    const axis = (i % 3) as 0 | 1 | 2; // The remainder of 3.
    const value = positions[i] ?? 0;
    if (value < min[axis]) min[axis] = value;
    if (value > max[axis]) max[axis] = value;
  }
  return { min, max };
}

/**
 * Volume that a closed surface holds, in its unit cubed: µm³ for the atlas's meshes.
 *
 * It is negative where the triangles turn clockwise as seen from outside, and means nothing of a surface with open edges.
 *
 * @example meshVolume({ positions: Float64Array.of(0, 0, 0, 6, 0, 0, 0, 1, 0, 0, 0, 1), normals: undefined, triangles: Uint32Array.of(0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3) }) // → 1
 */
export function meshVolume({ positions, triangles }: Mesh): number {
  // About the first vertex: far from the origin the terms would be large and nearly cancel.
  const [ox = 0, oy = 0, oz = 0] = positions;
  let sum = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = cornersOf(triangles, t);
    const [ax, ay, az] = [at(positions, a) - ox, at(positions, a + 1) - oy, at(positions, a + 2) - oz];
    const [bx, by, bz] = [at(positions, b) - ox, at(positions, b + 1) - oy, at(positions, b + 2) - oz];
    const [cx, cy, cz] = [at(positions, c) - ox, at(positions, c + 1) - oy, at(positions, c + 2) - oz];
    sum += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return sum / 6;
}

/**
 * Area of a surface, in its unit squared: µm² for the atlas's meshes.
 *
 * @example meshArea({ positions: Float64Array.of(0, 0, 0, 3, 0, 0, 0, 4, 0), normals: undefined, triangles: Uint32Array.of(0, 1, 2) }) // → 6
 */
export function meshArea({ positions, triangles }: Mesh): number {
  let sum = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = cornersOf(triangles, t);
    const edge = (to: number, axis: number): number => at(positions, to + axis) - at(positions, a + axis);
    const [ux, uy, uz, vx, vy, vz] = [edge(b, 0), edge(b, 1), edge(b, 2), edge(c, 0), edge(c, 1), edge(c, 2)];
    sum += Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx);
  }
  return sum / 2;
}

/**
 * Number of directed edges that no other triangle runs along the other way: 0 for a closed surface whose sides all face out,
 * or all in.
 *
 * @example openEdges({ positions: new Float64Array(9), normals: undefined, triangles: Uint32Array.of(0, 1, 2) }) // → 3
 */
export function openEdges({ positions, triangles }: Mesh): number {
  const vertices = positions.length / 3;
  const balance = new Map<number, number>();
  for (let t = 0; t < triangles.length; t += 3) {
    for (let side = 0; side < 3; side++) {
      const from = triangles[t + side] ?? 0;
      const to = triangles[t + ((side + 1) % 3)] ?? 0;
      // One key for both directions of an edge: they cancel.
      const key = from < to ? from * vertices + to : to * vertices + from;
      const sum = (balance.get(key) ?? 0) + (from < to ? 1 : -1);
      if (sum === 0) balance.delete(key);
      else balance.set(key, sum);
    }
  }
  return [...balance.values()].reduce((sum, each) => sum + Math.abs(each), 0);
}

/** Where the coordinates of a triangle's corners begin. */
function cornersOf(triangles: Uint32Array, t: number): [number, number, number] {
  return [(triangles[t] ?? 0) * 3, (triangles[t + 1] ?? 0) * 3, (triangles[t + 2] ?? 0) * 3];
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
