import type { NumberArray } from "./voxels.ts";

/** Which values count. */
export interface RangeOptions {
  /** A value that stands for no data, and is left out: −1 in expression grids. @default none */
  readonly noData?: number | undefined;
}

/** What values are like. */
export interface ValueRange {
  /** NaN when no value counts. */
  readonly min: number;
  /** NaN when no value counts. */
  readonly max: number;
  /** NaN when no value counts. */
  readonly mean: number;
  /** Number of values that count: numbers but NaN, the infinite ones and the one for no data. */
  readonly count: number;
}

/** Lowest, highest and mean value; NaN and infinite ones do not count. */
export function measureRange(data: NumberArray, { noData }: RangeOptions = {}): ValueRange {
  let [min, max, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let index = 0; index < data.length; index += 1) {
    const value = data[index] as number;
    if (value === noData || !Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count += 1;
  }
  return count === 0
    ? { min: Number.NaN, max: Number.NaN, mean: Number.NaN, count }
    : { min, max, mean: sum / count, count };
}
