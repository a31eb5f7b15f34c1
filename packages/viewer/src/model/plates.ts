import { tierCount, tierSize } from "@brainatlas/sdk/image";
import type { SectionPlaneName } from "@brainatlas/sdk/sync";
import type { Series, SeriesImage } from "./series.ts";

/** From where the position along each plane's normal is counted. */
const ORIGINS: Readonly<Record<SectionPlaneName, string>> = {
  coronal: "the front end",
  sagittal: "the left side",
  horizontal: "the top",
};

/** "Plate" of an atlas, "Section" of an experiment. */
export function plateWord({ ref }: Pick<Series, "ref">): "Plate" | "Section" {
  return ref.kind === "atlas" ? "Plate" : "Section";
}

/** Such as "plate 16", within a sentence. */
export function plateNumber(series: Pick<Series, "ref">, { number }: Pick<SeriesImage, "number">): string {
  return `${plateWord(series).toLowerCase()} ${number}`;
}

/** Such as "Plate 16 of 31". */
export function plateName(series: Pick<Series, "ref" | "images">, { number }: Pick<SeriesImage, "number">): string {
  return `${plateWord(series)} ${number} of ${series.images.length}`;
}

/**
 * A position in mm with two decimals.
 *
 * @example printMm(5420) // → "5.42 mm"
 */
export function printMm(positionUm: number): string {
  const mm = (positionUm / 1000).toFixed(2);
  return `${mm === "-0.00" ? "0.00" : mm.replace("-", "−")} mm`;
}

/** Such as "Plate 16 of 31, 5.42 mm". */
export function plateText(
  series: Pick<Series, "ref" | "images">,
  image: Pick<SeriesImage, "number" | "positionUm">,
): string {
  return `${plateName(series, image)}, ${printMm(image.positionUm)}`;
}

/** The position of an image in words, such as "5.42 mm from the front end of reference space". */
export function positionWords(
  series: Pick<Series, "plane" | "aligned">,
  { id, positionUm }: Pick<SeriesImage, "id" | "positionUm">,
): string {
  const origin = isPlaced(series, id)
    ? `from ${ORIGINS[series.plane]} of reference space`
    : "(section number × thickness)";
  return `${printMm(positionUm)} ${origin}`;
}

/** What the position of an image means: its words, and why they are so. */
export function positionMeaning(
  series: Pick<Series, "ref" | "plane" | "aligned">,
  image: Pick<SeriesImage, "id" | "positionUm">,
): string {
  const word = plateWord(series).toLowerCase();
  const why = isPlaced(series, image.id)
    ? `in the middle of the ${word}`
    : `as the ${word} is not aligned with a reference space`;
  return `${positionWords(series, image)}, ${why}`;
}

/** Whether it is known where an image is in reference space. */
function isPlaced<S extends Pick<Series, "plane" | "aligned">>(
  series: S,
  imageId: number,
): series is S & { readonly plane: SectionPlaneName } {
  return series.plane !== undefined && series.aligned?.section(imageId) !== undefined;
}

/** The image whose position is nearest; of two as near, the first. `undefined` for a series without images. */
export function nearestPlate({ images }: Pick<Series, "images">, positionUm: number): SeriesImage | undefined {
  let nearest: SeriesImage | undefined;
  for (const image of images) {
    const isNearer =
      nearest === undefined || Math.abs(image.positionUm - positionUm) < Math.abs(nearest.positionUm - positionUm);
    if (isNearer) nearest = image;
  }
  return nearest;
}

/** A number with an optional unit, behind an optional word: "16", "plate 16", "16 of 31", "3.2 mm", "3200 µm". */
const PLATE_TEXT =
  /^\s*(?:plate|section|no\.?|#)?\s*([+\-−]?\d{1,6}(?:[.,]\d{1,6})?)\s*(mm|µm|μm|um)?(?:\s*(?:\/|of)\s*\d{1,6})?\s*$/i;

/**
 * The image that somebody names: by its number, as "16", "plate 16", "16/31", or by a position, as "3.2 mm" or "3200 µm", of which it is the
 * nearest. `undefined` where the text names none.
 */
export function parsePlate(text: string, series: Pick<Series, "images">): SeriesImage | undefined {
  const [, digits, unit] = PLATE_TEXT.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(digits.replace(",", ".").replace("−", "-"));
  if (unit === undefined) return Number.isInteger(value) ? series.images[value - 1] : undefined;
  return nearestPlate(series, unit.toLowerCase() === "mm" ? value * 1000 : value);
}

/** Most pixels of a picture that is made small for a strip. */
const THUMBNAIL_PX = { width: 512, height: 192 } as const;

/**
 * How often an image is halved for its thumbnail: until it is at most 512 × 192 pixels, so that it is 96 pixels high and more where it is not
 * wide.
 */
export function thumbnailDownsample({ width, height, image_width, image_height }: SeriesImage["record"]): number {
  const last = tierCount(image_width, image_height) - 1;
  const isLarge = (downsample: number): boolean =>
    tierSize(height, downsample) > THUMBNAIL_PX.height || tierSize(width, downsample) > THUMBNAIL_PX.width;
  let downsample = 0;
  while (downsample < last && isLarge(downsample)) downsample += 1;
  return downsample;
}
