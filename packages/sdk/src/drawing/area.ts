import { type Box, type Path, type Segment, type Subpath, segmentsOf } from "./path.ts";
import { boxOf, crossingsAt, type Piece, piecesOf, windingAt } from "./pieces.ts";

/** How it is decided what lies inside of a border. */
export type FillRule = "nonzero" | "evenodd";

/** Whether what a border runs round so often is filled. */
export function isFilled(winding: number, rule: FillRule): boolean {
  return rule === "nonzero" ? winding !== 0 : winding % 2 !== 0;
}

/** One stroke of a border that encloses something, as its area needs it. */
interface Loop {
  readonly pieces: readonly Piece[];
  readonly box: Box;
  /** Positive where it runs as the clock does. */
  readonly signedArea: number;
  readonly area: number;
}

/**
 * Area of what a border fills, in px², by Green's theorem on its curves.
 *
 * Each stroke adds what it encloses if the inside of it is filled and the outside is not, and takes it away if it is the other way
 * round; which it is, tells how the strokes around it run. That is exact where no stroke crosses another or itself; they may touch,
 * share parts, or be the same.
 */
export function areaOf(path: Path, rule: FillRule): number {
  const [first] = path.subpaths;
  if (first && path.subpaths.length === 1) return Math.abs(signedAreaOf(first));
  // Those that lie around a stroke stand before it. Of equal ones each lies in those before.
  const loops = path.subpaths.flatMap(readLoop).sort((one, other) => other.area - one.area);
  let sum = 0;
  for (const [index, loop] of loops.entries()) {
    const outside = windingAround(loop, loops, index);
    const inside = outside + Math.sign(loop.signedArea);
    sum += loop.area * (Number(isFilled(inside, rule)) - Number(isFilled(outside, rule)));
  }
  return Math.max(0, sum);
}

function readLoop(subpath: Subpath): Loop[] {
  const signedArea = signedAreaOf(subpath);
  const box = boxOf({ subpaths: [subpath] });
  if (signedArea === 0 || box === undefined) return [];
  return [{ pieces: piecesOf(subpath), box, signedArea, area: Math.abs(signedArea) }];
}

/** How often larger strokes run round one: round any point in it, as none of them passes through. */
function windingAround({ pieces, box: own }: Loop, loops: readonly Loop[], count: number): number {
  const [x, y] = pointInside(pieces, own);
  let winding = 0;
  for (let i = 0; i < count; i += 1) {
    const { pieces: others, box } = loops[i] as Loop; // There are more.
    if (y >= box.top && y < box.bottom && x >= box.left && x < box.right) winding += windingAt(others, x, y);
  }
  return winding;
}

/** A point inside of a stroke, as far from it to the left and right as some heights offer. */
function pointInside(pieces: readonly Piece[], { top, bottom }: Box): readonly [x: number, y: number] {
  let [widest, x, y] = [0, Number.NaN, Number.NaN];
  for (const share of [1 / 2, 1 / 5, 4 / 5]) {
    const height = top + (bottom - top) * share;
    const crossings = crossingsAt(pieces, height).sort(([one], [other]) => one - other);
    let winding = 0;
    for (const [i, [left, turn]] of crossings.entries()) {
      winding += turn;
      const width = winding === 0 ? 0 : (crossings[i + 1]?.[0] ?? left) - left;
      if (width > widest) [widest, x, y] = [width, left + width / 2, height];
    }
  }
  return [x, y];
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
