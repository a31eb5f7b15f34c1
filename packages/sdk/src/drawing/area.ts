import { type Box, coordinateAt, type Path, type Segment, type Subpath, segmentsOf } from "./path.ts";
import { boxOf, type Piece, piecesOf, windingAt } from "./pieces.ts";

/** How it is decided what lies inside of a border. */
export type FillRule = "nonzero" | "evenodd";

/** Whether what a border runs round so often is filled. */
export function isFilled(winding: number, rule: FillRule): boolean {
  return rule === "nonzero" ? winding !== 0 : winding % 2 !== 0;
}

/** One stroke of a border, as its area needs it. */
interface Loop {
  readonly subpath: Subpath;
  readonly pieces: readonly Piece[];
  readonly box: Box | undefined;
  readonly signedArea: number;
}

/**
 * Area of what a border fills, in px², by Green's theorem on its curves.
 *
 * Each stroke adds what it encloses if the inside of it is filled and the outside is not, and takes it away if it is the other way
 * round; which it is, tells how the others run round it. That is exact where no stroke crosses another or itself.
 */
export function areaOf(path: Path, rule: FillRule): number {
  const loops = path.subpaths.map(readLoop);
  return loops.reduce((sum, loop) => sum + Math.abs(loop.signedArea) * contribution(loop, loops, rule), 0);
}

function readLoop(subpath: Subpath): Loop {
  return {
    subpath,
    pieces: piecesOf(subpath),
    box: boxOf({ subpaths: [subpath] }),
    signedArea: signedAreaOf(subpath),
  };
}

function contribution(loop: Loop, loops: readonly Loop[], rule: FillRule): -1 | 0 | 1 {
  const outside = loops.length === 1 ? 0 : windingOfOthers(loop, loops);
  const isOutsideFilled = isFilled(outside, rule);
  const isInsideFilled = isFilled(outside + Math.sign(loop.signedArea), rule);
  if (isInsideFilled === isOutsideFilled) return 0;
  return isInsideFilled ? 1 : -1;
}

/** How often the other strokes run round one: round the middle of its first segment, which no other is to pass. */
function windingOfOthers(loop: Loop, loops: readonly Loop[]): number {
  const segment = { points: loop.subpath.points, at: 0 };
  const [x, y] = [coordinateAt(segment, 0, 0.5), coordinateAt(segment, 1, 0.5)];
  let winding = 0;
  for (const other of loops) {
    const { box } = other;
    if (other === loop || box === undefined || y < box.top || y >= box.bottom || x >= box.right) continue;
    winding += windingAt(other.pieces, x, y);
  }
  return winding;
}

/** Positive where the stroke runs as the clock does, on a page whose y runs down. */
function signedAreaOf(subpath: Subpath): number {
  const [originX = 0, originY = 0] = subpath.points;
  let sum = 0;
  // From the start, not from the page's corner, which would take differences of large numbers.
  for (const segment of segmentsOf(subpath)) sum += sweptArea(segment, originX, originY);
  return sum;
}

/** Area between a curve and the lines from its ends to a point: half the integral of x·dy − y·dx. */
function sweptArea({ points: p, at }: Segment, originX: number, originY: number): number {
  const x = (k: number): number => (p[at + 2 * k] ?? 0) - originX;
  const y = (k: number): number => (p[at + 2 * k + 1] ?? 0) - originY;
  const cross = (i: number, k: number): number => x(i) * y(k) - x(k) * y(i);
  // Integrals of the products of Bernstein polynomials.
  return (6 * cross(0, 1) + 3 * cross(0, 2) + cross(0, 3) + 3 * cross(1, 2) + 3 * cross(1, 3) + 6 * cross(2, 3)) / 20;
}
