import type { ImagePoint, SpacePoint } from "@brainatlas/sdk/sync";
import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { followPlace, type Spot, spaceOf, toSpace } from "../model/follow.ts";
import { type PinView, withPanel } from "../model/view.ts";
import { type Lead, readLead, readPin } from "./lead.ts";
import type { Session } from "./session.ts";

/** Space of the annotated volume: its axes and extent are those of coronal data of the adult mouse (reference §4.6, §6.3). */
const VOLUME_SPACE_ID = 9;

/** Shortest time between two changes of the view while a slice is dragged, in ms. */
const CHANGE_MS = 80;

/** How near the active panel has to come to be where it was sent, in CSS pixels. */
const NEAR_PX = 2;

/** The place that the slices of a volume go through. */
export interface VolumePlace {
  /** In µm of the volume's space; `undefined` where neither a pin nor the active panel says one. */
  readonly point: ReadonlySignal<SpacePoint | undefined>;
  /** Goes to another place, and takes the active panel there, with the pin where there is one. */
  move(point: SpacePoint): void;
  dispose(): void;
}

/** A place that was chosen in the volume: it is kept exactly, though the nearest image that shows it may lie beside it. */
interface Chosen {
  readonly point: SpacePoint;
  /** Where the active panel was sent. */
  readonly target: Pick<Spot, "imageId" | "point">;
  isReached: boolean;
  /** What the view said of the active panel and of the pin, when it was sent there: nobody has sent it elsewhere since. */
  centre: ImagePoint | undefined;
  pin: PinView | undefined;
}

/** Follows the pin, or else the middle of the active panel, until a place is chosen in the volume itself. */
export function createVolumePlace(session: Session): VolumePlace {
  const point = signal<SpacePoint | undefined>(undefined);
  let chosen: Chosen | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let changedAt = Number.NEGATIVE_INFINITY;

  const change = (): void => {
    clearTimeout(timer);
    const lead = untracked(() => readLead(session));
    if (chosen === undefined || lead === undefined) return;
    const { target } = chosen;
    const { index } = lead.stage;
    changedAt = performance.now();
    chosen.pin = untracked(() => session.view.value.pin) && { panel: index, imageId: target.imageId, ...target.point };
    chosen.centre = target.point;
    const { pin } = chosen;
    session.change((view) => {
      const there = { imageId: target.imageId, centre: target.point, zoom: lead.zoom };
      return { ...withPanel(view, index, (panel) => ({ ...panel, ...there })), pin };
    }, "move");
  };
  const move = (next: SpacePoint): void => {
    const lead = untracked(() => readLead(session));
    const there = lead && followPlace({ spaceId: VOLUME_SPACE_ID, point: next }, lead.series);
    const target = there?.state === "there" ? there : (lead ?? { imageId: 0, point: { x: 0, y: 0 } });
    const { pin } = session.view.peek();
    chosen = { point: next, target, isReached: false, centre: lead?.stage.panel.peek().centre, pin };
    point.value = next;
    if (lead === undefined || there?.state !== "there") return;
    if (there.imageId === lead.imageId) lead.stage.zoom.peek()?.goTo({ centre: there.point, zoom: lead.zoom }, false);
    clearTimeout(timer);
    const waitMs = changedAt + CHANGE_MS - performance.now();
    if (waitMs <= 0) change();
    else timer = setTimeout(change, waitMs);
  };
  const end = effect(() => {
    const [lead, spot, { pin }] = [readLead(session), readPin(session), session.view.value];
    untracked(() => {
      if (chosen !== undefined && isKept(chosen, lead, pin)) return;
      chosen = undefined;
      const from = spot ?? lead;
      const place = from && spaceOf(from);
      point.value = place && toSpace(place, VOLUME_SPACE_ID);
    });
  });
  return {
    point,
    move,
    dispose: () => {
      end();
      clearTimeout(timer);
    },
  };
}

/** Whether a chosen place still stands: until the pin is set elsewhere, or the panel that reached it is moved away. */
function isKept(chosen: Chosen, lead: Lead | undefined, pin: PinView | undefined): boolean {
  if (pin !== undefined || chosen.pin !== undefined) return pin === chosen.pin;
  if (lead === undefined) return true;
  const { target } = chosen;
  const apartPx = Math.hypot(lead.point.x - target.point.x, lead.point.y - target.point.y) * 2 ** lead.zoom;
  const isNear = lead.imageId === target.imageId && apartPx < NEAR_PX;
  const isUnderWay = !chosen.isReached && lead.stage.panel.peek().centre === chosen.centre;
  chosen.isReached ||= isNear;
  return isNear || isUnderWay;
}
