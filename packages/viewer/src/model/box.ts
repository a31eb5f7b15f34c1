import type { Box } from "@brainatlas/sdk/drawing";
import type { ImagePoint } from "@brainatlas/sdk/sync";
import { type ScreenMap, toImage } from "./screen-map.ts";
import type { Size } from "./size.ts";

/** The box of all that has a size: from 0, 0 on. */
export function wholeBox({ width, height }: Size): Box {
  return { left: 0, top: 0, right: width, bottom: height };
}

/** The four corners of a box, clockwise from the upper left one. */
export function corners({ left, top, right, bottom }: Box): ImagePoint[] {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/** The smallest upright box around points, of which there is one at least. */
export function boxAround(points: readonly ImagePoint[]): Box {
  const [across, down] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...across), top: Math.min(...down), right: Math.max(...across), bottom: Math.max(...down) };
}

/** The smallest box around boxes; `undefined` around none. */
export function union(boxes: Iterable<Box | undefined>): Box | undefined {
  let all: Box | undefined;
  for (const box of boxes) {
    if (box === undefined) continue;
    all = {
      left: Math.min(all?.left ?? box.left, box.left),
      top: Math.min(all?.top ?? box.top, box.top),
      right: Math.max(all?.right ?? box.right, box.right),
      bottom: Math.max(all?.bottom ?? box.bottom, box.bottom),
    };
  }
  return all;
}

/** A box that is wider by a margin on each side. */
export function grown({ left, top, right, bottom }: Box, margin: number): Box {
  return { left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin };
}

/** What two boxes have in common; `undefined` where that is nothing, or no more than an edge. */
export function overlap(one: Box, other: Box): Box | undefined {
  const both = {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
  return both.right > both.left && both.bottom > both.top ? both : undefined;
}

/** Whether two boxes have something in common, be it an edge. */
export function meets(one: Box | undefined, other: Box | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.left <= other.right && one.right >= other.left && one.top <= other.bottom && one.bottom >= other.top;
}

/**
 * The part of an image's plane that a panel sees: all of it where the image is rotated, and some more.
 *
 * @param size Of the panel, in CSS pixels.
 * @returns In full-resolution pixels relative to the image's box, beyond it too.
 */
export function seenBox(map: ScreenMap, size: Size): Box {
  return boxAround(corners(wholeBox(size)).map((corner) => toImage(map, corner)));
}
