import type { Loop } from "./contours.ts";

/**
 * Borders that lie in others which are painted over them later: each is to be a hole in every such border around it, up to the
 * nearest border of another kind, which is a hole itself or lies outside.
 *
 * @param loops Borders, biggest first, as they are traced.
 * @param width Pixels a row.
 * @param isOver Whether a border is of what is painted later.
 * @returns The holes of each border that has some.
 * @example nestedLoops(loops, 969, (loop) => loop.label === 1009)
 */
export function nestedLoops(
  loops: readonly Loop[],
  width: number,
  isOver: (loop: Loop) => boolean,
): ReadonlyMap<Loop, readonly Loop[]> {
  const holes = new Map<Loop, Loop[]>();
  for (const [index, loop] of loops.entries()) {
    if (isOver(loop)) continue;
    // From the nearest border around it outwards: what holds it is bigger.
    for (const outer of loops.slice(0, index).reverse()) {
      if (!holds(outer, width, loop.corners[0] ?? 0)) continue;
      if (!isOver(outer)) break;
      holes.set(outer, [...(holes.get(outer) ?? []), loop]);
    }
  }
  return holes;
}

/** Whether the pixel to the lower right of a corner lies in a border: it passes an odd number of times to the right of it. */
function holds({ corners }: Loop, width: number, corner: number): boolean {
  const stride = width + 1;
  const first = corner - (corner % stride);
  let isInside = false;
  let from = corners.at(-1) ?? 0;
  for (const to of corners) {
    // Of the upright steps those beside the pixel's row, right of it.
    const upper = Math.min(from, to);
    if (Math.abs(from - to) === stride && upper > corner && upper < first + stride) isInside = !isInside;
    from = to;
  }
  return isInside;
}
