import type { Box } from "@brainatlas/sdk/drawing";
import { overlap, seenBox, wholeBox } from "../model/box.ts";
import type { ScreenMap } from "../model/screen-map.ts";
import type { Size } from "../model/size.ts";

/**
 * The part of an image that a panel shows: of a rotated one the smallest upright box that holds it.
 *
 * @returns In full-resolution pixels relative to the image's box, no further than that; `undefined` where nothing of the image is seen.
 */
export function visibleBox(map: ScreenMap, panel: Size, image: Size): Box | undefined {
  return overlap(seenBox(map, panel), wholeBox(image));
}

/** Whether a box is all of an image, but for parts of a pixel. */
export function isWholeImage({ left, top, right, bottom }: Box, image: Size): boolean {
  return left < 1 && top < 1 && right > image.width - 1 && bottom > image.height - 1;
}
