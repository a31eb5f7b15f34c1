import type { Box } from "@brainatlas/sdk/drawing";
import { type ScreenMap, toImage } from "../model/screen-map.ts";

/** What is painted with: the part of a canvas's context that is used. */
export type PaintContext = Pick<
  CanvasRenderingContext2D,
  | "setTransform"
  | "clearRect"
  | "fillRect"
  | "fill"
  | "stroke"
  | "globalAlpha"
  | "globalCompositeOperation"
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "lineJoin"
>;

/** Where something is painted. */
export interface PaintPlace {
  /** From full-resolution pixels of the image to CSS pixels of the canvas. */
  readonly map: ScreenMap;
  /** Of the canvas, in CSS pixels. */
  readonly size: { readonly width: number; readonly height: number };
  /** Device pixels a CSS pixel. */
  readonly pixelRatio: number;
}

/** Begins anew: an empty canvas on which is painted in full-resolution pixels of the image. */
export function startPainting(context: PaintContext, place: PaintPlace): void {
  context.globalAlpha = 1;
  context.globalCompositeOperation = "source-over";
  context.lineJoin = "round";
  inDevicePixels(context, place, (width, height) => context.clearRect(0, 0, width, height));
}

/**
 * Makes what is painted so far thinner: what shows is multiplied by an opacity.
 *
 * @param box What is painted lies in it.
 */
export function thin(context: PaintContext, { left, top, right, bottom }: Box, opacity: number): void {
  if (opacity >= 1) return;
  // The part that goes is taken away; keeping the other part would touch all of the canvas.
  context.globalCompositeOperation = "destination-out";
  context.globalAlpha = 1 - opacity;
  context.fillStyle = "#000000";
  context.fillRect(left, top, right - left, bottom - top);
  context.globalCompositeOperation = "source-over";
  context.globalAlpha = 1;
}

/** The box of the image that is seen: all of it where the image is rotated, and some more. */
export function visibleBox({ map, size }: PaintPlace): Box {
  const corners = [
    { x: 0, y: 0 },
    { x: size.width, y: 0 },
    { x: 0, y: size.height },
    { x: size.width, y: size.height },
  ].map((corner) => toImage(map, corner));
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** What two boxes have in common. */
export function overlap(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

/** The smallest box around boxes, wider by a margin on each side; `undefined` around none. */
export function around(boxes: readonly (Box | undefined)[], margin: number): Box | undefined {
  const [first, ...others] = boxes.filter((box) => box !== undefined);
  if (first === undefined) return undefined;
  const box = others.reduce(
    (all, { left, top, right, bottom }) => ({
      left: Math.min(all.left, left),
      top: Math.min(all.top, top),
      right: Math.max(all.right, right),
      bottom: Math.max(all.bottom, bottom),
    }),
    first,
  );
  return {
    left: box.left - margin,
    top: box.top - margin,
    right: box.right + margin,
    bottom: box.bottom + margin,
  };
}

/** Whether two boxes have something in common, be it an edge. */
export function meets(one: Box | undefined, other: Box | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.left <= other.right && one.right >= other.left && one.top <= other.bottom && one.bottom >= other.top;
}

function inDevicePixels(
  context: PaintContext,
  { map, size, pixelRatio }: PaintPlace,
  paint: (width: number, height: number) => void,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  paint(Math.ceil(size.width * pixelRatio), Math.ceil(size.height * pixelRatio));
  const [a, b, c] = [map.a * pixelRatio, map.b * pixelRatio, map.c * pixelRatio];
  context.setTransform(a, b, c, map.d * pixelRatio, map.e * pixelRatio, map.f * pixelRatio);
}
