import type { Box } from "@brainatlas/sdk/drawing";
import {
  type AnyImageParameters,
  clampDownsample,
  colouredPlates,
  type ImageService,
  type RegionParameters,
  tierSize,
} from "@brainatlas/sdk/image";
import { isMask, type PictureSeries, shownKind } from "../model/picture-layers.ts";
import type { SeriesImage } from "../model/series.ts";
import type { PictureView } from "../model/view.ts";
import { isWholeImage } from "./visible-box.ts";

/** A picture as a download service of the API gives it: `BrainAtlas.image()` and `printImageUrl()` take it. */
export interface ImageRequest {
  readonly service: ImageService;
  readonly id: number;
  readonly parameters: AnyImageParameters;
}

/** What tells which picture of an image is meant. */
export interface RequestedPicture {
  readonly series: PictureSeries;
  readonly image: Pick<SeriesImage, "id" | "record">;
  readonly picture: PictureView;
}

/** The request for the picture that a panel shows: the lower one of two, and the primary one where the drawing stands alone. */
export function imageRequest(requested: RequestedPicture, region: RegionParameters): ImageRequest {
  const { series, image } = requested;
  const service = series.ref.kind === "atlas" ? "atlas" : series.hasProjection ? "projection" : "section";
  return { service, id: image.id, parameters: { ...region, ...pictureParameters(requested, service) } };
}

/** As the layers of the panel have them. */
function pictureParameters(
  { series, image, picture }: RequestedPicture,
  service: ImageService,
): Omit<AnyImageParameters, keyof RegionParameters> {
  const { range, colormap, contrast } = picture;
  const kind = shownKind(series, image, picture.shown);
  if (service === "atlas") return kind === "annotated" ? annotatedParameters(series, image) : {};
  if (isMask(kind)) return { view: kind, ...(colormap && { colormap }) };
  const isWindowed = image.record.bits_per_component === 16 && range !== undefined;
  return { ...(isWindowed && { range }), ...(contrast && { contrast }) };
}

/** The atlas is named only where plates of several are made of the image: a server that does not know it by its id refuses it. */
function annotatedParameters(
  { ref }: RequestedPicture["series"],
  { record }: RequestedPicture["image"],
): AnyImageParameters {
  return colouredPlates(record).length > 1 ? { annotation: true, atlas: ref.id } : { annotation: true };
}

/**
 * The tier whose pixels are nearest to those of the screen, and not coarser.
 *
 * @param scale Pixels of the screen per full-resolution pixel.
 */
export function screenDownsample(scale: number, record: SeriesImage["record"]): number {
  return clampDownsample(Math.floor(-Math.log2(scale)), record);
}

/** The region of the stored file that shows a part of an image at a tier; of the whole image the tier alone. */
export function regionParameters(box: Box, record: SeriesImage["record"], downsample: number): RegionParameters {
  if (isWholeImage(box, record)) return { downsample };
  const [left, top] = [Math.floor(box.left), Math.floor(box.top)];
  return {
    downsample,
    left: record.x + left,
    top: record.y + top,
    width: tierSize(Math.ceil(box.right) - left, downsample),
    height: tierSize(Math.ceil(box.bottom) - top, downsample),
  };
}
