import { clampDownsample, type ImageBox, type ImageSize, tierCount, tierSize } from "@brainatlas/sdk/image";
import { MAX_JPEG_PX } from "../jpeg/jpeg-limits.ts";
import type { SizeLimits } from "./resolve-request.ts";

/** Where an IIIF image lies: lengths in pixels of the finest tier of its file that is held, which is its full size. */
export interface ImagePlace extends ImageSize {
  readonly left: number;
  readonly top: number;
  /** Size of the file. */
  readonly file: ImageSize;
  /** How often the file's full resolution is halved to come to that tier. */
  readonly finestDownsample: number;
}

/** Small images may be enlarged to this many pixels; larger ones to their own size. */
const MAX_ENLARGED_PX = 4096 * 4096;

/**
 * The place of a section's box in its file, or of the whole file.
 *
 * @param file Size of the file at full resolution, and what is held of it.
 * @param box The box, at full resolution; without it the whole file.
 * @returns `undefined` if nothing of the box lies in the file.
 */
export function placeOf(
  file: ImageSize & { readonly finestDownsample: number },
  box?: Pick<ImageBox, "x" | "y" | "width" | "height">,
): ImagePlace | undefined {
  const finestDownsample = clampDownsample(file.finestDownsample, {
    image_width: file.width,
    image_height: file.height,
  });
  const size = { width: tierSize(file.width, finestDownsample), height: tierSize(file.height, finestDownsample) };
  if (box === undefined) return { left: 0, top: 0, ...size, file: size, finestDownsample };
  const scale = 2 ** finestDownsample;
  const left = Math.max(0, Math.round(box.x / scale));
  const top = Math.max(0, Math.round(box.y / scale));
  const width = Math.min(tierSize(box.width, finestDownsample), size.width - left);
  const height = Math.min(tierSize(box.height, finestDownsample), size.height - top);
  return width > 0 && height > 0 ? { left, top, width, height, file: size, finestDownsample } : undefined;
}

/** Sizes of an image at its tiers, the finest first. */
export function tierSizes({ width, height }: ImageSize): ImageSize[] {
  return Array.from({ length: tierCount(width, height) }, (_, halvings) => ({
    width: tierSize(width, halvings),
    height: tierSize(height, halvings),
  }));
}

/** How large an image may be asked for: as it is, and small ones larger. */
export function limitsOf({ width, height }: ImageSize, maxPixels: number): SizeLimits {
  const maxArea = Math.min(maxPixels, Math.max(MAX_ENLARGED_PX, width * height));
  return { maxWidth: MAX_JPEG_PX, maxHeight: MAX_JPEG_PX, maxArea };
}
