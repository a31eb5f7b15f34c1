/** Six numbers of a map of a plane, as the API lays them out (reference §5.4): `x' = m0·x + m1·y + m4`, `y' = m2·x + m3·y + m5`. */
export type Affine2d = readonly [number, number, number, number, number, number];

/** Twelve numbers of a map of space, as the API lays them out: nine row by row, then what is added to x, y and z. */
export type Affine3d = readonly [...Row, ...Row, ...Row, ...Row];

type Row = readonly [number, number, number];

/** A point of an image: pixels of the full resolution, right and down from the upper left corner of the section's box. */
export interface ImagePoint {
  x: number;
  y: number;
}

/** A point of space in µm: of a reference space, where x runs to posterior, y to inferior and z to the right, or of a stack of sections. */
export interface SpacePoint {
  x: number;
  y: number;
  z: number;
}

/**
 * A point under a map of the plane, computed in the order of the service's own arithmetic.
 *
 * @param out Receives the result; a new object without it.
 * @example applyAffine2d([2, 0, 0, 2, 5, 7], 10, 20) // → { x: 25, y: 47 }
 */
export function applyAffine2d(map: Affine2d, x: number, y: number, out: ImagePoint = { x: 0, y: 0 }): ImagePoint {
  // One operation after the other, as written: any other order rounds otherwise.
  out.x = map[0] * x + map[1] * y + map[4];
  out.y = map[2] * x + map[3] * y + map[5];
  return out;
}

/**
 * A point under a map of space, computed in the order of the service's own arithmetic.
 *
 * @param out Receives the result; a new object without it.
 * @example applyAffine3d([1, 0, 0, 0, 1, 0, 0, 0, -1, 0, 0, 11400], 7800, 3400, 1050) // → { x: 7800, y: 3400, z: 10350 }
 */
export function applyAffine3d(
  map: Affine3d,
  x: number,
  y: number,
  z: number,
  out: SpacePoint = { x: 0, y: 0, z: 0 },
): SpacePoint {
  out.x = map[0] * x + map[1] * y + map[2] * z + map[9];
  out.y = map[3] * x + map[4] * y + map[5] * z + map[10];
  out.z = map[6] * x + map[7] * y + map[8] * z + map[11];
  return out;
}

/**
 * The inverse of a map of the plane. The service's records hold its own inverses, rounded to six digits: those give its answers, this
 * gives the way back.
 *
 * @throws {RangeError} If the map has no inverse.
 * @example invertAffine2d([2, 0, 0, 4, 10, 20]) // → [0.5, 0, 0, 0.25, -5, -5]
 */
export function invertAffine2d([a, b, c, d, e, f]: Affine2d): Affine2d {
  const determinant = a * d - b * c;
  checkDeterminant(determinant);
  return [
    d / determinant,
    negative(b / determinant),
    negative(c / determinant),
    a / determinant,
    (b * f - d * e) / determinant,
    (c * e - a * f) / determinant,
  ];
}

/**
 * The inverse of a map of space; see {@link invertAffine2d}.
 *
 * @throws {RangeError} If the map has no inverse.
 * @example invertAffine3d([2, 0, 0, 0, 4, 0, 0, 0, 1, 10, 20, 30]) // → [0.5, 0, 0, 0, 0.25, 0, 0, 0, 1, -5, -5, -30]
 */
export function invertAffine3d([a, b, c, d, e, f, g, h, i, x, y, z]: Affine3d): Affine3d {
  const [first, second, third] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const determinant = a * first + b * second + c * third;
  checkDeterminant(determinant);
  const scale = (minor: number): number => negative(-minor / determinant);
  const linear = [
    ...([scale(first), scale(c * h - b * i), scale(b * f - c * e)] as const),
    ...([scale(second), scale(a * i - c * g), scale(c * d - a * f)] as const),
    ...([scale(third), scale(b * g - a * h), scale(a * e - b * d)] as const),
  ] as const;
  const moved = applyAffine3d([...linear, 0, 0, 0], x, y, z);
  return [...linear, negative(moved.x), negative(moved.y), negative(moved.z)];
}

/** The value with the other sign, where zero has none. */
function negative(value: number): number {
  return 0 - value;
}

function checkDeterminant(determinant: number): void {
  if (Number.isFinite(1 / determinant)) return;
  throw new RangeError(`Cannot invert the map: its determinant is ${determinant}; give one that loses no dimension`);
}
