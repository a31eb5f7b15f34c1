/** Red, green and blue, 0 to 255. */
type Rgb = readonly [red: number, green: number, blue: number];

/** Hues that follow each other by this part of the circle fill it evenly. */
const GOLDEN = 0.618034;
/** A prime below 2³², so that neighbouring ids have hues far apart. */
const SPREAD = 2_654_435_761;

/**
 * A colour for a label whose own is not known: the same each time, neither dark nor pale, and of ids that lie side by side unlike
 * each other.
 *
 * @example labelColour(549) // → [135, 93, 191]
 */
export function labelColour(label: number): Rgb {
  const hue = ((Math.imul(label, SPREAD) >>> 0) * GOLDEN) % 1;
  const channel = (offset: number): number => {
    const ramp = Math.abs(((hue + offset) % 1) * 6 - 3) - 1;
    return Math.round(93 + 98 * Math.min(1, Math.max(0, ramp)));
  };
  return [channel(0), channel(2 / 3), channel(1 / 3)];
}
