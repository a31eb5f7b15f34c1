// The cosine transform of a block of 8 × 8 samples and its quantisation.
//
// The first pass is 13-bit fixed point and keeps 2 bits; what the second one gives is divided before it is rounded, so that it is
// rounded once.
import { FACTOR } from "./cosines";
import { dotBy, high, LINES, low, transpose } from "./lines";

const FIRST_SHIFT: i32 = 11;
/** The bits that the first pass keeps. */
const KEPT: i32 = 2;
/** The 128 by which samples are shifted, as it arrives in the first coefficient: 64 · 128, and 15 bits. */
const SHIFT: i32 = (64 * 128) << 15;
/** Added to a number it leaves the nearest whole number in the last bits: 1.5 · 2²³. */
const ROUNDER: f32 = 12582912.0;

/**
 * What sums are multiplied by, 1 / (2¹⁸ · step): the 15 bits of both passes, and their scale, 3.
 *
 * 64 factors for luminance, for blue and for red, column by column.
 */
export const FACTORS: usize = memory.data(3 * 64 * 4, 16);

/** Rounds what the first pass gives, and keeps it in LINES. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeFirst(line: i32, a: v128, b: v128): void {
  const half = i32x4.splat(1 << (FIRST_SHIFT - 1));
  const first = i32x4.shr_s(i32x4.add(a, half), FIRST_SHIFT);
  const second = i32x4.shr_s(i32x4.add(b, half), FIRST_SHIFT);
  v128.store(LINES + (line << 4), i16x8.narrow_i32x4_s(first, second));
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function quantised(sums: v128, factors: usize): v128 {
  const quotients = f32x4.mul(f32x4.convert_i32x4_s(sums), v128.load(factors));
  return i32x4.sub(f32x4.add(quotients, f32x4.splat(ROUNDER)), f32x4.splat(ROUNDER));
}

/** Stores a column of coefficients. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeLast(line: i32, a: v128, b: v128, factors: usize, to: usize): void {
  const at = factors + (line << 5);
  v128.store(to + (line << 4), i16x8.narrow_i32x4_s(quantised(a, at), quantised(b, at + 16)));
}

/** Stores a line of the first pass, or a column of coefficients. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeLine(isFirst: bool, line: i32, a: v128, b: v128, factors: usize, to: usize): void {
  if (isFirst) storeFirst(line, a, b);
  else storeLast(line, a, b, factors, to);
}

/** Stores the line that two lines give, each with a factor. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeEven(isFirst: bool, line: i32, a: v128, b: v128, pair: usize, factors: usize, to: usize): void {
  storeLine(isFirst, line, dotBy(a, pair), dotBy(b, pair), factors, to);
}

/** Stores the line that four lines give, each with a factor. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeOdd(
  isFirst: bool, line: i32, a: v128, b: v128, c: v128, d: v128, pair: usize, other: usize, factors: usize, to: usize,
): void {
  const first = i32x4.add(dotBy(a, pair), dotBy(c, other));
  const second = i32x4.add(dotBy(b, pair), dotBy(d, other));
  storeLine(isFirst, line, first, second, factors, to);
}

/** Lines 0 and 4 of the first pass: nothing needs rounding. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeWhole(t0: v128, t1: v128): void {
  v128.store(LINES, i16x8.shl(i16x8.add(t0, t1), KEPT), 0);
  v128.store(LINES, i16x8.shl(i16x8.sub(t0, t1), KEPT), 64);
}

/** Columns 0 and 4 of coefficients. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeMeans(t0: v128, t1: v128, factors: usize, to: usize): void {
  const g = low(t0, t1);
  const h = high(t0, t1);
  storeLast(0, i32x4.sub(dotBy(g, FACTOR.ONE_ONE), i32x4(SHIFT, 0, 0, 0)), dotBy(h, FACTOR.ONE_ONE), factors, to);
  storeEven(false, 4, g, h, FACTOR.ONE_LESS_ONE, factors, to);
}

/** One pass over eight lines. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function pass(
  isFirst: bool, x0: v128, x1: v128, x2: v128, x3: v128, x4: v128, x5: v128, x6: v128, x7: v128, factors: usize, to: usize,
): void {
  const s0 = i16x8.add(x0, x7);
  const s1 = i16x8.add(x1, x6);
  const s2 = i16x8.add(x2, x5);
  const s3 = i16x8.add(x3, x4);
  const t0 = i16x8.add(s0, s3);
  const t1 = i16x8.add(s1, s2);
  if (isFirst) storeWhole(t0, t1);
  else storeMeans(t0, t1, factors, to);
  const t2 = i16x8.sub(s1, s2);
  const t3 = i16x8.sub(s0, s3);
  const e = low(t3, t2);
  const f = high(t3, t2);
  storeEven(isFirst, 2, e, f, FACTOR.C2_C6, factors, to);
  storeEven(isFirst, 6, e, f, FACTOR.C6_LESS_C2, factors, to);
  const d0 = i16x8.sub(x0, x7);
  const d1 = i16x8.sub(x1, x6);
  const d2 = i16x8.sub(x2, x5);
  const d3 = i16x8.sub(x3, x4);
  const a = low(d0, d1);
  const b = high(d0, d1);
  const c = low(d2, d3);
  const d = high(d2, d3);
  storeOdd(isFirst, 1, a, b, c, d, FACTOR.C1_C3, FACTOR.C5_C7, factors, to);
  storeOdd(isFirst, 3, a, b, c, d, FACTOR.C3_LESS_C7, FACTOR.LESS_C1_LESS_C5, factors, to);
  storeOdd(isFirst, 5, a, b, c, d, FACTOR.C5_LESS_C1, FACTOR.C7_C3, factors, to);
  storeOdd(isFirst, 7, a, b, c, d, FACTOR.C7_LESS_C5, FACTOR.C3_LESS_C1, factors, to);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function samples(from: usize): v128 {
  return v128.load_ext<u8>(from);
}

/** Quantises a block of samples to 64 coefficients of 16 bits, column by column. */
export function forwardBlock(from: usize, stride: usize, plane: i32, to: usize): void {
  pass(
    true, samples(from), samples(from + stride), samples(from + 2 * stride), samples(from + 3 * stride),
    samples(from + 4 * stride), samples(from + 5 * stride), samples(from + 6 * stride), samples(from + 7 * stride), 0, 0,
  );
  transpose();
  pass(
    false, v128.load(LINES, 0), v128.load(LINES, 16), v128.load(LINES, 32), v128.load(LINES, 48),
    v128.load(LINES, 64), v128.load(LINES, 80), v128.load(LINES, 96), v128.load(LINES, 112), FACTORS + (plane << 8), to,
  );
}
