/** Where a long list is scrolled to, in CSS pixels; all lines are of one height. */
export interface RowScroll {
  readonly scrollTop: number;
  /** Of what is seen. */
  readonly height: number;
  readonly rowPx: number;
}

/** Lines from `first` to before `end`, 0-based. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/**
 * The lines that are seen of a list, with some more on both sides.
 *
 * @param count Lines of the list.
 * @param margin Lines more on each side, so that there are some before the list is drawn anew.
 */
export function rowWindow({ scrollTop, height, rowPx }: RowScroll, count: number, margin: number): RowWindow {
  const first = Math.max(0, Math.floor(scrollTop / rowPx) - margin);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowPx) + margin);
  return { first: Math.min(first, Math.max(0, count)), end: Math.max(0, end) };
}

/**
 * Where to scroll to so that a line is seen whole: no further than needed, or to the middle where it is far.
 *
 * @returns The same where it is seen already.
 */
export function scrollToRow({ scrollTop, height, rowPx }: RowScroll, index: number): number {
  const [top, bottom] = [index * rowPx, (index + 1) * rowPx];
  if (top >= scrollTop && bottom <= scrollTop + height) return scrollTop;
  const isNear = top >= scrollTop - 2 * rowPx && bottom <= scrollTop + height + 2 * rowPx;
  if (!isNear) return Math.max(0, top - Math.max(0, height - rowPx) / 2);
  return top < scrollTop ? top : Math.max(0, bottom - height);
}
