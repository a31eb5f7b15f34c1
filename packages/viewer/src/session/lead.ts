import type { ImagePoint } from "@brainatlas/sdk/sync";
import { type Followed, follow, type Spot } from "../model/follow.ts";
import { scaleOf, toImage } from "../model/screen-map.ts";
import { type Panels, type Stage, stageOf } from "./stage.ts";

/** What the active panel has in its middle, as it moves. */
export interface Lead extends Spot {
  readonly stage: Stage;
  /** Logarithm to base 2 of the CSS pixels per full-resolution pixel. */
  readonly zoom: number;
}

/** What leads now: reads signals, so that an effect runs with each frame of the active panel. */
export function readLead(session: Pick<Panels, "view" | "stages">): Lead | undefined {
  const { active } = session.view.value;
  const stage = stageOf(session.stages.value, active);
  const middle = stage && readMiddle(stage);
  return stage === undefined || middle === undefined ? undefined : { stage, ...middle };
}

/** What the active panel will have in its middle once it has come to rest. */
export function readLeadAtRest(session: Pick<Panels, "view" | "stages">): Lead | undefined {
  const stage = stageOf(session.stages.value, session.view.value.active);
  const place = stage?.zoom.value?.place();
  const spot = stage && place && readSpot(stage, place.centre);
  return stage === undefined || place === undefined || spot === undefined
    ? undefined
    : { stage, ...spot, zoom: place.zoom };
}

/** What a panel has in its middle, and its zoom. */
export function readMiddle(stage: Stage): (Spot & { readonly zoom: number }) | undefined {
  const [map, size, point] = [stage.map.value, stage.size.value, { x: 0, y: 0 }];
  const spot = readSpot(stage, point);
  if (map === undefined || spot === undefined || size.width === 0) return undefined;
  return {
    ...spot,
    point: toImage(map, { x: size.width / 2, y: size.height / 2 }),
    zoom: Math.log2(scaleOf(map)),
  };
}

/** A pixel of what a panel shows. */
export function readSpot(stage: Stage, point: ImagePoint): Spot | undefined {
  const [series, image] = [stage.series.value, stage.image.value];
  return series === undefined || image === undefined ? undefined : { series, imageId: image.id, point };
}

/** Where the middle of the active panel is in a panel; `undefined` for the active one, and while something has not come. */
export function readFollowed(session: Pick<Panels, "view" | "stages">, stage: Stage): Followed | undefined {
  const lead = readLead(session);
  const series = stage.series.value;
  if (lead === undefined || series === undefined || lead.stage === stage) return undefined;
  return follow(lead, series);
}

/** Pixel of the image under the pin, as a spot of the panel that it was set in; `undefined` where that panel shows another series by now. */
export function readPin(session: Pick<Panels, "view" | "stages">): Spot | undefined {
  const { pin } = session.view.value;
  const series = stageOf(session.stages.value, pin?.panel)?.series.value;
  if (pin === undefined || series === undefined) return undefined;
  if (!series.images.some(({ id }) => id === pin.imageId)) return undefined;
  return { series, imageId: pin.imageId, point: { x: pin.x, y: pin.y } };
}
