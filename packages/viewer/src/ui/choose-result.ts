import type { SearchResult } from "../model/search.ts";
import { MAX_PANELS, type SeriesRef, withImage } from "../model/view.ts";
import { addPanel, switchSeries } from "../session/open-series.ts";
import type { Session } from "../session/session.ts";
import { chooseStructure } from "./choose-structure.ts";

/**
 * Goes to what was found.
 *
 * @param isBeside Opens series in a panel of their own.
 */
export function chooseResult(
  session: Session,
  result: Exclude<SearchResult, { kind: "gene" }>,
  isBeside: boolean,
): void {
  const { panels, active } = session.view.peek();
  if (result.kind === "structure") chooseStructure(session, result.id, false);
  else if (result.kind === "plate") session.change((view) => withImage(view, active, result.id), "step");
  else if (!isBeside) void switchSeries(session, active, ...placeOf(result));
  else if (panels.length < MAX_PANELS) addPanel(session, ...placeOf(result));
  else session.notice.value = `There are ${MAX_PANELS} panels, and no more fit; close one first`;
}

/** A series, and the image of it that is meant; without one it opens at the place that is shown. */
function placeOf(
  result: Extract<SearchResult, { kind: "image" | "atlas" | "dataset" }>,
): [ref: SeriesRef, at?: { imageId: number }] {
  return result.kind === "image" ? [result.series, { imageId: result.id }] : [{ kind: result.kind, id: result.id }];
}
