// Decoding tiles to planes of samples, cutting bands out of planes, and encoding them.

import { unstuff } from "./bits";
import { STEPS } from "./decode";
import { CODES } from "./encode";
import { FACTORS } from "./forward-dct";
import { OFFSETS } from "./order";

export { fromRgb, padPixels, toRgb } from "./color";
export { decodeTile, prepareDecode } from "./decode";
export { closeScan, encodeSquares, openScan, writeTo, writtenTo } from "./encode";
export { averageAcross, averageDown, averageSquares, copyRows, padColumns, padRows } from "./planes";
export { forwardBlock } from "./forward-dct";
export { inverseBlock, inverseFlatBlock, inverseSmoothBlock } from "./inverse-dct";
export { unstuff };

/** Where the memory begins that nothing here uses. */
export function freeFrom(): usize {
  return (__heap_base + 63) & ~63;
}

/** Steps of the quantisation of tiles: 3 × 64 of 16 bits, column by column. */
export function stepsAt(): usize {
  return STEPS;
}

/** Factors of the quantisation of what is encoded: 3 × 64 of 32 bits, column by column. */
export function factorsAt(): usize {
  return FACTORS;
}

/** Codes of what is encoded: 4 × 256 of 32 bits. */
export function codesAt(): usize {
  return CODES;
}

/** By place in zigzag: the offset in a block, in bytes; coefficients have two. */
export function offsetsAt(): usize {
  return OFFSETS;
}
