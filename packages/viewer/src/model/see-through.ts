/**
 * Makes the black of a mask seen through, in place: what is darker is thinner, so that over black each pixel looks as it did.
 *
 * @param rgba Red, green, blue and opacity of pixels in turn, opaque.
 */
export function seeThroughBlack(rgba: Uint8ClampedArray): void {
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = [rgba[at], rgba[at + 1], rgba[at + 2]];
    const most = Math.max(red, green, blue);
    rgba[at + 3] = most;
    if (most === 0) continue;
    rgba[at] = (red / most) * 255;
    rgba[at + 1] = (green / most) * 255;
    rgba[at + 2] = (blue / most) * 255;
  }
}
