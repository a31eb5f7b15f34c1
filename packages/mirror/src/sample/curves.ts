import { isJunction, type Loop } from "./contours.ts";

/** A closed curve of cubic Bézier pieces: start, then three points a piece, as x and y in turn, in pixels. */
export type Curve = readonly number[];

/** Passes of the 1-2-1 filter that turns pixel steps into slopes. */
const SMOOTHING_PASSES = 4;
/** Vertices nearer than this to the line between their neighbours are dropped, in pixels. */
const TOLERANCE_PX = 0.34;

type Points = readonly (readonly [x: number, y: number])[];

/**
 * Turns traced borders into smooth closed curves. A border between two regions is smoothed once, between the junctions
 * at its ends, so that both regions get the same curve.
 */
export class CurveMaker {
  readonly #labels: Int32Array;
  readonly #width: number;
  readonly #arcs = new Map<number, Points>();

  /**
   * @param labels Label a pixel, row by row.
   * @param width Pixels a row.
   */
  constructor(labels: Int32Array, width: number) {
    this.#labels = labels;
    this.#width = width;
  }

  /**
   * Smooth curve of one loop.
   *
   * @param loop Loop traced from the same raster.
   * @returns Bézier points in pixels of the raster.
   * @example new CurveMaker(labels, width).curve(loop)
   */
  curve(loop: Loop): Curve {
    const { corners } = loop;
    const joints = corners.flatMap((corner, i) => (isJunction(this.#labels, this.#width, corner) ? [i] : []));
    if (joints.length === 0) return bezier(this.#arc([...corners, corners[0] ?? 0], true), true);
    const pieces = joints.map((from, k) => {
      const to = joints[(k + 1) % joints.length] ?? from;
      const end = to > from ? to : to + corners.length;
      const arc = Array.from({ length: end - from + 1 }, (_, i) => corners[(from + i) % corners.length] ?? 0);
      return bezier(this.#arc(arc, false), false);
    });
    return pieces.flatMap((piece, k) => (k === 0 ? piece : piece.slice(2)));
  }

  /** Smoothed points of an arc; computed in one direction and from one start for both regions beside it. */
  #arc(corners: readonly number[], isRing: boolean): Points {
    let key = Number.POSITIVE_INFINITY;
    let place = 0;
    for (let i = 0; i + 1 < corners.length; i++) {
      const a = corners[i] ?? 0;
      const b = corners[i + 1] ?? 0;
      const edge = Math.min(a, b) * 2 + (Math.abs(a - b) === 1 ? 0 : 1);
      if (edge < key) {
        key = edge;
        place = i;
      }
    }
    const isForward = (corners[place + 1] ?? 0) > (corners[place] ?? 0);
    const known = this.#arcs.get(key) ?? this.#smooth(canonical(corners, place, isForward, isRing), isRing);
    this.#arcs.set(key, known);
    return isForward ? known : known.toReversed();
  }

  #smooth(corners: readonly number[], isRing: boolean): Points {
    const stride = this.#width + 1;
    let points: Points = corners.map((corner) => [corner % stride, Math.floor(corner / stride)] as const);
    const passes = Math.min(SMOOTHING_PASSES, Math.floor(points.length / 2));
    for (let pass = 0; pass < passes; pass++) points = filtered(points, isRing);
    return simplified(points);
  }
}

function canonical(corners: readonly number[], place: number, isForward: boolean, isRing: boolean): readonly number[] {
  if (!isRing) return isForward ? corners : corners.toReversed();
  const ring = corners.slice(0, -1);
  const directed = isForward ? ring : ring.toReversed();
  const start = isForward ? place : (ring.length - 2 - place + ring.length) % ring.length;
  const turned = [...directed.slice(start), ...directed.slice(0, start)];
  return [...turned, turned[0] ?? 0];
}

function filtered(points: Points, isRing: boolean): Points {
  const last = points.length - 1;
  return points.map((point, i) => {
    if (!isRing && (i === 0 || i === last)) return point;
    const before = points[i === 0 ? last - 1 : i - 1] ?? point;
    const after = points[i === last ? 1 : i + 1] ?? point;
    return [(before[0] + 2 * point[0] + after[0]) / 4, (before[1] + 2 * point[1] + after[1]) / 4] as const;
  });
}

/** Douglas-Peucker, with a longest step so that long curves keep their bend. */
function simplified(points: Points): Points {
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const stack: [number, number][] = [[0, points.length - 1]];
  for (let span = stack.pop(); span !== undefined; span = stack.pop()) {
    const [from, to] = span;
    const a = points[from];
    const b = points[to];
    if (to - from < 2 || a === undefined || b === undefined) continue;
    let worst = TOLERANCE_PX;
    let at = -1;
    for (let i = from + 1; i < to; i++) {
      const distance = lineDistance(points[i] ?? a, a, b);
      if (distance > worst) {
        worst = distance;
        at = i;
      }
    }
    if (at < 0) continue;
    keep[at] = 1;
    stack.push([from, at], [at, to]);
  }
  return points.filter((_, i) => keep[i] === 1);
}

type Point = readonly [x: number, y: number];

function lineDistance(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = Math.hypot(dx, dy);
  if (length < 1e-9) return Math.hypot(p[0] - a[0], p[1] - a[1]);
  return Math.abs((p[0] - a[0]) * dy - (p[1] - a[1]) * dx) / length;
}

/** Catmull-Rom through the points as Bézier pieces; handles are kept short of the piece so that corners stay tame. */
function bezier(points: Points, isRing: boolean): number[] {
  const last = points.length - 1;
  const first = points[0] ?? [0, 0];
  const out: number[] = [first[0], first[1]];
  for (let i = 0; i < last; i++) {
    const b = points[i] ?? first;
    const c = points[i + 1] ?? first;
    const a = points[i - 1] ?? (isRing ? (points[last - 1] ?? b) : b);
    const d = points[i + 2] ?? (isRing ? (points[1] ?? c) : c);
    const reach = Math.hypot(c[0] - b[0], c[1] - b[1]) * 0.36;
    const h1 = handle(a, c, reach);
    const h2 = handle(d, b, reach);
    out.push(b[0] + h1[0], b[1] + h1[1], c[0] + h2[0], c[1] + h2[1], c[0], c[1]);
  }
  return out;
}

function handle(from: Point, to: Point, reach: number): Point {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const length = Math.hypot(dx, dy);
  return length === 0 ? [0, 0] : [(dx / length) * reach, (dy / length) * reach];
}
