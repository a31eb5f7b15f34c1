// The factors of the cosine transforms, in 13-bit fixed point.

/** 2¹³ √2 cos(k π / 16). */
export const C1: i16 = 11363;
export const C2: i16 = 10703;
export const C3: i16 = 9633;
export const C5: i16 = 6437;
export const C6: i16 = 4433;
export const C7: i16 = 2260;
export const ONE: i16 = 8192;

/** Two factors at a time, 16 bits each: it takes less to load them than to make them. */
const PAIRS: usize = memory.data<i16>(
  [
    ONE, ONE, ONE, -ONE, C2, C6, C6, -C2,
    C1, C3, C5, C7, C3, -C7, -C1, -C5,
    C5, -C1, C7, C3, C7, -C5, C3, -C1,
    ONE, C2, ONE, C6, ONE, -C6, ONE, -C2,
  ],
  16,
);

/** Where they lie. */
export namespace FACTOR {
  export const ONE_ONE: usize = PAIRS;
  export const ONE_LESS_ONE: usize = PAIRS + 4;
  export const C2_C6: usize = PAIRS + 8;
  export const C6_LESS_C2: usize = PAIRS + 12;
  export const C1_C3: usize = PAIRS + 16;
  export const C5_C7: usize = PAIRS + 20;
  export const C3_LESS_C7: usize = PAIRS + 24;
  export const LESS_C1_LESS_C5: usize = PAIRS + 28;
  export const C5_LESS_C1: usize = PAIRS + 32;
  export const C7_C3: usize = PAIRS + 36;
  export const C7_LESS_C5: usize = PAIRS + 40;
  export const C3_LESS_C1: usize = PAIRS + 44;
  export const ONE_C2: usize = PAIRS + 48;
  export const ONE_C6: usize = PAIRS + 52;
  export const ONE_LESS_C6: usize = PAIRS + 56;
  export const ONE_LESS_C2: usize = PAIRS + 60;
}
