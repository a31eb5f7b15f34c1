/** A structure's body: an axis-parallel ellipsoid in the folded space where the third axis is distance from midline. */
export interface Ellipsoid {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly lateral: number;
  readonly halfX: number;
  readonly halfY: number;
  readonly halfLateral: number;
}

/**
 * Makes an ellipsoid from centre and half axes.
 *
 * @param id Structure id, or 0 for a body that stands for no single structure.
 * @param centreUm Centre: posterior, inferior, distance from the midline, in µm.
 * @param halfUm Half axes in the same order, in µm.
 * @returns The ellipsoid.
 * @example ellipsoid(1, [0, 0, 0], [10, 20, 30]).halfY // → 20
 */
export function ellipsoid(
  id: number,
  centreUm: readonly [number, number, number],
  halfUm: readonly [number, number, number],
): Ellipsoid {
  const [x, y, lateral] = centreUm;
  const [halfX, halfY, halfLateral] = halfUm;
  return { id, x, y, lateral, halfX, halfY, halfLateral };
}

/**
 * Approximate signed distance to an ellipsoid: exact on the surface and in sign, good near it.
 *
 * @param body The ellipsoid.
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param lateralUm Distance from the midline, in µm.
 * @returns µm, negative inside.
 * @example signedDistance(ellipsoid(1, [0, 0, 0], [10, 10, 10]), 15, 0, 0) // → 5
 */
export function signedDistance(body: Ellipsoid, xUm: number, yUm: number, lateralUm: number): number {
  const a = (xUm - body.x) / body.halfX;
  const b = (yUm - body.y) / body.halfY;
  const c = (lateralUm - body.lateral) / body.halfLateral;
  const value = Math.sqrt(a * a + b * b + c * c);
  const p = a / body.halfX;
  const q = b / body.halfY;
  const r = c / body.halfLateral;
  const slope = Math.sqrt(p * p + q * q + r * r);
  return slope === 0 ? -Math.min(body.halfX, body.halfY, body.halfLateral) : (value * (value - 1)) / slope;
}

/**
 * Structure whose ellipsoid is nearest in units of its own size, so that neighbours share out the space between them.
 *
 * @param bodies Candidates; at least one.
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param lateralUm Distance from the midline, in µm.
 * @returns Structure id, 0 without candidates.
 * @example nearestBody([ellipsoid(7, [0, 0, 0], [1, 1, 1])], 5, 5, 5) // → 7
 */
export function nearestBody(bodies: readonly Ellipsoid[], xUm: number, yUm: number, lateralUm: number): number {
  let best = Number.POSITIVE_INFINITY;
  let id = 0;
  for (const body of bodies) {
    const a = (xUm - body.x) / body.halfX;
    const b = (yUm - body.y) / body.halfY;
    const c = (lateralUm - body.lateral) / body.halfLateral;
    const value = a * a + b * b + c * c;
    if (value < best) {
      best = value;
      id = body.id;
    }
  }
  return id;
}
