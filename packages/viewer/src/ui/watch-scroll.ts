/** Where an element is scrolled to, and how much of it is seen, in CSS pixels. */
export interface ScrollPlace {
  readonly scrollTop: number;
  readonly height: number;
}

/** Tells where an element is scrolled to, at once and then once a frame in which it moved or changed its size. Returns what ends it. */
export function watchScroll(element: HTMLElement, tell: (place: ScrollPlace) => void): () => void {
  let frame = 0;
  const read = (): void => {
    frame = 0;
    tell({ scrollTop: element.scrollTop, height: element.clientHeight });
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
