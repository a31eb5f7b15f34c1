import { checkFinitePositive } from "../check.ts";
import { coordinateAt, isStraight, type Path, type Segment } from "./path.ts";

/** Most points that are made: 64 MB. */
const MAX_POINTS = 4_000_000;

/**
 * A border as polygons, for canvases and printers that know no curves: one a stroke, x and y in turn, each closed by a line from its
 * last point to its first.
 *
 * @param tolerancePx Farthest that a curve may lie from its polygon, in full-resolution pixels.
 * @throws {RangeError} If the tolerance is not finite and above 0, or so small that millions of points are wanted.
 * @example flattenPath({ subpaths: [{ points: Float64Array.of(0, 0, 0, 0, 4, 3, 4, 3), isClosed: false }] }, 0.5) // → [Float64Array.of(0, 0, 4, 3)]
 */
export function flattenPath({ subpaths }: Path, tolerancePx: number): Float64Array[] {
  checkFinitePositive("tolerancePx", tolerancePx);
  let count = 0;
  return subpaths.map(({ points }) => {
    const flat = [points[0] ?? 0, points[1] ?? 0];
    for (let at = 0; at + 7 < points.length; at += 6) {
      const segment = { points, at };
      const parts = partsOf(segment, tolerancePx);
      count += parts;
      if (count > MAX_POINTS) {
        throw new RangeError(
          `Cannot use tolerancePx ${tolerancePx}: it makes more than ${MAX_POINTS} points; give more`,
        );
      }
      for (let k = 1; k <= parts; k += 1) {
        flat.push(coordinateAt(segment, 0, k / parts), coordinateAt(segment, 1, k / parts));
      }
    }
    return Float64Array.from(flat);
  });
}

/** Equal steps of a curve after which none of its chords is farther from it: by the bound of its second derivative. */
function partsOf(segment: Segment, tolerancePx: number): number {
  if (isStraight(segment)) return 1;
  const bend = Math.max(bendAt(segment, 0), bendAt(segment, 2));
  return Math.max(1, Math.ceil(Math.sqrt((6 * bend) / (8 * tolerancePx))));
}

function bendAt({ points: p, at }: Segment, k: number): number {
  const second = (i: number): number => (p[i] ?? 0) - 2 * (p[i + 2] ?? 0) + (p[i + 4] ?? 0);
  return Math.hypot(second(at + k), second(at + k + 1));
}
