import { isMask, overKind, type PictureSeries, type PictureSource, shownKind } from "./picture-layers.ts";
import type { DrawingGroupLabel } from "./series.ts";
import type { DrawingView, PictureKind, PictureView } from "./view.ts";

const PICTURE_NAMES = {
  none: "None",
  annotated: "Annotated",
  expression: "Expression",
  projection: "Projection",
} as const;

/** Name of a picture: that of a plate goes by the stain of the adult mouse's atlases, since no row names another. */
export function pictureWords({ ref }: Pick<PictureSeries, "ref">, kind: PictureKind): string {
  if (kind === "primary") return ref.kind === "atlas" ? "Nissl" : "Section";
  return PICTURE_NAMES[kind];
}

/** Name of a set of regions of a drawing: without the atlas, which all of them name. */
export function groupWords({ name }: DrawingGroupLabel, imageType: string | undefined): string {
  if (imageType === undefined || !name.startsWith(imageType)) return name.replace(/^Atlas - /, "");
  const rest = name.slice(imageType.length).trim().toLowerCase();
  return rest === "" ? "Structures" : rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** What a panel shows, such as "Nissl, drawing" or "Section | Expression". */
export function shownWords(
  series: PictureSeries,
  image: PictureSource,
  view: PictureView,
  drawing: Pick<DrawingView, "shown" | "outlinesOnly">,
): string {
  const shown = shownKind(series, image, view.shown);
  const over = overKind(series, image, view);
  const names = [shown, over].flatMap((kind) =>
    kind === undefined || kind === "none" ? [] : [pictureWords(series, kind)],
  );
  const pictures = names.join(view.mix === "swipe" ? " | " : " + ");
  const drawn = series.isDrawn && drawing.shown ? (drawing.outlinesOnly ? "outlines" : "drawing") : "";
  const words = [pictures, drawn].filter((each) => each !== "").join(", ");
  return words === "" ? "Nothing shown" : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The mask that an image has, which stands for the kind of its experiment; `undefined` for none. */
export function maskOf(kinds: readonly PictureKind[]): "expression" | "projection" | undefined {
  return kinds.find(isMask);
}
