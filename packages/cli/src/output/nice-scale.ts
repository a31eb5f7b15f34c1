/** An axis from 0. */
export interface Scale {
  /** Value at its end. */
  readonly end: number;
  /** Values that are marked, 0 and the end among them. */
  readonly ticks: readonly number[];
}

/** Beyond this the arithmetic of doubles would end at infinity. */
const LARGEST = 1e300;
/** Most steps between the marks. */
const MAX_STEPS = 6;

/**
 * An axis from 0 to a value at least, marked in steps of 1, 2 or 5 times a power of ten.
 *
 * @example niceScale(3.4).ticks // → [0, 1, 2, 3, 4]
 */
export function niceScale(largest: number): Scale {
  if (!(largest > 0)) return { end: 1, ticks: [0, 1] };
  if (largest > LARGEST) return { end: largest, ticks: [0] };
  const power = 10 ** Math.floor(Math.log10(largest / MAX_STEPS));
  // Powers of a double may miss the largest of them by a hair.
  const step = [1, 2, 5, 10, 20].map((factor) => factor * power).find((each) => largest / each <= MAX_STEPS) ?? largest;
  const count = Math.max(1, Math.ceil(largest / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { end: ticks.at(-1) ?? 1, ticks };
}
