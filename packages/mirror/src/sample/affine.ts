/**
 * Inverse of a 3 × 3 matrix, row-major.
 *
 * @param m Nine numbers.
 * @returns Nine numbers.
 * @throws {RangeError} If the matrix has no inverse.
 * @example invert3([2, 0, 0, 0, 2, 0, 0, 0, 2])[0] // → 0.5
 */
export function invert3(m: readonly number[]): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (determinant === 0) throw new RangeError("Cannot invert the matrix: its determinant is 0");
  const minors = [e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f];
  return [...minors, d * h - e * g, b * g - a * h, a * e - b * d].map((minor) => minor / determinant);
}

/**
 * Twelve numbers of a mapping x ↦ M x + t as an Alignment3d lays them out: nine of M row-major, three of t.
 *
 * @param linear M, nine numbers.
 * @param offset t, three numbers.
 * @returns The twelve numbers of the inverse mapping.
 * @example invertAffine([1, 0, 0, 0, 1, 0, 0, 0, 1], [5, 0, 0])[9] // → -5
 */
export function invertAffine(linear: readonly number[], offset: readonly number[]): readonly number[] {
  const inverse = invert3(linear);
  const row = (r: number): number =>
    -(
      (inverse[r * 3] ?? 0) * (offset[0] ?? 0) +
      (inverse[r * 3 + 1] ?? 0) * (offset[1] ?? 0) +
      (inverse[r * 3 + 2] ?? 0) * (offset[2] ?? 0)
    );
  return [...inverse, row(0), row(1), row(2)];
}
