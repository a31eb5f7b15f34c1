import { hash2 } from "../noise.ts";

const UNIT = 1 / 0xffffffff;

/**
 * A fixed number between 0 and 1 for two integers, such as an experiment and a structure.
 *
 * @param a First integer.
 * @param b Second integer.
 * @param seed Selects one of many independent patterns.
 * @returns 0 to 1.
 * @example unit(1, 2, 3) === unit(1, 2, 3) // → true
 */
export function unit(a: number, b: number, seed: number): number {
  return hash2(a, b, seed) * UNIT;
}

/**
 * Rounds to a number of decimals.
 *
 * @example rounded(0.12345, 3) // → 0.123
 */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

/**
 * One of several things, chosen by two integers.
 *
 * @throws {RangeError} If there is nothing to choose from.
 * @example pick(["Low"], 1, 2, 3) // → "Low"
 */
export function pick<T>(choices: readonly T[], a: number, b: number, seed: number): T {
  const chosen = choices[hash2(a, b, seed) % choices.length];
  if (chosen === undefined) throw new RangeError("Cannot choose from an empty list");
  return chosen;
}
