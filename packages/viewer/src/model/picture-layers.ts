import { imageServiceExtras, picturePath } from "@brainatlas/sdk/image";
import type { Series, SeriesImage } from "./series.ts";
import type { PictureKind, PictureView } from "./view.ts";

/** One picture in a panel, for the deep-zoom library: where its tiles are, and how it is shown. */
export interface PictureLayer {
  /** Changes when other tiles are to be fetched. */
  readonly key: string;
  /** Path of the stored file (reference §1.4). */
  readonly path: string;
  /** Pairs that the image service takes beside the region, such as `filter` and `filterVals`. */
  readonly extras: readonly (readonly [string, string])[];
  /** Whether its black is seen through, as of a mask over a picture. */
  readonly isSeenThrough: boolean;
  /** From 0 to 1. */
  readonly opacity: number;
  /** Part of the panel's width in which it shows, from the left and from 0 to 1; `undefined` for all. */
  readonly swipe: { readonly from: number; readonly to: number } | undefined;
}

/** What is known of a series that its pictures are chosen by. */
export type PictureSeries = Pick<Series, "ref" | "imageType" | "isDrawn" | "hasProjection" | "serviceRange">;

/** What is known of an image that its pictures are chosen by. */
export type PictureSource = Pick<SeriesImage, "record">;

/** Kinds of pictures that are stored, in the order of their menu. */
const STORED = ["primary", "annotated", "expression", "projection"] as const;
type StoredKind = (typeof STORED)[number];

/** Pictures that an image offers, in the order of their menu: each once, and none of all where there is a drawing to stand alone. */
export function pictureKinds(series: PictureSeries, image: PictureSource): PictureKind[] {
  const paths = new Map<string, PictureKind>();
  for (const kind of STORED) {
    const path = pathOf(series, image, kind);
    // A plate that is coloured itself is no second picture.
    if (path !== undefined && !paths.has(path)) paths.set(path, kind);
  }
  return [...paths.values(), ...(series.isDrawn ? (["none"] as const) : [])];
}

/** Whether an image has a picture of a kind, be it also that of another kind, as of a plate that is coloured itself. */
export function hasPicture(series: PictureSeries, image: PictureSource, kind: Exclude<PictureKind, "none">): boolean {
  return pathOf(series, image, kind) !== undefined;
}

/** The picture that is shown where one is wanted: the first of those that the image offers if it has not this one. */
export function shownKind(series: PictureSeries, image: PictureSource, wanted: PictureKind): PictureKind {
  const kinds = pictureKinds(series, image);
  return kinds.includes(wanted) ? wanted : (kinds[0] ?? "none");
}

/** The picture over the shown one; `undefined` where the image has not the wanted one, or shows it already. */
export function overKind(series: PictureSeries, image: PictureSource, view: PictureView): PictureKind | undefined {
  const { over } = view;
  if (over === undefined || over === "none" || over === shownKind(series, image, view.shown)) return undefined;
  return pictureKinds(series, image).includes(over) ? over : undefined;
}

/** The layers of an image that a panel shows, the lowest first. */
export function pictureLayers(series: PictureSeries, image: PictureSource, view: PictureView): PictureLayer[] {
  const over = overKind(series, image, view);
  const isSwiped = over !== undefined && view.mix === "swipe";
  const lower = layerOf(series, image, view, shownKind(series, image, view.shown));
  const upper = over && layerOf(series, image, view, over, !isSwiped && isMask(over));
  return [
    ...(lower ? [{ ...lower, swipe: isSwiped ? { from: 0, to: view.share } : undefined }] : []),
    ...(upper && isSwiped ? [{ ...upper, swipe: { from: view.share, to: 1 } }] : []),
    ...(upper && !isSwiped ? [{ ...upper, opacity: view.share }] : []),
  ];
}

/** Whether a kind is a mask, which false colours apply to. */
export function isMask(kind: PictureKind | undefined): kind is "expression" | "projection" {
  return kind === "expression" || kind === "projection";
}

function layerOf(
  series: PictureSeries,
  image: PictureSource,
  view: PictureView,
  kind: PictureKind,
  isSeenThrough = false,
): PictureLayer | undefined {
  const path = kind === "none" ? undefined : pathOf(series, image, kind);
  if (path === undefined) return undefined;
  const extras = extrasOf(series, image, view, kind);
  const key = [path, ...extras.flat(), ...(isSeenThrough ? ["see-through"] : [])].join(" ");
  return { key, path, extras, isSeenThrough, opacity: 1, swipe: undefined };
}

/** Both masks are one file (reference §1.2): it is named after what the experiment shows. */
function pathOf({ imageType, hasProjection }: PictureSeries, { record }: PictureSource, kind: StoredKind) {
  if (isMask(kind) && (kind === "projection") !== hasProjection) return undefined;
  return picturePath(record, kind, { imageType });
}

/** Of plates nothing is changed. */
function extrasOf(
  { ref, serviceRange }: PictureSeries,
  { record }: PictureSource,
  { range, colormap, contrast }: PictureView,
  kind: PictureKind,
): [string, string][] {
  if (ref.kind === "atlas" || kind === "annotated") return [];
  if (isMask(kind)) return imageServiceExtras(colormap === undefined ? {} : { colormap: { ...colormap } });
  const window = record.bits_per_component === 16 ? (range ?? serviceRange) : undefined;
  return imageServiceExtras({ range: window, contrast });
}
