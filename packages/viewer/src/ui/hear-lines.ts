import type { ImagePoint } from "@brainatlas/sdk/sync";
import type { Signal } from "@preact/signals";
import { withEnd } from "../model/distance.ts";
import { toImage } from "../model/screen-map.ts";
import type { LineView } from "../model/view.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";

/** Shorter than this, in CSS pixels, is a press and no line. */
const SHORTEST_PX = 4;

/** A CSS pixel of an element. */
export function pixelIn(element: Element, { clientX, clientY }: MouseEvent): ImagePoint {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

/**
 * Draws measuring lines by presses and drags in a panel, which then do not move the picture; the wheel does.
 *
 * @param draft The line while it is drawn: it goes into the view when it is there.
 * @returns What ends it.
 */
export function hearLines(
  session: Session,
  stage: Stage,
  frame: HTMLElement,
  draft: Signal<LineView | undefined>,
): () => void {
  let start: { readonly id: number; readonly pixel: ImagePoint } | undefined;
  const lineTo = (pixel: ImagePoint): LineView | undefined => {
    const [map, image] = [stage.map.peek(), stage.image.peek()];
    if (start === undefined || map === undefined || image === undefined) return undefined;
    if (Math.hypot(pixel.x - start.pixel.x, pixel.y - start.pixel.y) < SHORTEST_PX) return undefined;
    const [from, to] = [toImage(map, start.pixel), toImage(map, pixel)];
    const line = { panel: stage.index, imageId: image.id, from, to };
    return withEnd(withEnd(line, "from", from, image.record), "to", to, image.record);
  };
  const onDown = (event: PointerEvent): void => {
    event.stopPropagation();
    if (!event.isPrimary || event.button !== 0) return;
    start = { id: event.pointerId, pixel: pixelIn(frame, event) };
    frame.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent): void => {
    if (event.pointerId === start?.id) draft.value = lineTo(pixelIn(frame, event));
  };
  const onUp = (event: PointerEvent): void => {
    event.stopPropagation();
    if (event.pointerId !== start?.id) return;
    const line = event.type === "pointerup" ? lineTo(pixelIn(frame, event)) : undefined;
    start = undefined;
    draft.value = undefined;
    if (line !== undefined) session.change((view) => ({ ...view, line }), "step");
  };
  frame.classList.add("measuring");
  const end = new AbortController();
  const options = { capture: true, signal: end.signal };
  frame.addEventListener("pointerdown", onDown, options);
  frame.addEventListener("pointermove", onMove, options);
  frame.addEventListener("pointerup", onUp, options);
  frame.addEventListener("pointercancel", onUp, options);
  return () => {
    end.abort();
    frame.classList.remove("measuring");
    draft.value = undefined;
  };
}
