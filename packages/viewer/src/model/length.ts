/** Digits that a length is said with: more than a drawing is true to. */
const DIGITS = 4;

/**
 * A length in words: in µm below a millimetre, else in mm.
 *
 * @param lengthUm In µm.
 * @example printLength(1500) // → "1.5 mm"
 */
export function printLength(lengthUm: number): string {
  const micrometres = rounded(lengthUm);
  return micrometres < 1000 ? `${micrometres} µm` : `${rounded(lengthUm / 1000)} mm`;
}

/** A length in full-resolution pixels in words. */
export function printPixels(lengthPx: number): string {
  return `${rounded(lengthPx)} px`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
