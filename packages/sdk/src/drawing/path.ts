/** Border of a region, in full-resolution pixels of the section's box: x to the right, y down, 0 at its upper left corner. */
export interface Path {
  /** Parts that the pen is lifted between, in the order of the document. */
  readonly subpaths: readonly Subpath[];
}

/** One stroke of the pen. What is filled is closed by a straight line, whether or not the stroke is. */
export interface Subpath {
  /**
   * The start, then three points a segment, as x and y in turn: two handles and the end of a cubic Bézier curve. A straight segment
   * has its handles at its ends. Not a copy: do not write to it.
   */
  readonly points: Float64Array;
  /** Whether the document closes it, so that the border is stroked back to the start. */
  readonly isClosed: boolean;
}

/** A rectangle in full-resolution pixels of the section's box. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One segment: `points` holds its eight coordinates from `at` on. */
export interface Segment {
  readonly points: Float64Array;
  readonly at: number;
}

/** The segments of a stroke, with the straight one that closes what is filled. */
export function* segmentsOf({ points }: Subpath): Generator<Segment, void, undefined> {
  for (let at = 0; at + 7 < points.length; at += 6) yield { points, at };
  const end = points.length - 2;
  const [x0 = 0, y0 = 0, x = 0, y = 0] = [points[0], points[1], points[end], points[end + 1]];
  if (x !== x0 || y !== y0) yield { points: Float64Array.of(x, y, x, y, x0, y0, x0, y0), at: 0 };
}

/** Whether a segment is straight: its handles are at its ends. */
export function isStraight({ points: p, at }: Segment): boolean {
  return p[at] === p[at + 2] && p[at + 1] === p[at + 3] && p[at + 4] === p[at + 6] && p[at + 5] === p[at + 7];
}

/**
 * One coordinate of a segment.
 *
 * @param axis 0 for x, 1 for y.
 * @param t From 0 at the start to 1 at the end, both of which are met exactly.
 */
export function coordinateAt({ points: p, at }: Segment, axis: 0 | 1, t: number): number {
  const i = at + axis;
  const [a = 0, b = 0, c = 0, d = 0] = [p[i], p[i + 2], p[i + 4], p[i + 6]];
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

/** The smallest box that holds both. */
export function joinBoxes(one: Box | undefined, other: Box): Box {
  if (one === undefined) return other;
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}
