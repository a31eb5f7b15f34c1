import type { ImagePoint } from "@brainatlas/sdk/sync";
import type { Size } from "./place.ts";
import { type ScreenMap, toImage, toScreen } from "./screen-map.ts";

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
export function frameInside(map: ScreenMap, { width, height }: Size, scale: number): ImagePoint[] {
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
  return corners.map((corner) => toImage(map, corner)).map(({ x, y }) => ({ x: x * scale, y: y * scale }));
}

/** Whether a panel sees the whole image. */
export function seesWhole(map: ScreenMap, { width, height }: Size, image: Size): boolean {
  const corners = [0, image.width].flatMap((x) => [0, image.height].map((y) => toScreen(map, { x, y })));
  return corners.every(
    ({ x, y }) => x >= -SLACK_PX && y >= -SLACK_PX && x <= width + SLACK_PX && y <= height + SLACK_PX,
  );
}
