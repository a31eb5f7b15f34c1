// What a function that reads damaged bytes may answer; src/jpeg/codec-status.ts says them in words.

export const OK: i32 = 0;
/** Bits that are no Huffman code of the table. */
export const NO_CODE: i32 = 1;
/** A block of more than 64 coefficients. */
export const LONG_BLOCK: i32 = 2;
/** The bytes end before the blocks do. */
export const CUT_OFF: i32 = 3;
/** More codes of a length than there can be. */
export const MANY_CODES: i32 = 4;
/** A difference of two blocks that the table has no code for. */
export const NO_DIFFERENCE: i32 = 5;
/** A coefficient that the tables which are written by have no code for. */
export const NO_SYMBOL: i32 = 6;
