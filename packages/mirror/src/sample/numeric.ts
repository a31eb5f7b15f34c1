/**
 * Ramp from 0 to 1 with flat ends.
 *
 * @param from Value at and below which the result is 0.
 * @param to Value at and above which the result is 1; may be smaller than `from`.
 * @param value Position, in the same unit.
 * @returns 0 to 1.
 * @example smoothStep(0, 10, 5) // → 0.5
 */
export function smoothStep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/**
 * Smaller of two numbers, rounded where they are nearly equal.
 *
 * @param a First value.
 * @param b Second value, same unit.
 * @param width Difference below which rounding begins, same unit, above 0.
 * @returns At most the smaller of both.
 * @example smoothMin(1, 9, 4) // → 1
 */
export function smoothMin(a: number, b: number, width: number): number {
  const h = Math.max(0, width - Math.abs(a - b)) / width;
  return Math.min(a, b) - h * h * width * 0.25;
}

/**
 * Smaller of two distances to surfaces that meet in an edge, with the edge rounded to a radius.
 *
 * Unlike {@link smoothMin} it stays a distance: layers below the rounded edge keep their thickness.
 *
 * @param a First distance, positive inside.
 * @param b Second distance, same unit.
 * @param radius Radius of the rounding, same unit.
 * @returns At most the smaller of both.
 * @example roundMin(4, 4, 4) // → 4
 */
export function roundMin(a: number, b: number, radius: number): number {
  if (a >= radius || b >= radius) return Math.min(a, b);
  return radius - Math.sqrt((radius - a) ** 2 + (radius - b) ** 2);
}

/**
 * Smooth curve through control values at rising positions (Catmull-Rom, constant beyond the ends).
 *
 * @param positions Rising positions.
 * @param values One value a position.
 * @param at Where to evaluate.
 * @returns Interpolated value; it may overshoot the controls slightly.
 * @example spline([0, 1], [2, 2], 0.5) // → 2
 */
export function spline(positions: readonly number[], values: readonly number[], at: number): number {
  const last = positions.length - 1;
  if (at <= (positions[0] ?? 0)) return values[0] ?? 0;
  if (at >= (positions[last] ?? 0)) return values[last] ?? 0;
  let i = 0;
  while (i < last - 1 && at >= (positions[i + 1] ?? 0)) i++;
  const x0 = positions[i] ?? 0;
  const x1 = positions[i + 1] ?? 0;
  const y0 = values[i] ?? 0;
  const y1 = values[i + 1] ?? 0;
  const step = x1 - x0;
  const slope0 = i > 0 ? (y1 - (values[i - 1] ?? 0)) / (x1 - (positions[i - 1] ?? 0)) : (y1 - y0) / step;
  const slope1 = i + 2 <= last ? ((values[i + 2] ?? 0) - y0) / ((positions[i + 2] ?? 0) - x0) : (y1 - y0) / step;
  const t = (at - x0) / step;
  const t2 = t * t;
  const t3 = t2 * t;
  const ends = y0 * (2 * t3 - 3 * t2 + 1) + y1 * (3 * t2 - 2 * t3);
  return ends + step * (slope0 * (t3 - 2 * t2 + t) + slope1 * (t3 - t2));
}

/** A curve sampled at a fixed step, for cheap evaluation in inner loops. */
export interface CurveTable {
  readonly start: number;
  readonly step: number;
  readonly values: Float64Array;
}

/**
 * Samples a smooth curve through control points into a table.
 *
 * @param controls Pairs of position and value, positions rising.
 * @param step Distance between samples, in the unit of the positions.
 * @returns Table for {@link readCurve}.
 * @example readCurve(curveTable([[0, 1], [100, 3]], 25), 50) // → 2
 */
export function curveTable(controls: readonly (readonly [at: number, value: number])[], step: number): CurveTable {
  const positions = controls.map((control) => control[0]);
  const values = controls.map((control) => control[1]);
  const start = positions[0] ?? 0;
  const count = Math.ceil(((positions.at(-1) ?? 0) - start) / step) + 1;
  return {
    start,
    step,
    values: Float64Array.from({ length: count }, (_, i) => spline(positions, values, start + i * step)),
  };
}

/**
 * Reads a sampled curve, linear between samples and constant beyond the ends.
 *
 * @param table Table made by {@link curveTable}.
 * @param at Position in the table's unit.
 * @returns Value of the curve.
 * @example readCurve(curveTable([[0, 1], [100, 3]], 25), 200) // → 3
 */
export function readCurve(table: CurveTable, at: number): number {
  const values = table.values;
  const place = Math.min(values.length - 1, Math.max(0, (at - table.start) / table.step));
  const i = Math.floor(place);
  const low = values[i] ?? 0;
  return low + ((values[i + 1] ?? low) - low) * (place - i);
}
