import type { ImagePoint } from "@brainatlas/sdk/sync";
import { useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useRef } from "preact/hooks";

/**
 * Keeps an element at a place over a panel, without rendering it anew.
 *
 * @param place Reads signals: in CSS pixels of the panel, or `undefined` where the element is hidden. It may change the element beside its place.
 */
export function usePlaced(
  place: (element: HTMLDivElement) => ImagePoint | undefined,
): RefObject<HTMLDivElement | null> {
  const placed = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    const { current } = placed;
    if (current === null) return;
    const at = place(current);
    current.hidden = at === undefined;
    if (at !== undefined) current.style.transform = `translate(${at.x}px, ${at.y}px)`;
  });
  return placed;
}
