import { effect, untracked } from "@preact/signals";
import { wholePlace } from "../model/place.ts";
import { isSameSize, type Size } from "../model/size.ts";
import { isSameSeries, type PanelView, type View } from "../model/view.ts";
import { glide, placed } from "./followers.ts";
import { type Lead, readLead } from "./lead.ts";
import type { Session } from "./session.ts";
import type { Stage } from "./stage.ts";
import { stageOf } from "./stage.ts";

/** Shortest time between two images of a panel that follows, in ms: each is a load. */
const IMAGE_MS = 80;

/** How long the panel that leads has to stand still until the view says where the others are, in ms. */
const REST_MS = 160;

/** Smallest movement that is followed, in CSS pixels and in steps of zoom; what is as near to a place has arrived there. */
const STILL_PX = 0.25;
const STILL_ZOOM = 0.0005;

/**
 * Keeps linked panels at the place of the active one, while it moves and when it has come to rest. A panel that was activated leads from there on,
 * and moves nothing until it is moved itself; so does one that shows another series. What a link or Back says of all panels stands.
 *
 * @returns What ends it.
 */
export function linkPanels(session: Session): () => void {
  let led: Lead | undefined;
  let sizeOfLed: Size | undefined;
  // Until the active panel is where it was sent to: others are where they belong, but for those of which nothing is said.
  let isHeld = true;
  let said = session.view.peek();
  let isEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;

  const cancel = (): void => {
    clearTimeout(timer);
    session.isFollowing.value = false;
  };
  const settle = (stage: Stage): void => {
    cancel();
    const lead = untracked(() => readLead(session));
    if (lead?.stage !== stage) return;
    session.change((view) => placed(view, lead, session.stages.peek()), "move");
    shownAt = performance.now();
  };
  const move = (lead: Lead): void => {
    const turned = session.stages.peek().filter((stage) => stage !== lead.stage && glide(stage, lead));
    const waitMs = turned.length > 0 ? shownAt + IMAGE_MS - performance.now() : REST_MS;
    cancel();
    if (waitMs <= 0) settle(lead.stage);
    timer = setTimeout(() => settle(lead.stage), waitMs <= 0 ? REST_MS : waitMs);
    session.isFollowing.value = true;
  };
  const arrive = (lead: Lead, isFresh: boolean): void => {
    const before = led;
    const isSame = before?.stage === lead.stage;
    const size = lead.stage.size.peek();
    // A panel of another size shows more or less of the same place.
    const isAsLarge = isSameSize(sizeOfLed, size);
    const isMoved = isSame && isAsLarge && hasMoved(before, lead);
    // What creeps to its rest has moved in the end.
    if (!isSame || isHeld || isMoved || !isAsLarge) led = lead;
    sizeOfLed = size;
    // What another panel was about to do is no movement of this one.
    if (!isSame) cancel();
    if (isSame && !isSameSeries(before.series.ref, lead.series.ref)) isHeld = true;
    const wasHeld = isHeld;
    isHeld &&= !hasArrived(lead);
    if (!wasHeld && isMoved) move(lead);
    else if (!isHeld && (isFresh || (before === undefined && !wasHeld))) settle(lead.stage);
  };
  let isDue = false;
  const look = (): void => {
    isDue = false;
    const { linked, panels } = session.view.value;
    const lead = readLead(session);
    const isFresh = panels.some((panel, index) => panel.imageId === undefined && isFollower(session, index));
    const isLinked = linked && panels.length > 1;
    if (isLinked && lead !== undefined) arrive(lead, isFresh);
    else {
      led = undefined;
      cancel();
    }
    if (!isLinked) isHeld = false;
  };
  const end = effect(() => {
    readLead(session);
    for (const { series } of session.stages.value) void series.value;
    if (isDue || isEnded) return;
    isDue = true;
    // Later in the same frame, when it is known whether the change comes from a link or from Back.
    queueMicrotask(() => isEnded || untracked(look));
  });
  const stop = session.onChange((view, kind) => {
    const before = said;
    said = view;
    // Where a panel was closed, those after it show another one at their place on the page: none was moved.
    if (kind === "restore" || view.panels.length < before.panels.length) {
      isHeld = true;
      cancel();
    } else if (!isSaidAlike(activePanel(before), activePanel(view))) isHeld = false;
  });
  return () => {
    isEnded = true;
    end();
    stop();
    cancel();
  };
}

function hasMoved(before: Lead, now: Lead): boolean {
  const px = Math.hypot(now.point.x - before.point.x, now.point.y - before.point.y) * 2 ** now.zoom;
  return now.imageId !== before.imageId || px > STILL_PX || Math.abs(now.zoom - before.zoom) > STILL_ZOOM;
}

/** Whether the active panel is where the view says. */
function hasArrived({ stage, imageId, point, zoom }: Lead): boolean {
  const { imageId: saidId, centre, zoom: saidZoom, rotationDeg } = stage.panel.peek();
  const image = stage.image.peek();
  if ((saidId !== undefined && saidId !== imageId) || image === undefined) return false;
  const whole = wholePlace(image.record, stage.size.peek(), rotationDeg);
  const there =
    centre === undefined && saidZoom === undefined ? whole : { centre: centre ?? point, zoom: saidZoom ?? zoom };
  const px = Math.hypot(there.centre.x - point.x, there.centre.y - point.y) * 2 ** zoom;
  return px < STILL_PX && Math.abs(there.zoom - zoom) < STILL_ZOOM;
}

function activePanel({ panels, active }: View): PanelView | undefined {
  return panels[active];
}

/** Whether the view says the same place of a panel. */
function isSaidAlike(one: PanelView | undefined, other: PanelView | undefined): boolean {
  return one?.imageId === other?.imageId && one?.centre === other?.centre && one?.zoom === other?.zoom;
}

/** Whether a panel follows, and its series has come. */
function isFollower(session: Session, index: number): boolean {
  if (index === session.view.value.active) return false;
  return stageOf(session.stages.value, index)?.series.value !== undefined;
}
