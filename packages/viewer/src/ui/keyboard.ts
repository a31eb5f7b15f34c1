import { firstAtlas } from "../model/first-series.ts";
import { bindingOf, chordOf, isWidgetKey, type KeyAction } from "../model/keys.ts";
import { stepImage } from "../model/series.ts";
import { type View, withImage } from "../model/view.ts";
import {
  type Pictured,
  withDrawing,
  withNextMix,
  withNextPicture,
  withoutMark,
  withoutTurn,
  withTurn,
  withWhole,
} from "../model/view-actions.ts";
import { stepToSelected } from "../session/fly-to-structures.ts";
import { addPanel } from "../session/open-series.ts";
import type { ChangeKind, Session } from "../session/session.ts";
import { type Stage, stageOf } from "../session/stage.ts";
import { PAN_PX, panBy, showActualPixels, toggleFullScreen, ZOOM_STEP, zoomBy } from "./zoom-commands.ts";

/** What a key press does to a session. */
type Act = (session: Session, event: KeyboardEvent) => void;

/** Controls that do what is no change of the view; they say their key themselves. */
const press = (key: string): Act => {
  return (session) => pressControl(session, key);
};

const ACTIONS: Readonly<Record<KeyAction, Act>> = {
  previousPlate: step(-1),
  nextPlate: step(1),
  tenBack: step(-10),
  tenOn: step(10),
  firstPlate: step(Number.NEGATIVE_INFINITY),
  lastPlate: step(Number.POSITIVE_INFINITY),
  zoomIn: toStage((session, stage) => zoomBy(session, stage, ZOOM_STEP)),
  zoomOut: toStage((session, stage) => zoomBy(session, stage, -ZOOM_STEP)),
  wholePlate: change((view) => withWhole(view, view.active), "move"),
  actualPixels: toStage(showActualPixels),
  panLeft: toStage((session, stage) => panBy(session, stage, -PAN_PX, 0)),
  panRight: toStage((session, stage) => panBy(session, stage, PAN_PX, 0)),
  panUp: toStage((session, stage) => panBy(session, stage, 0, -PAN_PX)),
  panDown: toStage((session, stage) => panBy(session, stage, 0, PAN_PX)),
  rotate: change((view) => withTurn(view, view.active, 90), "move"),
  rotateBack: change((view) => withoutTurn(view, view.active), "move"),
  fullScreen: (session) => void toggleFullScreen(session),
  drawing: change((view) => withDrawing(view, ({ shown }) => ({ shown: !shown }))),
  outlines: change((view) => withDrawing(view, ({ outlinesOnly }) => ({ outlinesOnly: !outlinesOnly }))),
  colours: change((view) => withDrawing(view, ({ colours }) => ({ colours: !colours }))),
  picture: changePicture(withNextPicture),
  mix: changePicture(withNextMix),
  measure: toggle("measuring"),
  link: change((view) => ({ ...view, linked: !view.linked })),
  addPanel: (session) => {
    const ref = session.active.panel.peek()?.series ?? firstAtlas(session.atlases.peek("all") ?? []);
    if (ref !== undefined) addPanel(session, ref);
  },
  volume: change((view) => ({ ...view, volume: !view.volume })),
  tree: toggle("tree"),
  search: press("/"),
  nextWithSelected: (session) => void stepToSelected(session, 1),
  previousWithSelected: (session) => void stepToSelected(session, -1),
  export: press("E"),
  help: toggle("help"),
  clear: clearOrClose,
};

/** Listens to the page's keys, wherever the focus is but in what uses them itself. Returns what ends it. */
export function listenToKeys(session: Session): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const binding = bindingOf(chordOf(event));
    if (binding === undefined || event.defaultPrevented || event.isComposing || isTaken(event)) return;
    event.preventDefault();
    ACTIONS[binding.action](session, event);
  };
  document.addEventListener("keydown", onKeyDown);
  return () => document.removeEventListener("keydown", onKeyDown);
}

/** Whether the key is typed into a field, moves within a widget, or is under an open dialog. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (document.querySelector("dialog[open]") !== null) return event.key !== "?";
  const field = target.closest("input, textarea, select, [contenteditable]");
  if (field !== null && !(field instanceof HTMLInputElement && /^(checkbox|radio|range)$/.test(field.type))) {
    return true;
  }
  // What is longer than its box is scrolled by keys.
  const widget =
    "input, pre, [role=tree], [role=listbox], [role=slider], [role=separator], [role=combobox], [role=menu]";
  return isWidgetKey(chordOf(event) ?? "") && target.closest(widget) !== null;
}

function toggle(name: "tree" | "help" | "measuring"): Act {
  return ({ page }) => {
    page[name].value = !page[name].peek();
  };
}

function change(next: (view: View) => View, kind?: ChangeKind): Act {
  return (session) => session.change(next, kind);
}

/** A key that is held down goes through many plates; they are one step. */
function step(steps: number): Act {
  return (session, { repeat }) => {
    const series = session.active.series.peek();
    const next = series && stepImage(series, session.active.image.peek()?.id, steps);
    if (next !== undefined) session.change((view) => withImage(view, view.active, next.id), repeat ? "move" : "step");
  };
}

/** Does something to the active panel. */
function toStage(act: (session: Session, stage: Stage) => void): Act {
  return (session) => {
    const stage = stageOf(session.stages.peek(), session.view.peek().active);
    if (stage !== undefined) act(session, stage);
  };
}

function changePicture(next: (view: View, index: number, pictured: Pictured) => View): Act {
  return (session) => {
    const [series, image] = [session.active.series.peek(), session.active.image.peek()];
    if (series === undefined || image === undefined) return;
    session.change((view) => next(view, view.active, { series, image }), "step");
  };
}

/** What is open over the picture closes first; then what is marked on it goes. */
function clearOrClose(session: Session): void {
  const { page, view } = session;
  if (page.tools.peek()) page.tools.value = false;
  else if (page.tree.peek() && !matchMedia("(min-width: 1000px)").matches) page.tree.value = false;
  else if (page.measuring.peek() && view.peek().line === undefined) page.measuring.value = false;
  else session.change(withoutMark, "step");
}

/** Presses the control that says it has this key: in the active panel, else anywhere on the page. A field gets the focus instead. */
function pressControl({ page }: Session, key: string): void {
  const named = `[data-key="${key}"]:not(:disabled)`;
  const control =
    document.querySelector<HTMLElement>(`.panel.active ${named}`) ?? document.querySelector<HTMLElement>(named);
  // Where there is no room for all, some lie within the tools of the header, which may be closed.
  if (control?.getClientRects().length === 0) page.tools.value = true;
  if (control instanceof HTMLInputElement) {
    control.focus();
    control.select();
  } else control?.click();
}
