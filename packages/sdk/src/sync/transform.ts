import { applyAffine2d, applyAffine3d, type ImagePoint, type SpacePoint } from "./affine.ts";
import type { Alignment2d, Alignment3d } from "./alignment.ts";

/** What it takes to tell where a section lies. */
export interface AlignedSection {
  /** Place of the section in its stack, in thicknesses of a section. */
  readonly sectionNumber: number;
  /** Distance between consecutive section numbers, in µm. */
  readonly thicknessUm: number;
  readonly alignment2d: Alignment2d;
  /** The alignment of its data set. */
  readonly alignment3d: Alignment3d;
}

/** Where results in between go, so that a loop over points makes no objects. */
const between: SpacePoint = { x: 0, y: 0, z: 0 };

/**
 * Where a point of an image lies in the reference space of its data set: what the service `image_to_reference` answers, to the last
 * bit (reference §5.4). NaN leads to NaN.
 *
 * @param x Pixels of the full resolution, right from the edge of the section's box.
 * @param y The same, down.
 * @param out Receives the result, in µm; a new object without it.
 * @example imageToReference(
 *   {
 *     sectionNumber: 4,
 *     thicknessUm: 25,
 *     alignment2d: { tsv: [2, 0, 0, 2, 10, 20], tvs: [0.5, 0, 0, 0.5, -5, -10] },
 *     alignment3d: { tvr: [0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 2, 3], trv: [0, 0, 1, 0, 1, 0, 1, 0, 0, -3, -2, -1] },
 *   },
 *   5, 6,
 * );
 * // gives { x: 101, y: 34, z: 23 }
 */
export function imageToReference(section: AlignedSection, x: number, y: number, out?: SpacePoint): SpacePoint {
  const { alignment2d, alignment3d, sectionNumber, thicknessUm } = section;
  applyAffine2d(alignment2d.tsv, x, y, between);
  return applyAffine3d(alignment3d.tvr, between.x, between.y, sectionNumber * thicknessUm, out);
}

/**
 * Where a point of reference space falls on an image, as the service projects it: along the stack, since a point need not lie on the
 * section. {@link AlignedSet.referenceToImage} chooses the section, too.
 *
 * @param x To posterior, in µm.
 * @param y To inferior, in µm.
 * @param z To the right, in µm.
 * @param out Receives the result, in pixels of the full resolution; a new object without it.
 */
export function referenceToImage(
  { alignment2d, alignment3d }: Pick<AlignedSection, "alignment2d" | "alignment3d">,
  x: number,
  y: number,
  z: number,
  out?: ImagePoint,
): ImagePoint {
  applyAffine3d(alignment3d.trv, x, y, z, between);
  return applyAffine2d(alignment2d.tvs, between.x, between.y, out);
}

/**
 * Where a point of an image falls on another image of the same stack, by their 2-D alignments alone: what `image_to_image_2d` answers
 * (inferred, reference §5.4).
 *
 * @param out Receives the result, in pixels of the full resolution; a new object without it.
 * @example imageToImage2d({ tsv: [2, 0, 0, 2, 10, 20] }, { tvs: [0.5, 0, 0, 0.5, 0, 0] }, 5, 6) // → { x: 10, y: 16 }
 */
export function imageToImage2d(
  seed: Pick<Alignment2d, "tsv">,
  target: Pick<Alignment2d, "tvs">,
  x: number,
  y: number,
  out?: ImagePoint,
): ImagePoint {
  applyAffine2d(seed.tsv, x, y, between);
  return applyAffine2d(target.tvs, between.x, between.y, out);
}
