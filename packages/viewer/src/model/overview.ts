import type { ImagePoint } from "@brainatlas/sdk/sync";
import { boxAround, corners, wholeBox } from "./box.ts";
import { type ScreenMap, toImage, toScreen } from "./screen-map.ts";
import type { Size } from "./size.ts";

/** Room for an overview, in CSS pixels. */
const ROOM_PX = { width: 160, height: 130 } as const;

/** How far outside of a panel the image may reach that is still said to be seen whole, in CSS pixels. */
const SLACK_PX = 2;

/** Size of the overview of an image, in CSS pixels. */
export function overviewSize({ width, height }: Size): Size {
  const scale = Math.min(ROOM_PX.width / width, ROOM_PX.height / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/**
 * Corners of what a panel sees, in the overview.
 *
 * @param scale CSS pixels of the overview per full-resolution pixel.
 */
export function frameInside(map: ScreenMap, panel: Size, scale: number): ImagePoint[] {
  const seen = corners(wholeBox(panel)).map((corner) => toImage(map, corner));
  return seen.map(({ x, y }) => ({ x: x * scale, y: y * scale }));
}

/** Whether a panel sees the whole image. */
export function seesWhole(map: ScreenMap, { width, height }: Size, image: Size): boolean {
  const { left, top, right, bottom } = boxAround(corners(wholeBox(image)).map((corner) => toScreen(map, corner)));
  return left >= -SLACK_PX && top >= -SLACK_PX && right <= width + SLACK_PX && bottom <= height + SLACK_PX;
}
