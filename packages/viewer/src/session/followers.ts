import { follow, followZoom, micronsPerPixel, projectOn } from "../model/follow.ts";
import { type PanelView, type View, withPanel } from "../model/view.ts";
import type { Lead } from "./lead.ts";
import type { Stage } from "./stage.ts";

/** Where a panel that follows goes. */
type Place = Pick<PanelView, "centre" | "zoom"> & { readonly imageId: number };

/** Moves a panel that follows within the image that it shows; true where another image of it is nearer. */
export function glide(stage: Stage, lead: Lead): boolean {
  const [series, image, zoom] = [stage.series.peek(), stage.image.peek(), stage.zoom.peek()];
  if (series === undefined || image === undefined) return false;
  const place = placeOf(lead, stage);
  if (place === undefined) return false;
  const centre = projectOn(lead, series, image.id);
  const { zoom: level } = place;
  if (centre !== undefined && level !== undefined) zoom?.goTo({ centre, zoom: level }, false);
  return place.imageId !== image.id;
}

/** Where a panel that follows goes; `undefined` where it stays. */
function placeOf(lead: Lead, stage: Stage): Place | undefined {
  const series = stage.series.peek();
  const there = series && follow(lead, series);
  if (series === undefined || there?.state !== "there") return undefined;
  const fromUmPerPx = micronsPerPixel(lead.series, lead.imageId);
  const zoom = followZoom(lead.zoom, fromUmPerPx, micronsPerPixel(series, there.imageId));
  return { imageId: there.imageId, centre: there.point, zoom };
}

/** The view with all panels at the place of the one that leads. */
export function placed(view: View, lead: Lead, stages: readonly Stage[]): View {
  return stages.reduce((now, stage) => {
    const place = stage === lead.stage ? undefined : placeOf(lead, stage);
    return place === undefined ? now : withPanel(now, stage.index, (panel) => at(panel, place));
  }, view);
}

function at(panel: PanelView, place: Place): PanelView {
  const { imageId, centre, zoom } = panel;
  const isThere =
    imageId === place.imageId && centre?.x === place.centre?.x && centre?.y === place.centre?.y && zoom === place.zoom;
  return isThere ? panel : { ...panel, ...place };
}
