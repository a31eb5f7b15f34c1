/**
 * Numbers that look random and are the same each time.
 *
 * @param {number} seed A whole number other than 0.
 * @returns {(below: number) => number} Gives a whole number from 0 to below `below`, which is at most 2 ** 32.
 * @example createRandom(1)(10) // → 0
 */
export function createRandom(seed) {
  let state = seed | 0 || 1;
  return (below) => {
    // Marsaglia's xorshift with 32 bits.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * below);
  };
}
