import type { Box } from "@brainatlas/sdk/drawing";
import type { ScreenMap } from "../model/screen-map.ts";
import type { Size } from "../model/size.ts";

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
  readonly size: Size;
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
