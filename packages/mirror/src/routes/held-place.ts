import { type ImageBox, tierCount } from "@brainatlas/sdk/image";
import { type ImagePlace, placeOf } from "../iiif/image-place.ts";
import { isHeld } from "../pixels/held-windows.ts";
import type { Picture } from "../pixels/picture.ts";

/**
 * The place of a section's box in its file, at the finest tier of which all of the box is held: the last tier is one tile, which each part of a
 * file comes with.
 *
 * @returns `undefined` if nothing of the box lies in the file.
 */
export function heldPlace(picture: Picture, box: ImageBox): ImagePlace | undefined {
  const { held, width, height, finestDownsample } = picture;
  const last = tierCount(width, height) - 1;
  for (let downsample = finestDownsample; held !== undefined && downsample <= last; downsample += 1) {
    const place = placeOf({ width, height, finestDownsample: downsample }, box);
    if (place !== undefined && isHeld(held, { ...place, downsample })) return place;
  }
  return placeOf(picture, box);
}
