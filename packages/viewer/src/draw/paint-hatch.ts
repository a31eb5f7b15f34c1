import type { Box } from "@brainatlas/sdk/drawing";
import { corners } from "../model/box.ts";
import { type ScreenMap, toScreen } from "../model/screen-map.ts";

/** Distance and width of the lines, in CSS pixels, and how much of them shows: coarser tiles are under them as a rule. */
const STEP_PX = 14;
const LINE_PX = 1;
const OPACITY = 0.55;

/** How boxes are hatched. */
export interface HatchLook {
  /** Any CSS colour. */
  readonly colour: string;
  /** Device pixels per CSS pixel. */
  readonly density: number;
}

/**
 * Hatches boxes of an image: parts that could not be fetched.
 *
 * @param boxes In full-resolution pixels relative to the image's box.
 */
export function paintHatch(
  context: CanvasRenderingContext2D,
  map: ScreenMap,
  boxes: readonly Box[],
  { colour, density }: HatchLook,
): void {
  context.save();
  context.setTransform(density, 0, 0, density, 0, 0);
  context.strokeStyle = colour;
  context.lineWidth = LINE_PX;
  context.globalAlpha *= OPACITY;
  context.beginPath();
  for (const box of boxes) tracePath(context, map, box);
  context.stroke();
  context.clip();
  const [width, height] = [context.canvas.width / density, context.canvas.height / density];
  context.beginPath();
  for (let x = -height; x < width; x += STEP_PX) {
    context.moveTo(x, 0);
    context.lineTo(x + height, height);
  }
  context.stroke();
  context.restore();
}

function tracePath(context: CanvasRenderingContext2D, map: ScreenMap, box: Box): void {
  for (const [index, corner] of corners(box).entries()) {
    const { x, y } = toScreen(map, corner);
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
}
