import { plateName } from "./plates.ts";
import type { Series, SeriesImage } from "./series.ts";

/** Title of the page, such as "Plate 16 of 31 · Mouse, P56, Coronal · brainatlas". */
export function pageTitle(
  series: Pick<Series, "ref" | "images" | "name"> | undefined,
  image: Pick<SeriesImage, "number"> | undefined,
): string {
  const place = series && image && plateName(series, image);
  return [place, series?.name, "brainatlas"].filter((part) => part !== undefined).join(" · ");
}
