import { clamp } from "./clamp.ts";
import type { Size } from "./size.ts";

/** Least distance from the pointer and from the edges of the panel, in CSS pixels. */
const GAP_PX = 18;
const EDGE_PX = 8;

/**
 * Where a card beside the pointer stands, its upper left corner in CSS pixels of the panel: to the right below, or on the sides where there is
 * room. It never lies under the pointer, nor outside of a panel that is larger than it.
 *
 * @param isAbove Whether it stands above the pointer first, as for a finger that hides what is below.
 */
export function cardPlace(
  pointer: { readonly x: number; readonly y: number },
  card: Size,
  panel: Size,
  isAbove: boolean,
): { readonly left: number; readonly top: number } {
  const left = beside(pointer.x, card.width, panel.width, false);
  const top = beside(pointer.y, card.height, panel.height, isAbove);
  const isFree =
    Math.abs(left + card.width / 2 - pointer.x) >= card.width / 2 ||
    Math.abs(top + card.height / 2 - pointer.y) >= card.height / 2;
  // Where there is no room on any side, it stands in the corner that is farthest.
  return isFree
    ? { left, top }
    : { left, top: pointer.y > panel.height / 2 ? EDGE_PX : panel.height - card.height - EDGE_PX };
}

/** Along one axis: after the pointer, else before it, else as far within as it goes. */
function beside(at: number, extent: number, room: number, isBefore: boolean): number {
  const [before, after] = [at - GAP_PX - extent, at + GAP_PX];
  const fits = (start: number): boolean => start >= EDGE_PX && start + extent <= room - EDGE_PX;
  const wanted = isBefore ? [before, after] : [after, before];
  return wanted.find(fits) ?? clamp(wanted[0] ?? after, EDGE_PX, room - extent - EDGE_PX);
}
