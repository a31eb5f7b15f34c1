import { plateWord } from "../model/plates.ts";
import type { Series, SeriesImage } from "../model/series.ts";

/** Longest part of a file's name that is made of the name of a series, in characters. */
const MAX_SLUG = 60;

/**
 * Words as a part of a file's name: small letters, digits and single hyphens, so that any system takes it.
 *
 * @example slugOf("Mouse, P56, Coronal") // → "mouse-p56-coronal"
 */
export function slugOf(words: string): string {
  const plain = words
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG)
    .replaceAll(/^-+|-+$/g, "");
}

/**
 * Name of a file made of an image, the same each time: series, number and id of the image, then what was made of it.
 *
 * @param parts What tells it from other files of the image, such as `ds4`.
 * @example fileName(series, image, ["ds4"], "jpg") // → "mouse-p56-coronal-plate-016_100960224_ds4.jpg"
 */
export function fileName(
  series: Pick<Series, "ref" | "name">,
  { id, number }: Pick<SeriesImage, "id" | "number">,
  parts: readonly string[],
  extension: "jpg" | "png" | "svg" | "csv",
): string {
  const { kind, id: seriesId } = series.ref;
  const start = slugOf(series.name) || `${kind}-${seriesId}`;
  const place = `${plateWord(series).toLowerCase()}-${String(number).padStart(3, "0")}`;
  const words = parts.map(slugOf).filter((part) => part !== "");
  return `${[`${start}-${place}`, String(id), ...words].join("_")}.${extension}`;
}
