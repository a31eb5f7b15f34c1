import { type Followed, type FollowTarget, follow, followZoom, micronsPerPixel, type Spot } from "../model/follow.ts";
import { withAddedPanel, withSeries } from "../model/panels.ts";
import { type PanelView, type SeriesRef, seriesKey } from "../model/view.ts";
import type { Coming } from "./flight.ts";
import { readLead, readMiddle } from "./lead.ts";
import type { Session } from "./session.ts";
import { stageOf } from "./stage.ts";

/** Where a panel starts in a series. */
type Start = Partial<Pick<PanelView, "imageId" | "centre" | "zoom">>;

/**
 * Adds a panel at the place of the active one, as far as that is known.
 *
 * @param at The place, where it is another one.
 */
export function addPanel(session: Session, ref: SeriesRef, at?: Start): void {
  const start = at ?? startOf(session, ref, undefined);
  session.change((view) => withAddedPanel(view, ref, start), "step");
}

/**
 * Shows another series in a panel, at the place that the panel shows now, as far as that is known. Until it has come it is one of
 * `session.coming`; it is given up when another one is chosen for the panel, when the panels change, and when the user goes back.
 *
 * @param at The place, where it is another one.
 */
export async function switchSeries(session: Session, index: number, ref: SeriesRef, at?: Start): Promise<void> {
  for (const coming of session.coming.peek()) if (coming.index === index) coming.stop();
  const isWanted = at !== undefined || (await hasCome(session, index, ref));
  if (!isWanted) return;
  const start = at ?? startOf(session, ref, index);
  session.change((view) => withSeries(view, index, ref, start), "step");
}

/** Waits for a series that is to be shown in a panel; false where it is wanted no more. */
async function hasCome(session: Session, index: number, ref: SeriesRef): Promise<boolean> {
  const { panels } = session.view.peek();
  const controller = new AbortController();
  const { signal } = controller;
  const coming: Coming = { index, stop: () => controller.abort() };
  const end = session.onChange((view, kind) => {
    if (kind === "restore" || !isSamePanels(view.panels, panels)) coming.stop();
  });
  session.coming.value = [...session.coming.peek(), coming];
  // A series that fails is shown as failed by its panel, which asks for it again.
  await session.series.wait(ref, signal).catch(() => undefined);
  end();
  session.coming.value = session.coming.peek().filter((each) => each !== coming);
  if (signal.aborted) session.series.release(ref);
  return !signal.aborted;
}

/** Whether the panels go through the same series. */
function isSamePanels(one: readonly PanelView[], other: readonly PanelView[]): boolean {
  return one.map(({ series }) => seriesKey(series)).join() === other.map(({ series }) => seriesKey(series)).join();
}

/** Opens a place beside the panels, or, where there is no room, in place of the last one that is not active. */
export function openHere(session: Session, ref: SeriesRef, at: Start): void {
  session.change((view) => {
    const added = withAddedPanel(view, ref, at);
    if (added !== view) return added;
    const last = view.panels.length - 1;
    return withSeries(view, view.active === last ? last - 1 : last, ref, at);
  }, "step");
}

/** Where a spot was found in another series, with the zoom at which both are as large; nothing where it was not. */
export function startAt(
  spot: Spot & { readonly zoom?: number | undefined },
  there: Followed,
  target: FollowTarget,
): Start {
  if (there.state !== "there") return {};
  const [from, to] = [micronsPerPixel(spot.series, spot.imageId), micronsPerPixel(target, there.imageId)];
  const zoom = spot.zoom === undefined ? undefined : followZoom(spot.zoom, from, to);
  return { imageId: there.imageId, centre: there.point, zoom };
}

function startOf(session: Session, ref: SeriesRef, index: number | undefined): Start {
  const stage = stageOf(session.stages.peek(), index);
  const middle = stage === undefined ? readLead(session) : readMiddle(stage);
  const series = session.series.peek(ref);
  return middle === undefined || series === undefined ? {} : startAt(middle, follow(middle, series), series);
}
