import { computed, effect } from "@preact/signals";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";

/** Gives up drawings that have not come when their plate is left, unless anything else waits for them. */
export function leaveDrawings(session: Session, stage: Stage): () => void {
  let held: number | undefined;
  const leave = (next: number | undefined): void => {
    if (held !== undefined && held !== next) session.drawings.release(held);
    held = next;
  };
  const imageId = computed(() => (stage.series.value?.isDrawn === true ? stage.image.value?.id : undefined));
  const stop = effect(() => leave(imageId.value));
  return () => {
    stop();
    leave(undefined);
  };
}
