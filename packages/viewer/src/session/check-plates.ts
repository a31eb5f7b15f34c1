import { effect } from "@preact/signals";
import { readyValue } from "../load/loaded.ts";
import { plateWord } from "../model/plates.ts";
import { imageOf, type Series } from "../model/series.ts";
import { type View, withPanel } from "../model/view.ts";
import type { Session } from "./session.ts";

/**
 * Sees to it that each panel names an image that its series has: where a link names another one, the middle one is shown, and a notice says so.
 *
 * @returns What ends it.
 */
export function checkPlates(session: Session): () => void {
  return effect(() => {
    const { panels } = session.view.value;
    for (const [index, { series: ref, imageId }] of panels.entries()) {
      if (imageId === undefined) continue;
      const series = readyValue(session.series.get(ref).value);
      if (series === undefined || series.images.length === 0 || imageOf(series, imageId) !== undefined) continue;
      session.notice.value = wordsOf(series, imageId);
      session.change((view) => withMiddle(view, index), "restore");
      return;
    }
  });
}

function wordsOf({ ref, name }: Series, imageId: number): string {
  const kind = plateWord({ ref }).toLowerCase();
  return `${imageId} is no ${kind} of ${name}; the ${kind} in the middle is shown`;
}

/** The place was that of the other image. */
function withMiddle(view: View, index: number): View {
  return withPanel(view, index, (panel) => ({ ...panel, imageId: undefined, centre: undefined, zoom: undefined }));
}
