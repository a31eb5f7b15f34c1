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

/** Shows the active panel on the whole screen, or gives the screen back. It is the page that gets it, so that what the page says is seen there. */
export async function toggleFullScreen(session: Pick<Session, "notice">): Promise<void> {
  try {
    if (document.fullscreenElement !== null) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    session.notice.value = "The browser does not allow full screen here";
  }
}

/** Keeps the page in step with the screen, which the browser gives back by itself too; the tree makes room meanwhile. Returns what ends it. */
export function followFullScreen({ page }: Pick<Session, "page">): () => void {
  let hadTree = false;
  const onChange = (): void => {
    const isFull = document.fullscreenElement !== null;
    if (isFull === page.isFull.peek()) return;
    if (isFull) hadTree = page.tree.peek();
    page.isFull.value = isFull;
    if (hadTree) page.tree.value = !isFull;
  };
  document.addEventListener("fullscreenchange", onChange);
  return () => document.removeEventListener("fullscreenchange", onChange);
}

function go(session: Session, stage: Stage, place: PanelPlace): void {
  session.change((view) => withPanel(view, stage.index, (panel) => ({ ...panel, ...place })), "move");
}
