/**
 * Scrambles two integers into 32 bits.
 *
 * @param x First integer.
 * @param y Second integer.
 * @param seed Selects one of many independent patterns.
 * @returns Unsigned 32-bit integer.
 * @example hash2(1, 2, 3) === hash2(1, 2, 3) // → true
 */
export function hash2(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const TO_SIGNED = 2 / 0xffffffff;

/**
 * Smooth noise of the plane: random values on a unit lattice, blended.
 *
 * @param x Place in lattice units.
 * @param y Place in lattice units.
 * @param seed Selects the pattern.
 * @returns −1 to 1.
 * @example Math.abs(smoothNoise(0.5, 0.5, 1)) <= 1 // → true
 */
export function smoothNoise(x: number, y: number, seed: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const ux = fx * fx * (3 - 2 * fx);
  const uy = fy * fy * (3 - 2 * fy);
  const top = hash2(ix, iy, seed) * (1 - ux) + hash2(ix + 1, iy, seed) * ux;
  const bottom = hash2(ix, iy + 1, seed) * (1 - ux) + hash2(ix + 1, iy + 1, seed) * ux;
  return (top * (1 - uy) + bottom * uy) * TO_SIGNED - 1;
}
