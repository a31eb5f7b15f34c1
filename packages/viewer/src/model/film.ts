import { printImageServicePath, regionOf } from "@brainatlas/sdk/image";
import { clamp } from "./clamp.ts";
import { type PictureSource, pictureLayers } from "./picture-layers.ts";
import { thumbnailDownsample } from "./plates.ts";
import type { Series } from "./series.ts";
import { DEFAULT_PICTURE } from "./view.ts";

/** Of the picture in a cell of the filmstrip, in CSS pixels. */
const THUMBNAIL_HEIGHT_PX = 64;

/** Widths of the cells, in CSS pixels: room for a number, and no wider than what is very wide. */
const CELL_PX = { least: 56, most: 148, around: 10 } as const;

/** Width of all cells of a series, in CSS pixels: that of an image of the usual shape; wider ones are smaller in theirs. */
export function filmCell({ images }: Pick<Series, "images">): number {
  const aspects = images.map(({ record }) => record.width / record.height).sort((a, b) => a - b);
  const usual = aspects[Math.floor(aspects.length / 2)] ?? 0;
  const width = Math.round(usual * THUMBNAIL_HEIGHT_PX) + CELL_PX.around;
  return clamp(width, CELL_PX.least, CELL_PX.most);
}

/** Path and query of the small picture of an image: its primary one, through the windows of the service. `undefined` where it has none. */
export function thumbnailPath(series: Parameters<typeof pictureLayers>[0], image: PictureSource): string | undefined {
  const [layer] = pictureLayers(series, image, DEFAULT_PICTURE);
  if (layer === undefined) return undefined;
  const region = regionOf(image.record, { downsample: thumbnailDownsample(image.record) });
  return printImageServicePath(layer.path, region, layer.extras);
}
