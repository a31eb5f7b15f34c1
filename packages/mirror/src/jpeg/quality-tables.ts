/** Steps for luminance at quality 50 (ITU-T T.81, table K.1), in the order in which coefficients are coded. */
const LUMINANCE: readonly number[] = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
  60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121,
  112, 100, 120, 92, 101, 103, 99,
];
/** Those for colour (table K.2): 99 but for the lowest frequencies. */
const COLOUR: readonly number[] = [17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66].concat(Array(50).fill(99));

/**
 * Steps of the quantisation for a quality as libjpeg counts it, of luminance and of colour, in the order in which coefficients are coded.
 *
 * @param quality 0 to 100; 0 is as 1.
 * @throws {RangeError} If it is another number.
 * @example qualityTables(85)[0].slice(0, 4) // → Uint8Array.of(5, 3, 4, 4)
 */
export function qualityTables(quality: number): [luminance: Uint8Array, colour: Uint8Array] {
  if (!(quality >= 0 && quality <= 100)) {
    throw new RangeError(`Cannot encode at quality ${quality}; give a number from 0 to 100`);
  }
  const known = Math.max(1, Math.round(quality));
  const percent = known < 50 ? Math.floor(5000 / known) : 200 - 2 * known;
  const scaled = (step: number) => Math.min(255, Math.max(1, Math.floor((step * percent + 50) / 100)));
  return [Uint8Array.from(LUMINANCE, scaled), Uint8Array.from(COLOUR, scaled)];
}
