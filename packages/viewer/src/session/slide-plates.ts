import { batch } from "@preact/signals";
import { withImage } from "../model/view.ts";
import type { Session } from "./session.ts";

/** Shortest time between two plates while somebody slides through them, in ms: each is a load, and those only passed by are not loaded. */
const PASS_MS = 100;

/** Going through the plates of a panel with a slider: one step of the browser's history, however many are passed. */
export interface PlateSlide {
  /** Shows a plate soon: at once where none was shown just now, else the one that was named last when it is time. */
  pass(imageId: number): void;
  /** Shows the plate that was named last, so that Back leads to where the sliding began. */
  rest(): void;
  /** Ends it where it is, as when the slider goes: nothing is shown any more. */
  dispose(): void;
}

/** What sliding needs of the session. */
export type SlideSession = Pick<Session, "change" | "view" | "active">;

/** Where a sliding began, and which plate was named last. */
interface Slide {
  readonly panel: number;
  readonly imageId: number;
  readonly last: number;
}

/** Makes what slides through the plates of the panel that is active when it begins. */
export function createPlateSlide(session: SlideSession): PlateSlide {
  let slide: Slide | undefined;
  let isShown = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (): void => {
    timer = undefined;
    if (slide === undefined || isShown) return;
    const { panel, last } = slide;
    isShown = true;
    timer = setTimeout(show, PASS_MS);
    session.change((view) => withImage(view, panel, last), "move");
  };
  const dispose = (): void => {
    clearTimeout(timer);
    [slide, isShown, timer] = [undefined, true, undefined];
  };
  return {
    pass(imageId) {
      const from = slide ?? { panel: session.view.peek().active, imageId: session.active.image.peek()?.id };
      if (from.imageId === undefined) return;
      slide = { panel: from.panel, imageId: from.imageId, last: imageId };
      isShown = false;
      if (timer === undefined) show();
    },
    rest() {
      const done = slide;
      dispose();
      if (done === undefined) return;
      // The entry of the history that the passing wrote over gets back what it had; what listens to the view sees its end alone.
      batch(() => {
        session.change((view) => withImage(view, done.panel, done.imageId), "move");
        session.change((view) => withImage(view, done.panel, done.last), "step");
      });
    },
    dispose,
  };
}
