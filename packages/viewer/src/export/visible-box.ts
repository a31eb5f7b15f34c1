import type { Box } from "@brainatlas/sdk/drawing";
import type { Size } from "../model/place.ts";
import { type ScreenMap, toImage } from "../model/screen-map.ts";

/**
 * The part of an image that a panel shows: of a rotated one the smallest upright box that holds it.
 *
 * @returns In full-resolution pixels relative to the image's box, no further than that; `undefined` where nothing of the image is seen.
 */
export function visibleBox(map: ScreenMap, { width, height }: Size, image: Size): Box | undefined {
  const corners = [
    toImage(map, { x: 0, y: 0 }),
    toImage(map, { x: width, y: 0 }),
    toImage(map, { x: width, y: height }),
    toImage(map, { x: 0, y: height }),
  ];
  const [across, down] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const box = {
    left: Math.max(0, Math.min(...across)),
    top: Math.max(0, Math.min(...down)),
    right: Math.min(image.width, Math.max(...across)),
    bottom: Math.min(image.height, Math.max(...down)),
  };
  return box.right > box.left && box.bottom > box.top ? box : undefined;
}

/** Whether a box is all of an image, but for parts of a pixel. */
export function isWholeImage({ left, top, right, bottom }: Box, image: Size): boolean {
  return left < 1 && top < 1 && right > image.width - 1 && bottom > image.height - 1;
}
