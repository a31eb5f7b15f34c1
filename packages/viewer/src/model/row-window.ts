/** Where a long list is scrolled to, in CSS pixels; all lines are of one height, or of one width where it lies. */
export interface RowScroll {
  /** The edge where what is seen begins. */
  readonly start: number;
  /** Of what is seen. */
  readonly length: number;
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
export function rowWindow({ start, length, rowPx }: RowScroll, count: number, margin: number): RowWindow {
  const first = Math.max(0, Math.floor(start / rowPx) - margin);
  const end = Math.min(count, Math.ceil((start + length) / rowPx) + margin);
  return { first: Math.min(first, Math.max(0, count)), end: Math.max(0, end) };
}

/**
 * Where to scroll to so that a line is seen whole: no further than needed, or to the middle where it is far.
 *
 * @returns The same where it is seen already.
 */
export function scrollToRow({ start, length, rowPx }: RowScroll, index: number): number {
  const [from, to] = [index * rowPx, (index + 1) * rowPx];
  if (from >= start && to <= start + length) return start;
  const isNear = from >= start - 2 * rowPx && to <= start + length + 2 * rowPx;
  if (!isNear) return Math.max(0, from - Math.max(0, length - rowPx) / 2);
  return from < start ? from : Math.max(0, to - length);
}
