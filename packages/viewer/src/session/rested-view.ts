import { untracked } from "@preact/signals";
import { withPlace } from "../model/place.ts";
import { type View, withPanel } from "../model/view.ts";
import { placed } from "./followers.ts";
import { readLeadAtRest } from "./lead.ts";
import type { Panels, Stage } from "./stage.ts";

/** The view with all panels where they will be once they have come to rest; the same view where it says so. */
export function restedView(panels: Panels): View {
  return untracked(() => {
    const stages = panels.stages.value;
    const rested = stages.reduce(withRest, panels.view.value);
    const lead = panels.isFollowing.value ? readLeadAtRest(panels) : undefined;
    return lead === undefined ? rested : placed(rested, lead, stages);
  });
}

/** A picture that still shows another image than its panel is to show has no place in it yet. */
function withRest(view: View, { index, image, zoom }: Stage): View {
  const rest = zoom.value?.rest();
  if (rest === undefined || image.value?.id !== rest.imageId) return view;
  return withPanel(view, index, (panel) => withPlace(panel, rest.place));
}
