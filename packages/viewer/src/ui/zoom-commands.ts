import { type PanelPlace, pannedPlace } from "../model/place.ts";
import { withPanel } from "../model/view.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";

/** Powers of two that a press of a button or a key zooms by: two double. */
export const ZOOM_STEP = 0.5;

/** How far a press of a key moves what is looked at, in CSS pixels. */
export const PAN_PX = 80;

/** Zooms a panel by a power of two about its middle, from where it is or is on its way to. */
export function zoomBy(session: Session, stage: Stage, by: number): void {
  const place = stage.zoom.peek()?.place();
  if (place !== undefined) go(session, stage, { ...place, zoom: place.zoom + by });
}

/** Shows each pixel of the image as one of the screen, about the middle. */
export function showActualPixels(session: Session, stage: Stage): void {
  const place = stage.zoom.peek()?.place();
  if (place !== undefined) go(session, stage, { ...place, zoom: -Math.log2(devicePixelRatio) });
}

/** Moves what is looked at so many CSS pixels to the right and down, as it is seen. */
export function panBy(session: Session, stage: Stage, right: number, down: number): void {
  const place = stage.zoom.peek()?.place();
  if (place !== undefined) go(session, stage, pannedPlace(place, right, down));
}

/** Shows a panel on the whole screen, or gives the screen back. */
export async function toggleFullScreen(session: Session, stage: Stage): Promise<void> {
  try {
    if (document.fullscreenElement !== null) await document.exitFullscreen();
    else await stage.frame.peek()?.closest(".panel")?.requestFullscreen();
  } catch {
    session.notice.value = "The browser does not allow full screen here";
  }
}

function go(session: Session, stage: Stage, place: PanelPlace): void {
  session.change((view) => withPanel(view, stage.index, (panel) => ({ ...panel, ...place })), "move");
}
