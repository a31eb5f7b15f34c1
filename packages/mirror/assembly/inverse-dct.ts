// The inverse cosine transform of a block of 8 × 8, in 13-bit fixed point, as accurate as libjpeg's "islow".
//
// Coefficients lie column by column, so that one transposition, between the two passes, is enough.
import { FACTOR } from "./cosines";
import { dotBy, high, LINES, low, transpose } from "./lines";

/** The first pass keeps 2 of the 13 bits behind the point. */
const FIRST_SHIFT: i32 = 11;
/** The last removes them, its own 13 and the scale of both passes, 3. */
const LAST_SHIFT: i32 = 18;
const FIRST_BIAS: i32 = 1 << (FIRST_SHIFT - 1);
/** One half, and the 128 by which samples are shifted. */
const LAST_BIAS: i32 = (1 << (LAST_SHIFT - 1)) + (128 << LAST_SHIFT);

// @ts-expect-error: a decorator of AssemblyScript
@inline
function narrow(a: v128, b: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(a, shift), i32x4.shr_s(b, shift));
}

/** Stores two lines that are equally far from the middle: even part plus and minus odd part. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeTwo(line: i32, evenLow: v128, evenHigh: v128, oddLow: v128, oddHigh: v128, shift: i32): void {
  v128.store(LINES + (line << 4), narrow(i32x4.add(evenLow, oddLow), i32x4.add(evenHigh, oddHigh), shift));
  v128.store(LINES + ((7 - line) << 4), narrow(i32x4.sub(evenLow, oddLow), i32x4.sub(evenHigh, oddHigh), shift));
}

/** The odd part of a line: of four lines, each with a factor. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function odd(a: v128, b: v128, pair: usize, other: usize): v128 {
  return i32x4.add(dotBy(a, pair), dotBy(b, other));
}

/** One pass over eight lines; its result is in LINES. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function pass(
  v0: v128, v1: v128, v2: v128, v3: v128, v4: v128, v5: v128, v6: v128, v7: v128, bias: i32, shift: i32,
): void {
  const round = i32x4.splat(bias);
  const p = low(v0, v4);
  const r = high(v0, v4);
  const q = low(v2, v6);
  const s = high(v2, v6);
  const sumLow = i32x4.add(dotBy(p, FACTOR.ONE_ONE), round);
  const sumHigh = i32x4.add(dotBy(r, FACTOR.ONE_ONE), round);
  const restLow = i32x4.add(dotBy(p, FACTOR.ONE_LESS_ONE), round);
  const restHigh = i32x4.add(dotBy(r, FACTOR.ONE_LESS_ONE), round);
  const wideLow = dotBy(q, FACTOR.C2_C6);
  const wideHigh = dotBy(s, FACTOR.C2_C6);
  const slimLow = dotBy(q, FACTOR.C6_LESS_C2);
  const slimHigh = dotBy(s, FACTOR.C6_LESS_C2);
  const a = low(v1, v3);
  const b = low(v5, v7);
  const c = high(v1, v3);
  const d = high(v5, v7);
  storeTwo(0, i32x4.add(sumLow, wideLow), i32x4.add(sumHigh, wideHigh),
    odd(a, b, FACTOR.C1_C3, FACTOR.C5_C7), odd(c, d, FACTOR.C1_C3, FACTOR.C5_C7), shift);
  storeTwo(1, i32x4.add(restLow, slimLow), i32x4.add(restHigh, slimHigh),
    odd(a, b, FACTOR.C3_LESS_C7, FACTOR.LESS_C1_LESS_C5), odd(c, d, FACTOR.C3_LESS_C7, FACTOR.LESS_C1_LESS_C5), shift);
  storeTwo(2, i32x4.sub(restLow, slimLow), i32x4.sub(restHigh, slimHigh),
    odd(a, b, FACTOR.C5_LESS_C1, FACTOR.C7_C3), odd(c, d, FACTOR.C5_LESS_C1, FACTOR.C7_C3), shift);
  storeTwo(3, i32x4.sub(sumLow, wideLow), i32x4.sub(sumHigh, wideHigh),
    odd(a, b, FACTOR.C7_LESS_C5, FACTOR.C3_LESS_C1), odd(c, d, FACTOR.C7_LESS_C5, FACTOR.C3_LESS_C1), shift);
}

/** The even part of a line of which four are zero. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function even(a: v128, pair: usize, round: v128): v128 {
  return i32x4.add(dotBy(a, pair), round);
}

/** The same where the last four lines are zero. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function shortPass(v0: v128, v1: v128, v2: v128, v3: v128, bias: i32, shift: i32): void {
  const round = i32x4.splat(bias);
  const p = low(v0, v2);
  const q = high(v0, v2);
  const a = low(v1, v3);
  const b = high(v1, v3);
  storeTwo(0, even(p, FACTOR.ONE_C2, round), even(q, FACTOR.ONE_C2, round), dotBy(a, FACTOR.C1_C3), dotBy(b, FACTOR.C1_C3), shift);
  storeTwo(1, even(p, FACTOR.ONE_C6, round), even(q, FACTOR.ONE_C6, round), dotBy(a, FACTOR.C3_LESS_C7), dotBy(b, FACTOR.C3_LESS_C7), shift);
  storeTwo(2, even(p, FACTOR.ONE_LESS_C6, round), even(q, FACTOR.ONE_LESS_C6, round), dotBy(a, FACTOR.C5_LESS_C1), dotBy(b, FACTOR.C5_LESS_C1), shift);
  storeTwo(3, even(p, FACTOR.ONE_LESS_C2, round), even(q, FACTOR.ONE_LESS_C2, round), dotBy(a, FACTOR.C7_LESS_C5), dotBy(b, FACTOR.C7_LESS_C5), shift);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeRows(line: i32, to: usize, stride: usize): void {
  const bytes = i8x16.narrow_i16x8_u(v128.load(LINES + (line << 4)), v128.load(LINES + (line << 4), 16));
  v128.store64_lane(to + <usize>line * stride, bytes, 0);
  v128.store64_lane(to + <usize>(line + 1) * stride, bytes, 1);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeBlock(to: usize, stride: usize): void {
  storeRows(0, to, stride);
  storeRows(2, to, stride);
  storeRows(4, to, stride);
  storeRows(6, to, stride);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function coefficients(block: usize, steps: usize, column: i32): v128 {
  return i16x8.mul(v128.load(block + (column << 4)), v128.load(steps + (column << 4)));
}

/**
 * Writes the 64 samples of a block.
 *
 * @param block 64 quantised coefficients, column by column.
 * @param steps The steps of the quantisation, likewise.
 * @param stride From one row of samples to the next, in bytes.
 */
export function inverseBlock(block: usize, steps: usize, to: usize, stride: usize): void {
  pass(
    coefficients(block, steps, 0), coefficients(block, steps, 1), coefficients(block, steps, 2), coefficients(block, steps, 3),
    coefficients(block, steps, 4), coefficients(block, steps, 5), coefficients(block, steps, 6), coefficients(block, steps, 7),
    FIRST_BIAS, FIRST_SHIFT,
  );
  transpose();
  pass(
    v128.load(LINES, 0), v128.load(LINES, 16), v128.load(LINES, 32), v128.load(LINES, 48),
    v128.load(LINES, 64), v128.load(LINES, 80), v128.load(LINES, 96), v128.load(LINES, 112), LAST_BIAS, LAST_SHIFT,
  );
  storeBlock(to, stride);
}

/** The same for a block whose coefficients are zero but for the 4 × 4 of the lowest frequencies. */
export function inverseSmoothBlock(block: usize, steps: usize, to: usize, stride: usize): void {
  shortPass(
    coefficients(block, steps, 0), coefficients(block, steps, 1), coefficients(block, steps, 2), coefficients(block, steps, 3),
    FIRST_BIAS, FIRST_SHIFT,
  );
  const v0 = v128.load(LINES, 0);
  const v1 = v128.load(LINES, 16);
  const v2 = v128.load(LINES, 32);
  const v3 = v128.load(LINES, 48);
  const v4 = v128.load(LINES, 64);
  const v5 = v128.load(LINES, 80);
  const v6 = v128.load(LINES, 96);
  const v7 = v128.load(LINES, 112);
  const b0 = low(low(v0, v4), low(v2, v6));
  const b1 = high(low(v0, v4), low(v2, v6));
  const c0 = low(low(v1, v5), low(v3, v7));
  const c1 = high(low(v1, v5), low(v3, v7));
  shortPass(low(b0, c0), high(b0, c0), low(b1, c1), high(b1, c1), LAST_BIAS, LAST_SHIFT);
  storeBlock(to, stride);
}

/** The same for a block of one value. */
export function inverseFlatBlock(block: usize, steps: usize, to: usize, stride: usize): void {
  const value = <i32>load<i16>(block) * load<i16>(steps);
  const sample = i16x8.splat(<i16>((value + 4 + 1024) >> 3));
  const bytes = i8x16.narrow_i16x8_u(sample, sample);
  for (let row = 0; row < 8; row++) v128.store64_lane(to + <usize>row * stride, bytes, 0);
}
