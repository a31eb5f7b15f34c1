import { type Box, coordinateAt, isStraight, type Path, type Segment, type Subpath, segmentsOf } from "./path.ts";

/**
 * A piece of a border that turns back neither in x nor in y. Where two pieces meet, both have the very same numbers, so that a
 * horizontal line that passes there passes one of them.
 */
export interface Piece extends Box {
  readonly segment: Segment;
  /** Its ends on the segment's curve, from 0 to 1: where y is `top`, and where it is `bottom`. */
  readonly fromTop: number;
  readonly fromBottom: number;
  /** 1 where the border runs down, -1 where it runs up. */
  readonly winding: 1 | -1;
}

/** The pieces of a stroke and of the line that closes it; level ones are left out, as no horizontal line passes them. */
export function piecesOf(subpath: Subpath): Piece[] {
  const pieces: Piece[] = [];
  for (const segment of segmentsOf(subpath)) addPieces(segment, pieces);
  return pieces;
}

function addPieces(segment: Segment, pieces: Piece[]): void {
  const { points, at } = segment;
  let [t, x, y] = [0, points[at] ?? 0, points[at + 1] ?? 0];
  for (const next of [...turnsOf(segment), 1]) {
    const isLast = next === 1;
    const nextX = isLast ? (points[at + 6] ?? 0) : coordinateAt(segment, 0, next);
    const nextY = isLast ? (points[at + 7] ?? 0) : coordinateAt(segment, 1, next);
    if (nextY !== y) {
      const isDown = nextY > y;
      pieces.push({
        segment,
        left: Math.min(x, nextX),
        right: Math.max(x, nextX),
        top: Math.min(y, nextY),
        bottom: Math.max(y, nextY),
        fromTop: isDown ? t : next,
        fromBottom: isDown ? next : t,
        winding: isDown ? 1 : -1,
      });
    }
    [t, x, y] = [next, nextX, nextY];
  }
}

/** Where a curve turns back in x or y, between its ends and in order. */
function turnsOf(segment: Segment): number[] {
  if (isStraight(segment)) return [];
  return [...axisTurns(segment, 0), ...axisTurns(segment, 1)].sort((a, b) => a - b);
}

/** Zeros of the derivative of one coordinate, a quadratic function. */
function axisTurns({ points: p, at }: Segment, axis: 0 | 1): number[] {
  const i = at + axis;
  const [p0 = 0, p1 = 0, p2 = 0, p3 = 0] = [p[i], p[i + 2], p[i + 4], p[i + 6]];
  const a = p3 - 3 * p2 + 3 * p1 - p0;
  const b = 2 * (p2 - 2 * p1 + p0);
  const c = p1 - p0;
  const discriminant = b * b - 4 * a * c;
  if (discriminant < 0) return [];
  // Of the two forms of each zero the one that takes no difference of like numbers.
  const q = -(b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  return [q / a, c / q].filter((t) => t > 0 && t < 1);
}

/** The smallest box that holds the border, its curves' farthest points among it; `undefined` if there is none. */
export function boxOf({ subpaths }: Path): Box | undefined {
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const subpath of subpaths) {
    for (const segment of segmentsOf(subpath)) {
      for (const t of [0, ...turnsOf(segment), 1]) {
        const [x, y] = [coordinateAt(segment, 0, t), coordinateAt(segment, 1, t)];
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
    }
  }
  return left <= right ? Object.freeze({ left, top, right, bottom }) : undefined;
}

/** Steps after which a zero is as near as numbers have it, even if each only halves the rest. */
const MAX_STEPS = 64;

/**
 * How often pieces of a border run round a point: 0 outside, and the sign tells the direction.
 *
 * A ray to the right is followed. It passes a piece whose `top` is at or above it and whose `bottom` is below, so that at a corner it
 * passes one of the two, or both, or neither, as it has to.
 */
export function windingAt(pieces: readonly Piece[], x: number, y: number): number {
  let winding = 0;
  for (const piece of pieces) {
    if (y < piece.top || y >= piece.bottom || x >= piece.right) continue;
    if (x < piece.left || x < crossingOf(piece, y)) winding += piece.winding;
  }
  return winding;
}

/** Where pieces of a border pass a height, and which way. */
export function crossingsAt(pieces: readonly Piece[], y: number): [x: number, winding: 1 | -1][] {
  return pieces
    .filter(({ top, bottom }) => y >= top && y < bottom)
    .map((piece) => [crossingOf(piece, y), piece.winding]);
}

/** Where a piece passes a height between its top and bottom. */
function crossingOf({ segment, fromTop, fromBottom, top, bottom }: Piece, y: number): number {
  const share = (y - top) / (bottom - top);
  const { points: p, at } = segment;
  if (isStraight(segment)) {
    const [x0 = 0, x1 = 0] = fromTop < fromBottom ? [p[at], p[at + 6]] : [p[at + 6], p[at]];
    return x0 + (x1 - x0) * share;
  }
  return coordinateAt(segment, 0, parameterAt(segment, y, fromTop, fromBottom, share));
}

/** Newton's method, and halving where that would leave the part of the curve where the zero is known to be. */
function parameterAt(segment: Segment, y: number, fromTop: number, fromBottom: number, share: number): number {
  let [above, below] = [fromTop, fromBottom];
  let t = fromTop + (fromBottom - fromTop) * share;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const excess = coordinateAt(segment, 1, t) - y;
    if (excess === 0) return t;
    if (excess < 0) above = t;
    else below = t;
    const guess = t - excess / slopeAt(segment, t);
    const isBetween = (guess - above) * (guess - below) < 0;
    const next = isBetween ? guess : (above + below) / 2;
    if (next === t || above === below) return t;
    t = next;
  }
  return t;
}

/** How fast y grows along a segment. */
function slopeAt({ points: p, at }: Segment, t: number): number {
  const [y0 = 0, y1 = 0, y2 = 0, y3 = 0] = [p[at + 1], p[at + 3], p[at + 5], p[at + 7]];
  const s = 1 - t;
  return 3 * (s * s * (y1 - y0) + 2 * s * t * (y2 - y1) + t * t * (y3 - y2));
}
