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
}

/** What sliding needs of the session. */
export type SlideSession = Pick<Session, "change" | "view" | "active">;

/** Makes what slides through the plates of the active panel. */
export function createPlateSlide(session: SlideSession): PlateSlide {
  let begun: { readonly panel: number; readonly imageId: number } | undefined;
  let wanted: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (): void => {
    const imageId = wanted;
    timer = undefined;
    if (imageId === undefined) return;
    wanted = undefined;
    timer = setTimeout(show, PASS_MS);
    session.change((view) => withImage(view, view.active, imageId), "move");
  };
  return {
    pass(imageId) {
      const image = session.active.image.peek();
      if (begun === undefined && image !== undefined) begun = { panel: session.view.peek().active, imageId: image.id };
      wanted = imageId;
      if (timer === undefined) show();
    },
    rest() {
      const last = wanted ?? session.active.image.peek()?.id;
      const start = begun;
      clearTimeout(timer);
      [begun, wanted, timer] = [undefined, undefined, undefined];
      if (start === undefined || last === undefined) return;
      // The entry of the history that the passing wrote over gets back what it had; what listens to the view sees its end alone.
      batch(() => {
        session.change((view) => withImage(view, start.panel, start.imageId), "move");
        session.change((view) => withImage(view, start.panel, last), "step");
      });
    },
  };
}
