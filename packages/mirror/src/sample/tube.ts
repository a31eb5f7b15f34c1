/** A fibre tract: a bent rod through points of the folded space (third axis: distance from the midline). */
export interface Tube {
  readonly id: number;
  readonly radiusUm: number;
  readonly pointsUm: readonly (readonly [x: number, y: number, lateral: number])[];
  readonly lowUm: readonly [number, number, number];
  readonly highUm: readonly [number, number, number];
}

/**
 * Makes a tube.
 *
 * @param id Structure id.
 * @param radiusUm Radius in µm.
 * @param pointsUm Two or more points: posterior, inferior, distance from the midline, in µm.
 * @returns The tube with its bounding box.
 * @example tube(1, 5, [[0, 0, 0], [10, 0, 0]]).highUm // → [15, 5, 5]
 */
export function tube(
  id: number,
  radiusUm: number,
  pointsUm: readonly (readonly [x: number, y: number, lateral: number])[],
): Tube {
  const bound = (axis: 0 | 1 | 2, pick: (...values: number[]) => number): number =>
    pick(...pointsUm.map((p) => p[axis]));
  return {
    id,
    radiusUm,
    pointsUm,
    lowUm: [bound(0, Math.min) - radiusUm, bound(1, Math.min) - radiusUm, bound(2, Math.min) - radiusUm],
    highUm: [bound(0, Math.max) + radiusUm, bound(1, Math.max) + radiusUm, bound(2, Math.max) + radiusUm],
  };
}

/**
 * First tube that holds a point.
 *
 * @param tubes Candidates in order of precedence.
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param lateralUm Distance from the midline, in µm.
 * @returns Structure id, 0 when none does.
 * @example tubeAt([tube(9, 5, [[0, 0, 0], [10, 0, 0]])], 5, 4, 0) // → 9
 */
export function tubeAt(tubes: readonly Tube[], xUm: number, yUm: number, lateralUm: number): number {
  for (const candidate of tubes) {
    const { lowUm, highUm } = candidate;
    if (xUm < lowUm[0] || xUm > highUm[0] || yUm < lowUm[1] || yUm > highUm[1]) continue;
    if (lateralUm < lowUm[2] || lateralUm > highUm[2]) continue;
    if (isInside(candidate, xUm, yUm, lateralUm)) return candidate.id;
  }
  return 0;
}

function isInside(candidate: Tube, xUm: number, yUm: number, lateralUm: number): boolean {
  const { pointsUm } = candidate;
  const limit = candidate.radiusUm * candidate.radiusUm;
  for (let i = 1; i < pointsUm.length; i++) {
    const a = pointsUm[i - 1];
    const b = pointsUm[i];
    if (a === undefined || b === undefined) continue;
    const dx = b[0] - a[0];
    const dy = b[1] - a[1];
    const dl = b[2] - a[2];
    const along = ((xUm - a[0]) * dx + (yUm - a[1]) * dy + (lateralUm - a[2]) * dl) / (dx * dx + dy * dy + dl * dl);
    const t = Math.min(1, Math.max(0, along));
    const ex = xUm - a[0] - t * dx;
    const ey = yUm - a[1] - t * dy;
    const el = lateralUm - a[2] - t * dl;
    if (ex * ex + ey * ey + el * el < limit) return true;
  }
  return false;
}
