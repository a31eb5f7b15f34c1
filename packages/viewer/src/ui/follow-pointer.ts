import { computed, effect } from "@preact/signals";
import { type Hover, structureUnder } from "../model/hover.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { stageDrawing } from "../session/stage-drawing.ts";

/** Keeps the session's hover at what is under the pointer of a panel, looked up once a frame at most. */
export function followPointer(session: Session, stage: Stage): () => void {
  let frame: number | undefined;
  const look = (): void => {
    frame = undefined;
    const found = hoverAt(session, stage);
    if (found !== undefined || session.hover.peek()?.panel === stage.index) session.hover.value = found;
  };
  const hiddenGroups = computed(() => session.view.value.drawing.hiddenGroups);
  const stop = effect(() => {
    // What is under the pointer changes with each of these.
    void [stage.pointer.value, stage.image.value, stageDrawing(session, stage), hiddenGroups.value];
    frame ??= requestAnimationFrame(look);
  });
  return () => {
    stop();
    if (frame !== undefined) cancelAnimationFrame(frame);
    if (session.hover.peek()?.panel === stage.index) session.hover.value = undefined;
  };
}

function hoverAt(session: Session, stage: Stage): Hover | undefined {
  const [point, image] = [stage.pointer.peek(), stage.image.peek()];
  if (point === undefined || image === undefined) return undefined;
  const isDrawn = stage.series.peek()?.isDrawn === true;
  const drawing = isDrawn ? session.drawings.peek(image.id) : undefined;
  const { hiddenGroups } = session.view.peek().drawing;
  const structureId = drawing && structureUnder(drawing, hiddenGroups, point);
  return { panel: stage.index, imageId: image.id, point, structureId };
}
