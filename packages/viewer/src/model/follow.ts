import {
  type Affine3d,
  type AlignedSet,
  applyAffine3d,
  type ImagePoint,
  imageToReference,
  referenceToImage,
  type SetSection,
  type SpacePoint,
  spaceTransform,
} from "@brainatlas/sdk/sync";
import type { Series } from "./series.ts";
import type { Size } from "./size.ts";
import { isSameSeries } from "./view.ts";

/** What a panel has in its middle, or at another point. */
export interface Spot {
  readonly series: Series;
  readonly imageId: number;
  /** In full-resolution pixels relative to the image's box. */
  readonly point: ImagePoint;
}

/** Where a spot of one series is in another one. */
export type Followed =
  | {
      readonly state: "there";
      readonly imageId: number;
      readonly point: ImagePoint;
      /** From the spot to the plane of the image, in µm. */
      readonly distanceUm: number;
    }
  /** Too far in front of or behind all of its images, or beside the nearest. */
  | { readonly state: "outside" }
  /** No map from the one to the other is known. */
  | { readonly state: "apart"; readonly reason: string };

/** What a point is looked for in: a series, or as much of one. */
export interface FollowTarget {
  readonly name: string;
  /** `undefined` where it is not aligned with a reference space. */
  readonly aligned: AlignedSet | undefined;
  readonly images: readonly TargetImage[];
}

/** An image with its size in full-resolution pixels, and the edge of one in µm where its row says it. */
export interface TargetImage {
  readonly id: number;
  readonly record: Size & { readonly resolution?: number | null };
}

/** A point of a reference space, in µm: to posterior, to inferior, to the right. */
export interface SpacePlace {
  /** Id of the ReferenceSpace; `undefined` where it is not known. */
  readonly spaceId: number | undefined;
  readonly point: SpacePoint;
}

/** The furthest from its first or last image at which a series is still said to show a point: this many distances between its images … */
const OUTER_GAPS = 5;
/** … and no more than this, in µm, which is all for a series of one image. */
const OUTER_UM = 1000;

/** How far beside an image a point may be, in parts of the image's size. */
const MARGIN = 0.1;

/**
 * Where a spot is in reference space; `undefined` where its series is not aligned. Pixels beside the tissue, and beside the image, are mapped
 * too.
 */
export function spaceOf({ series, imageId, point }: Spot): SpacePlace | undefined {
  const section = series.aligned?.section(imageId);
  if (section === undefined) return undefined;
  return { spaceId: section.referenceSpaceId, point: imageToReference(section, point.x, point.y) };
}

/**
 * Where a spot of one series is in another: in the image whose section is nearest, and the pixel in it.
 *
 * Spaces of which no map is known keep series apart; within one series, aligned or not, a spot is where it is.
 */
export function follow(spot: Spot, series: Series): Followed {
  if (isSameSeries(spot.series.ref, series.ref)) {
    return { state: "there", imageId: spot.imageId, point: spot.point, distanceUm: 0 };
  }
  const place = spaceOf(spot);
  if (place === undefined)
    return { state: "apart", reason: `${spot.series.name} is not aligned with a reference space` };
  return followPlace(place, series);
}

/** Where a point of a reference space is in a series. */
export function followPlace(place: SpacePlace, series: FollowTarget): Followed {
  const { aligned } = series;
  if (aligned === undefined) {
    return { state: "apart", reason: `${series.name} is not aligned with a reference space` };
  }
  const map = spaceTransform(place.spaceId, aligned.referenceSpaceId);
  if (map === undefined) {
    return { state: "apart", reason: `no map is known from ${wordsOf(place.spaceId)} to that of ${series.name}` };
  }
  const there = nearestImage(aligned, mapped(map, place.point));
  const size = series.images.find(({ id }) => id === there.imageId)?.record;
  return there.isFar || (size !== undefined && isBeside(there.point, size)) ? { state: "outside" } : there;
}

/** The pixel of one image of a series at a spot of another series, as the service projects it: along the stack. */
export function projectOn(spot: Spot, series: Series, imageId: number): ImagePoint | undefined {
  if (isSameSeries(spot.series.ref, series.ref) && spot.imageId === imageId) return spot.point;
  const place = spaceOf(spot);
  const section = series.aligned?.section(imageId);
  const map = section && place && spaceTransform(place.spaceId, section.referenceSpaceId);
  if (section === undefined || place === undefined || map === undefined) return undefined;
  const { x, y, z } = mapped(map, place.point);
  return referenceToImage(section, x, y, z);
}

/** The image of a set whose section is nearest to a point of its own reference space. */
export function nearestImage(
  aligned: AlignedSet,
  { x, y, z }: SpacePoint,
): Extract<Followed, { state: "there" }> & { readonly isFar: boolean } {
  const { imageId, sectionNumber, x: right, y: down } = aligned.referenceToImage(x, y, z);
  const depth = applyAffine3d(aligned.alignment3d.trv, x, y, z).z / aligned.thicknessUm;
  const distanceUm = Math.abs(depth - sectionNumber) * aligned.thicknessUm;
  const [first, last] = endsOf(aligned);
  const beyondUm = Math.max(first - depth, depth - last, 0) * aligned.thicknessUm;
  return { state: "there", imageId, point: { x: right, y: down }, distanceUm, isFar: beyondUm > outerUm(aligned) };
}

/** A point of one reference space in another; `undefined` where no map is known. */
export function toSpace({ spaceId, point }: SpacePlace, targetId: number | undefined): SpacePoint | undefined {
  const map = spaceTransform(spaceId, targetId);
  return map && mapped(map, point);
}

/** Edge of a full-resolution pixel of an image, in µm: of its record, else of its alignment; `undefined` where neither says it. */
export function micronsPerPixel(series: FollowTarget, imageId: number): number | undefined {
  const resolution = series.images.find(({ id }) => id === imageId)?.record.resolution ?? 0;
  if (resolution > 0) return resolution;
  const section = series.aligned?.section(imageId);
  return section && alignedScale(section);
}

/** The zoom at which an image is as large as another one at its zoom, in µm per CSS pixel; the same zoom where that is not known. */
export function followZoom(zoom: number, fromUmPerPx: number | undefined, toUmPerPx: number | undefined): number {
  if (fromUmPerPx === undefined || toUmPerPx === undefined) return zoom;
  return zoom + Math.log2(toUmPerPx / fromUmPerPx);
}

function mapped(map: Affine3d, { x, y, z }: SpacePoint): SpacePoint {
  return applyAffine3d(map, x, y, z);
}

function endsOf({ sections }: AlignedSet): readonly [first: number, last: number] {
  return [sections[0]?.sectionNumber ?? 0, sections.at(-1)?.sectionNumber ?? 0];
}

function outerUm(aligned: AlignedSet): number {
  const [first, last] = endsOf(aligned);
  if (first === last) return OUTER_UM;
  return Math.min(OUTER_UM, (OUTER_GAPS * (last - first) * aligned.thicknessUm) / (aligned.sections.length - 1));
}

function isBeside({ x, y }: ImagePoint, { width, height }: Size): boolean {
  return x < -MARGIN * width || y < -MARGIN * height || x > (1 + MARGIN) * width || y > (1 + MARGIN) * height;
}

function alignedScale({ alignment2d: { tsv } }: SetSection): number | undefined {
  const scale = Math.sqrt(Math.abs(tsv[0] * tsv[3] - tsv[1] * tsv[2]));
  return scale > 0 && Number.isFinite(scale) ? scale : undefined;
}

function wordsOf(spaceId: number | undefined): string {
  return spaceId === undefined ? "an unknown reference space" : `reference space ${spaceId}`;
}
