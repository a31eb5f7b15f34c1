import { type ImageSize, type TierWindow, tierCount, tierSize } from "@brainatlas/sdk/image";
import type { PictureFinish, PictureFormat } from "../engine/picture-job.ts";
import { MAX_JPEG_PX } from "../jpeg/jpeg-limits.ts";
import type { ImagePlace } from "./image-place.ts";
import type { ImageRequest, Rectangle } from "./image-request.ts";
import type { ResolvedRequest } from "./resolve-request.ts";

/** How a request is made: what of which tier is read, and what is done to it. */
export interface PicturePlan {
  readonly window: TierWindow;
  readonly finish: PictureFinish | undefined;
}

/**
 * Works out how a request is made: without `finish` where the pixels of a tier are the answer as they are.
 *
 * @param pixelUm Edge of a pixel of the image, in µm.
 */
export function planPicture(
  place: ImagePlace,
  { region, width, height }: ResolvedRequest,
  { isMirrored, turnDeg, tone, format }: Pick<ImageRequest, "isMirrored" | "turnDeg" | "tone" | "format">,
  pixelUm?: number | undefined,
): PicturePlan {
  const window = windowFor(place, region, { width, height });
  const isPlain = !isMirrored && turnDeg === 0 && tone === "color" && format === "jpg";
  const isScaled = window.width !== width || window.height !== height;
  if (isPlain && !isScaled) return { window, finish: undefined };
  const scaled = format === "png" || format === "tif" ? scaledUm(pixelUm, place, window, { width, height }) : undefined;
  const finish = { width, height, isMirrored, turnDeg, tone, format, ...(scaled !== undefined && { pixelUm: scaled }) };
  return { window, finish };
}

/** Edge of a pixel after scaling, in µm; `undefined` where pixels are not square any more. */
function scaledUm(
  pixelUm: number | undefined,
  place: ImagePlace,
  window: TierWindow,
  { width, height }: ImageSize,
): number | undefined {
  if (pixelUm === undefined) return undefined;
  // Within the rounding of a length to whole pixels the proportions are kept.
  const skew = Math.abs((window.width * height) / width - window.height);
  if (skew > window.height / height) return undefined;
  const tierUm = pixelUm * 2 ** (window.downsample - place.finestDownsample);
  return tierUm * (width >= height ? window.width / width : window.height / height);
}

/** Longest edges that the formats can have; others have more than any answer. */
const MAX_EDGES_PX: Partial<Record<PictureFormat, number>> = { jpg: MAX_JPEG_PX, webp: 16_383 };

/**
 * Checks that a picture can be written, turned as it is: a turn makes the edges longer.
 *
 * @throws {RangeError} If an edge is longer than the format can say.
 */
export function checkTurned(
  { width, height }: ImageSize,
  { turnDeg, format }: Pick<ImageRequest, "turnDeg" | "format">,
): void {
  const angle = (turnDeg * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const edge = Math.ceil(Math.max(width * cos + height * sin, width * sin + height * cos) - 1e-6);
  const longest = MAX_EDGES_PX[format] ?? Number.POSITIVE_INFINITY;
  if (edge <= longest) return;
  throw new RangeError(
    `Cannot write ${edge} pixels on an edge as ${format}, which has ${longest} at most; give a smaller size`,
  );
}

/**
 * The window of the tier that a region is made from at a size: the coarsest tier that is not coarser than asked.
 *
 * Clients round the size of a tier up or down, and this mirror's tiers drop the fraction (reference §1.5): a region that is asked for at
 * its size at a tier, rounded either way, is that tier's pixels as they are. Where the file ends before, as it does at the right and the
 * lower edge of a tier that was rounded up, what there is is stretched by that pixel. Edges fall on whole pixels of the tier, the
 * same ones for both of two neighbours; nothing is off by as much as a pixel of the answer.
 *
 * @param region In pixels of the image, within it.
 */
export function windowFor(place: ImagePlace, region: Rectangle, size: ImageSize): TierWindow {
  const halvings = chooseTier(place, region, size);
  const across = span(place.left + region.x, region.width, size.width, place.file.width, halvings);
  const down = span(place.top + region.y, region.height, size.height, place.file.height, halvings);
  return {
    left: across.start,
    top: down.start,
    width: across.length,
    height: down.length,
    downsample: place.finestDownsample + halvings,
  };
}

function chooseTier(place: ImagePlace, region: Rectangle, size: ImageSize): number {
  const { left, top, file } = place;
  const coarsest = tierCount(file.width, file.height) - 1;
  const isSuch = (halvings: number, test: (exact: number, asked: number) => boolean): boolean => {
    const scale = 2 ** halvings;
    return test(region.width / scale, size.width) && test(region.height / scale, size.height);
  };
  let halvings = coarsest;
  while (halvings > 0 && !isSuch(halvings, (exact, asked) => exact >= asked)) halvings -= 1;
  const isOwn = isSuch(halvings, (exact, asked) => Math.abs(exact - asked) < 1);
  const isNextRoundedUp = isSuch(halvings + 1, (exact, asked) => exact > asked - 1 && exact >= asked / 2);
  // The last column of a level that was rounded up may lie beyond the tier, as the last row may.
  const isThere = (start: number, length: number): boolean =>
    Math.round(start / 2 ** (halvings + 1)) < tierSize(length, halvings + 1);
  const isNextThere = isThere(left + region.x, file.width) && isThere(top + region.y, file.height);
  return halvings < coarsest && !isOwn && isNextRoundedUp && isNextThere ? halvings + 1 : halvings;
}

/** Whole pixels of a tier along one axis. */
function span(
  start: number,
  length: number,
  asked: number,
  fileLength: number,
  halvings: number,
): { start: number; length: number } {
  const scale = 2 ** halvings;
  const end = tierSize(fileLength, halvings);
  const from = Math.min(Math.round(start / scale), end - 1);
  const exact = length / scale;
  if (Math.abs(asked - exact) < 1 && from + asked <= end) return { start: from, length: asked };
  const to = Math.min(end, Math.max(from + 1, Math.round((start + length) / scale)));
  return { start: from, length: to - from };
}
