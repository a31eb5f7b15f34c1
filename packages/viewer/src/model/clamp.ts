/** The number of a range that is nearest to a value: the least one of a range that holds none. */
export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
