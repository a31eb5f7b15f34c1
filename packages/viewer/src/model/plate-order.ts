import type { SeriesImage } from "./series.ts";

/** Images from the nearest to the furthest by position; of two as near, the earlier one first. */
export function outward<Image extends Pick<SeriesImage, "positionUm">>(
  images: readonly Image[],
  fromUm: number,
): Image[] {
  const distance = ({ positionUm }: Image): number => Math.abs(positionUm - fromUm);
  return images.toSorted((one, other) => distance(one) - distance(other));
}

/**
 * Images after or before one, the next one first; without it.
 *
 * @param number Of the image, 1 for the first of the series.
 * @param step 1 for those after it, -1 for those before it.
 */
export function onward<Image>(images: readonly Image[], number: number, step: 1 | -1): Image[] {
  return step === 1 ? images.slice(number) : images.slice(0, Math.max(0, number - 1)).reverse();
}
