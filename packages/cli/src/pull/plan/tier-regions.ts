import {
  clampDownsample,
  type ImageBox,
  printImageServicePath,
  TILE_PX,
  tierCount,
  tierSize,
} from "@brainatlas/sdk/image";

/** A part of one tier of a stored file, on the file's own grid of tiles. */
export interface TierRegion {
  /** How often the full resolution is halved. */
  readonly downsample: number;
  /** Left edge in pixels of the tier, a multiple of 256. */
  readonly left: number;
  /** Upper edge in pixels of the tier, a multiple of 256. */
  readonly top: number;
  /** Width in pixels of the tier: a multiple of 256, or up to the tier's right edge. */
  readonly width: number;
  /** Height in pixels of the tier: a multiple of 256, or up to the tier's lower edge. */
  readonly height: number;
  /** `left` of the request, in full-resolution pixels of the file. */
  readonly leftFullPx: number;
  /** `top` of the request, in full-resolution pixels of the file. */
  readonly topFullPx: number;
}

/** Which tiers are wanted, and how large one request may be. */
export interface TierRegionOptions {
  /**
   * The finest tier, 0 for the full resolution; the smallest tier where it is past that.
   * @default 0
   */
  readonly finest?: number | undefined;
  /**
   * Longest edge of one region in pixels of the tier, rounded down to a multiple of 256. A JPEG has at most 65,535.
   * @default 16384
   */
  readonly partPx?: number | undefined;
}

/** Longest edge of a stored file that is believed, in pixels: more than ten times the largest that was seen. */
export const MAX_FILE_PX: number = 2 ** 20;

/** Plates and most sections are one request a tier; of the largest, one answer stays below 100 MB. */
const DEFAULT_PART_PX = 16_384;

/**
 * The regions of a stored file that hold the whole of an image at every tier that is wanted, finest tier first, each tier row by row.
 *
 * They begin and end on the grid of the file's tiles, so that tiles can be cut from them as they are, and do not overlap. An image that
 * lies beside its file has none.
 *
 * @param box Where the image lies in its file, in full-resolution pixels.
 * @throws {RangeError} If an option is no whole number of its range, or the file is larger than any.
 * @example tierRegions({ x: 300, y: 0, width: 100, height: 200, image_width: 1000, image_height: 200 })[0]
 * // → { downsample: 0, left: 256, top: 0, width: 256, height: 200, leftFullPx: 256, topFullPx: 0 }
 */
export function tierRegions(
  box: ImageBox,
  { finest = 0, partPx = DEFAULT_PART_PX }: TierRegionOptions = {},
): TierRegion[] {
  if (!Number.isSafeInteger(finest) || finest < 0) {
    throw new RangeError(`Cannot use finest ${finest}; give a whole number of 0 or more`);
  }
  if (!Number.isSafeInteger(partPx) || partPx < TILE_PX) {
    throw new RangeError(`Cannot use partPx ${partPx}; give a whole number of ${TILE_PX} or more`);
  }
  if (!(box.image_width <= MAX_FILE_PX && box.image_height <= MAX_FILE_PX)) {
    throw new RangeError(
      `Cannot use a file of ${box.image_width} × ${box.image_height} pixels; none has more than ${MAX_FILE_PX} a side`,
    );
  }
  const regions: TierRegion[] = [];
  const part = partPx - (partPx % TILE_PX);
  for (
    let downsample = clampDownsample(finest, box);
    downsample < tierCount(box.image_width, box.image_height);
    downsample += 1
  ) {
    const scale = 2 ** downsample;
    const columns = spans(box.x, box.width, box.image_width, downsample, part);
    for (const { start: top, length: height } of spans(box.y, box.height, box.image_height, downsample, part)) {
      for (const { start: left, length: width } of columns) {
        regions.push({ downsample, left, top, width, height, leftFullPx: left * scale, topFullPx: top * scale });
      }
    }
  }
  return regions;
}

/**
 * Path and query of a region at the image service, which takes the stored file by its path: the very file that is meant comes, without the
 * windows and the choice of picture that a download service adds, and without its redirect (reference §1.3, §1.4).
 *
 * @example printRegionPath("/external/a.aff", { downsample: 1, leftFullPx: 512, topFullPx: 0, width: 256, height: 100 })
 * // → "/cgi-bin/imageservice?mime=1&path=/external/a.aff&left=512&top=0&width=256&height=100&downsample=1"
 */
export function printRegionPath(path: string, region: Omit<TierRegion, "left" | "top">): string {
  const { leftFullPx: left, topFullPx: top, width, height, downsample } = region;
  return printImageServicePath(path, { left, top, width, height, downsample }, []);
}

interface Span {
  readonly start: number;
  readonly length: number;
}

/** What an extent covers at a tier, the parts of pixels too and one more, widened to whole tiles within the file. */
function spans(
  startFullPx: number,
  lengthFullPx: number,
  fileFullPx: number,
  downsample: number,
  part: number,
): Span[] {
  const scale = 2 ** downsample;
  const size = tierSize(fileFullPx, downsample);
  const first = Math.max(0, Math.floor(startFullPx / scale));
  // One pixel more than is covered: who rounds the start of a region to the nearest pixel, as IIIF does, may reach so far.
  const last = Math.min(size, Math.ceil((startFullPx + lengthFullPx) / scale) + 1);
  if (last <= first) return [];
  const begin = first - (first % TILE_PX);
  const end = Math.min(size, Math.ceil(last / TILE_PX) * TILE_PX);
  const all: Span[] = [];
  for (let start = begin; start < end; start += part) all.push({ start, length: Math.min(part, end - start) });
  return all;
}
