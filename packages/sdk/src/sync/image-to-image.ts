import { type Affine3d, applyAffine3d } from "./affine.ts";
import type { AlignedSet, SectionPlace, SetSection } from "./aligned-set.ts";
import { spaceTransform } from "./reference-spaces.ts";
import { imageToReference } from "./transform.ts";

/**
 * Where a point of an image falls on the images of another data set: what `image_to_image` answers, by way of reference space
 * (inferred, reference §5.4).
 *
 * @param x Pixels of the full resolution, right from the edge of the section's box.
 * @param y The same, down.
 * @param transform From the section's reference space to the set's, in µm.
 * @returns `undefined` if no map between their reference spaces is known.
 * @throws {RangeError} If a coordinate is no finite number.
 * @example imageToImage(set.sections[0], other, 6208, 2368)?.imageId;
 */
export function imageToImage(
  section: SetSection,
  target: AlignedSet,
  x: number,
  y: number,
  transform: Affine3d | undefined = spaceTransform(section.referenceSpaceId, target.referenceSpaceId),
): SectionPlace | undefined {
  if (transform === undefined) return undefined;
  const point = imageToReference(section, x, y);
  applyAffine3d(transform, point.x, point.y, point.z, point);
  return target.referenceToImage(point.x, point.y, point.z);
}
