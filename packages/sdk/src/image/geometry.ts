import type { RegionParameters } from "./parameters.ts";

/** Where a section lies in its stored file: columns of the SubImage row, in full-resolution pixels (reference §1.5). */
export interface ImageBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly image_width: number;
  readonly image_height: number;
}

/** A rectangle of a stored file at one tier, as the image service takes it. */
export interface ImageRegion {
  /** Left edge in full-resolution pixels of the file. */
  readonly left: number;
  /** Upper edge in full-resolution pixels of the file. */
  readonly top: number;
  /** Width in pixels of the tier. */
  readonly width: number;
  /** Height in pixels of the tier. */
  readonly height: number;
  /** Tier: how often the full resolution is halved. */
  readonly downsample: number;
}

/** A rectangle in whole pixels of one tier. */
export interface TierWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly downsample: number;
}

/** Width and height of a picture, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Longest edge of the smallest tier, in pixels. */
const THUMBNAIL_PX = 256;

/**
 * An extent of the full resolution as it is at a tier: the fraction is dropped, and at least one pixel is left.
 *
 * Recorded sizes exclude rounding up and do not tell dropping from rounding to nearest; dropping is the reference's default
 * (§1.3, §12).
 *
 * @example tierSize(11921, 2) // → 2980
 */
export function tierSize(fullPx: number, downsample: number): number {
  return Math.max(1, Math.floor(fullPx / 2 ** downsample));
}

/**
 * Number of tiers of a stored file: halved until the longer edge is at most 256 pixels (reference §1.5).
 *
 * @example tierCount(8992, 4936) // → 7
 */
export function tierCount(imageWidth: number, imageHeight: number): number {
  let count = 1;
  for (let edge = Math.max(imageWidth, imageHeight); edge > THUMBNAIL_PX; edge /= 2) count += 1;
  return count;
}

/**
 * The region that a download service asks its image service for (reference §1.2, §1.3): `left` and `top` of the row at full
 * resolution, its size at the tier.
 *
 * A downsample past the smallest tier counts as the smallest: *unknown* in the reference, its default (§12).
 */
export function regionOf(
  box: ImageBox,
  parameters: RegionParameters & { readonly downsampleDimensions?: boolean | undefined },
): ImageRegion {
  const downsample = clampDownsample(parameters.downsample ?? 0, box);
  const reduce = parameters.downsampleDimensions === true ? downsample : 0;
  return {
    left: parameters.left ?? box.x,
    top: parameters.top ?? box.y,
    width: parameters.width === undefined ? tierSize(box.width, downsample) : tierSize(parameters.width, reduce),
    height: parameters.height === undefined ? tierSize(box.height, downsample) : tierSize(parameters.height, reduce),
    downsample,
  };
}

/** The nearest tier that a file has. */
export function clampDownsample(downsample: number, file: Pick<ImageBox, "image_width" | "image_height">): number {
  return Math.min(Math.max(0, downsample), tierCount(file.image_width, file.image_height) - 1);
}

/**
 * The part of a region that lies in its file, in whole pixels of the tier; `undefined` when nothing does.
 *
 * What lies beyond the file is not padded: *unknown* in the reference, its default (§12).
 */
export function windowOf(
  region: ImageRegion,
  file: Pick<ImageBox, "image_width" | "image_height">,
): TierWindow | undefined {
  const { downsample } = region;
  const horizontal = clip(region.left, region.width, file.image_width, downsample);
  const vertical = clip(region.top, region.height, file.image_height, downsample);
  if (horizontal === undefined || vertical === undefined) return undefined;
  return {
    left: horizontal.start,
    top: vertical.start,
    width: horizontal.length,
    height: vertical.length,
    downsample,
  };
}

function clip(
  startFullPx: number,
  length: number,
  fileFullPx: number,
  downsample: number,
): { start: number; length: number } | undefined {
  const from = Math.floor(startFullPx / 2 ** downsample);
  const start = Math.max(0, from);
  const end = Math.min(from + length, tierSize(fileFullPx, downsample));
  return end > start ? { start, length: end - start } : undefined;
}
