/** The way that an element is scrolled: across or down. */
export type ScrollAxis = "x" | "y";

/** Where an element is scrolled to along an axis, and how much of it is seen, in CSS pixels. */
export interface ScrollPlace {
  readonly start: number;
  readonly length: number;
}

/** Where an element is scrolled to now. */
export function scrollPlace(element: HTMLElement, axis: ScrollAxis): ScrollPlace {
  return axis === "x"
    ? { start: element.scrollLeft, length: element.clientWidth }
    : { start: element.scrollTop, length: element.clientHeight };
}

/** Tells where an element is scrolled to, at once and then once a frame in which it moved or changed its size. Returns what ends it. */
export function watchScroll(element: HTMLElement, axis: ScrollAxis, tell: (place: ScrollPlace) => void): () => void {
  let frame = 0;
  const read = (): void => {
    frame = 0;
    tell(scrollPlace(element, axis));
  };
  const later = (): void => {
    if (frame === 0) frame = requestAnimationFrame(read);
  };
  const size = new ResizeObserver(later);
  size.observe(element);
  element.addEventListener("scroll", later, { passive: true });
  read();
  return () => {
    cancelAnimationFrame(frame);
    size.disconnect();
    element.removeEventListener("scroll", later);
  };
}
