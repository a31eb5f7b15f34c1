import type { JSX } from "preact";
import { follow, type Spot } from "../model/follow.ts";
import { toScreen } from "../model/screen-map.ts";
import { useSession } from "../session/context.ts";
import { readLead, readSpot } from "../session/lead.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { useStage } from "./stage-context.ts";
import { usePlaced } from "./use-placed.ts";

/** A small cross at the place that the pointer is at in another linked panel, or that the active panel has in its middle. */
export function LinkCursor(): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const cross = usePlaced(() => placeIn(session, stage));
  return <div class="link-cursor" ref={cross} hidden aria-hidden="true" />;
}

/** In CSS pixels of the panel; `undefined` where there is nothing to show. */
function placeIn(session: Session, stage: Stage): { x: number; y: number } | undefined {
  const { linked, panels } = session.view.value;
  const [map, series, image] = [stage.map.value, stage.series.value, stage.image.value];
  if (!linked || panels.length < 2 || map === undefined || series === undefined || image === undefined)
    return undefined;
  const source = pointed(session);
  if (source === undefined || source.stage === stage) return undefined;
  const there = follow(source, series);
  return there.state === "there" && there.imageId === image.id ? toScreen(map, there.point) : undefined;
}

/** What the pointer is at, in whichever panel; else what leads. */
function pointed(session: Session): (Spot & { readonly stage: Stage }) | undefined {
  for (const stage of session.stages.value) {
    const point = stage.pointer.value;
    const spot = point && readSpot(stage, point);
    if (spot !== undefined) return { ...spot, stage };
  }
  return readLead(session);
}
