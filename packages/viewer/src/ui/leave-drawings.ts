import { computed, effect } from "@preact/signals";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";

/** Gives up drawings that have not come when their plate is left, unless another panel waits for them as well. */
export function leaveDrawings(session: Session, stage: Stage): () => void {
  let held: number | undefined;
  const leave = (next: number | undefined): void => {
    const left = held;
    held = next;
    const isWanted = session.stages.peek().some((other) => other !== stage && other.image.peek()?.id === left);
    if (left !== undefined && left !== next && !isWanted) session.drawings.release(left);
  };
  const imageId = computed(() => (stage.series.value?.isDrawn === true ? stage.image.value?.id : undefined));
  const stop = effect(() => leave(imageId.value));
  return () => {
    stop();
    leave(undefined);
  };
}
