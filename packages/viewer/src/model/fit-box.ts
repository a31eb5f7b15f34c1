import type { Box } from "@brainatlas/sdk/drawing";
import type { ImagePoint } from "@brainatlas/sdk/sync";
import type { Size } from "./size.ts";

/**
 * The place at which a box of an image fills a panel, turned as the panel is.
 *
 * @param box In full-resolution pixels relative to the image's box.
 * @param size Of the panel, in CSS pixels.
 * @param rotationDeg Degrees clockwise.
 * @returns The middle of the box, and the logarithm to base 2 of the CSS pixels per full-resolution pixel; finite for every box and size.
 */
export function fitBox(
  { left, top, right, bottom }: Box,
  size: Size,
  rotationDeg = 0,
): { centre: ImagePoint; zoom: number } {
  const angle = (rotationDeg * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [width, height] = [Math.max(1, right - left), Math.max(1, bottom - top)];
  const scale = Math.min(
    Math.max(1, size.width) / (width * cos + height * sin),
    Math.max(1, size.height) / (width * sin + height * cos),
  );
  return { centre: { x: (left + right) / 2, y: (top + bottom) / 2 }, zoom: Math.log2(scale) };
}
