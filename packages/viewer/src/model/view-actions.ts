import { overKind, type PictureSeries, type PictureSource, pictureKinds, shownKind } from "./picture-layers.ts";
import { normalRotation } from "./place.ts";
import { type DrawingView, type PictureView, type View, withPanel } from "./view.ts";

/** What there is to know of an image for its pictures. */
export interface Pictured {
  readonly series: PictureSeries;
  readonly image: PictureSource;
}

/** The view with the drawings changed. */
export function withDrawing(view: View, change: (drawing: DrawingView) => Partial<DrawingView>): View {
  return { ...view, drawing: { ...view.drawing, ...change(view.drawing) } };
}

/** The view with a panel turned by so many degrees clockwise. */
export function withTurn(view: View, index: number, degrees: number): View {
  return withPanel(view, index, (panel) => ({
    ...panel,
    rotationDeg: normalRotation(panel.rotationDeg + degrees),
  }));
}

/** The view with a panel upright. */
export function withoutTurn(view: View, index: number): View {
  return withPanel(view, index, (panel) => (panel.rotationDeg === 0 ? panel : { ...panel, rotationDeg: 0 }));
}

/** The view with the whole of its image in a panel. */
export function withWhole(view: View, index: number): View {
  return withPanel(view, index, (panel) => ({ ...panel, centre: undefined, zoom: undefined }));
}

/** The view with the next picture that the image offers in a panel. */
export function withNextPicture(view: View, index: number, { series, image }: Pictured): View {
  const kinds = pictureKinds(series, image);
  return withPicture(view, index, (picture) => {
    const at = kinds.indexOf(shownKind(series, image, picture.shown));
    const shown = kinds[(at + 1) % kinds.length];
    return shown === undefined || kinds.length < 2 ? picture : { ...picture, shown };
  });
}

/**
 * The view with the next way to show two pictures of an image in a panel: one through the other, beside each other, and the first alone. The
 * same view where the image has but one.
 */
export function withNextMix(view: View, index: number, { series, image }: Pictured): View {
  return withPicture(view, index, (picture) => {
    if (overKind(series, image, picture) !== undefined) {
      return picture.mix === "blend" ? { ...picture, mix: "swipe" } : { ...picture, over: undefined };
    }
    const shown = shownKind(series, image, picture.shown);
    const over = pictureKinds(series, image).find((kind) => kind !== shown && kind !== "none");
    return over === undefined ? picture : { ...picture, over, mix: "blend" };
  });
}

/** What Escape takes away where nothing is open: the measuring line first, then the pin with what is selected. The same view where nothing is. */
export function withoutMark(view: View): View {
  if (view.line !== undefined) return { ...view, line: undefined };
  return view.pin === undefined && view.structures.length === 0 ? view : { ...view, pin: undefined, structures: [] };
}

function withPicture(view: View, index: number, change: (picture: PictureView) => PictureView): View {
  return withPanel(view, index, (panel) => {
    const picture = change(panel.picture);
    return picture === panel.picture ? panel : { ...panel, picture };
  });
}
