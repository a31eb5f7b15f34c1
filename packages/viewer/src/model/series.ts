import type { ChannelRange, SubImageRecord } from "@brainatlas/sdk/image";
import type { AlignedSet, SectionPlaneName } from "@brainatlas/sdk/sync";
import { clamp } from "./clamp.ts";
import type { SeriesRef } from "./view.ts";

/** A set of regions of drawings that can be left out as one. */
export interface DrawingGroupLabel {
  /** GraphicGroupLabel id. */
  readonly id: number;
  readonly name: string;
}

/** An atlas that the API has. */
export interface AtlasEntry {
  readonly id: number;
  readonly name: string;
  /** `undefined` where it has none, as atlases without structures. */
  readonly graphId: number | undefined;
  readonly groups: readonly DrawingGroupLabel[];
  /** Kind of its coloured plates, such as "Atlas - Adult Mouse"; two atlases may share their images. */
  readonly imageType: string | undefined;
  /** Whether there is anything to look at. */
  readonly hasImages: boolean;
}

/** A plate or section in its series. */
export interface SeriesImage {
  readonly id: number;
  /** The row, for addresses and sizes: `x`, `y`, `width` and `height` are the image's box in the stored file. */
  readonly record: SubImageRecord;
  /** 1 for the first of the series. */
  readonly number: number;
  /**
   * In µm along the normal of the series. Of aligned series the coordinate in reference space of what is in the middle of the image; of others the
   * section number times the thickness.
   */
  readonly positionUm: number;
}

/** What a panel goes through, with what there is to know of it. */
export interface Series {
  readonly ref: SeriesRef;
  /** Such as "Mouse, P56, Coronal", or "Pdyn, sagittal". */
  readonly name: string;
  /** In the order of their sections. Of an atlas the annotated plates; all its images where none is annotated. */
  readonly images: readonly SeriesImage[];
  /** Whose structures its drawings and voxels name. */
  readonly graphId: number | undefined;
  readonly groups: readonly DrawingGroupLabel[];
  /** Kind of the coloured plates of an atlas, such as "Atlas - Adult Mouse". */
  readonly imageType: string | undefined;
  readonly plane: SectionPlaneName | undefined;
  /** `undefined` where it is not aligned with a reference space. */
  readonly aligned: AlignedSet | undefined;
  /** Whether its images have drawings of their own. */
  readonly isDrawn: boolean;
  readonly hasProjection: boolean;
  /** Windows that the service itself shows sections of 16 bits through; `undefined` for none. */
  readonly serviceRange: ChannelRange | undefined;
}

/** The image in the middle of a series; `undefined` for a series without images. */
function middleImage({ images }: Pick<Series, "images">): SeriesImage | undefined {
  return images[Math.floor(images.length / 2)];
}

/** The image with an id. */
export function imageOf({ images }: Pick<Series, "images">, id: number | undefined): SeriesImage | undefined {
  return id === undefined ? undefined : images.find((image) => image.id === id);
}

/** The image that a panel shows: the one that it names, else the middle one. */
export function shownImage(series: Pick<Series, "images">, id: number | undefined): SeriesImage | undefined {
  return imageOf(series, id) ?? middleImage(series);
}

/** The image a number of places further, no further than the first and the last. */
export function stepImage(
  series: Pick<Series, "images">,
  id: number | undefined,
  steps: number,
): SeriesImage | undefined {
  const from = imageOf(series, id)?.number ?? middleImage(series)?.number ?? 1;
  const index = clamp(from - 1 + steps, 0, series.images.length - 1);
  return series.images[index];
}
