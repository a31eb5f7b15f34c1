// Red, green and blue from and to luminance and two colours of half resolution (JFIF 1.02: BT.601, all 256 values).
import { dot, high, low, pair } from "./lines";

// Factors with 15 bits behind the point. Those of a row add up to 1 or 0.
const Y_RED: i32 = 9798;
const Y_GREEN: i32 = 19235;
const Y_BLUE: i32 = 3735;
const CB_RED: i32 = -5529;
const CB_GREEN: i32 = -10855;
const CR_GREEN: i32 = -13720;
const CR_BLUE: i32 = -2664;
const HALF: i32 = 16384;
/** 1.402 is 1 and this. */
const RED_CR: i16 = 13173;
/** 1.772 is 2 less this. */
const BLUE_CB: i16 = 7471;
const GREEN_CB: i32 = -11277;
const GREEN_CR: i32 = -23401;

/**
 * Writes a row of interleaved RGB. A colour sample fills two pixels.
 *
 * Reads and writes up to 16 pixels past the end.
 *
 * @param isOdd Whether the first pixel is the second of its colour sample.
 */
export function toRgb(y: usize, cb: usize, cr: usize, to: usize, width: i32, isOdd: bool): void {
  if (isOdd) {
    // The same as one pixel further left, of which only the second is kept.
    writePixels(i8x16.splat(load<u8>(y)), v128.load8_splat(cb), v128.load8_splat(cr), to);
    y += 1;
    cb += 1;
    cr += 1;
    to += 3;
    width -= 1;
  }
  for (let x = 0; x < width; x += 16, to += 48) {
    writePixels(v128.load(y + x), v128.load64_zero(cb + (x >> 1)), v128.load64_zero(cr + (x >> 1)), to);
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function writePixels(y: v128, cb: v128, cr: v128, to: usize): void {
  const b = i16x8.sub(i16x8.extend_low_i8x16_u(cb), i16x8.splat(128));
  const r = i16x8.sub(i16x8.extend_low_i8x16_u(cr), i16x8.splat(128));
  const addRed = i16x8.add(r, i16x8.q15mulr_sat_s(r, i16x8.splat(RED_CR)));
  const addBlue = i16x8.sub(i16x8.add(b, b), i16x8.q15mulr_sat_s(b, i16x8.splat(BLUE_CB)));
  const addGreen = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(dot(low(b, r), pair(GREEN_CB, GREEN_CR)), i32x4.splat(HALF)), 15),
    i32x4.shr_s(i32x4.add(dot(high(b, r), pair(GREEN_CB, GREEN_CR)), i32x4.splat(HALF)), 15),
  );
  const yLow = i16x8.extend_low_i8x16_u(y);
  const yHigh = i16x8.extend_high_i8x16_u(y);
  const red = channel(yLow, yHigh, addRed);
  const green = channel(yLow, yHigh, addGreen);
  const blue = channel(yLow, yHigh, addBlue);
  const front = i8x16.shuffle(red, green, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const back = i8x16.shuffle(red, green, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const middle = i8x16.shuffle(front, back, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25);
  v128.store(to, i8x16.shuffle(front, blue, 0, 1, 16, 2, 3, 17, 4, 5, 18, 6, 7, 19, 8, 9, 20, 10), 0);
  v128.store(to, i8x16.shuffle(middle, blue, 1, 21, 2, 3, 22, 4, 5, 23, 6, 7, 24, 8, 9, 25, 10, 11), 16);
  v128.store(to, i8x16.shuffle(back, blue, 26, 6, 7, 27, 8, 9, 28, 10, 11, 29, 12, 13, 30, 14, 15, 31), 32);
}

/** Adds to 16 samples of luminance what 8 colour samples give. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function channel(yLow: v128, yHigh: v128, added: v128): v128 {
  return i8x16.narrow_i16x8_u(i16x8.add(yLow, low(added, added)), i16x8.add(yHigh, high(added, added)));
}

/** Repeats the last pixel of a row of RGB up to a width. */
export function padPixels(row: usize, width: i32, padded: i32): void {
  const last = row + (width - 1) * 3;
  for (let x = width; x < padded; x++) memory.copy(row + x * 3, last, 3);
}

/**
 * Writes two rows of luminance and one of each colour from two rows of interleaved RGB.
 *
 * Reads up to 4 bytes past the end.
 *
 * @param width A multiple of 16.
 */
export function fromRgb(upper: usize, lower: usize, width: i32, y: usize, stride: usize, cb: usize, cr: usize): void {
  for (let x = 0; x < width; x += 16) {
    writeSamples(upper, lower, y + x, stride, cb + (x >> 1), cr + (x >> 1));
    writeSamples(upper + 24, lower + 24, y + x + 8, stride, cb + (x >> 1) + 4, cr + (x >> 1) + 4);
    upper += 48;
    lower += 48;
  }
}

/** Red and green of four pixels, 16 bits each, by turns. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function redGreen(pixels: v128): v128 {
  return i8x16.swizzle(pixels, i8x16(0, -1, 1, -1, 3, -1, 4, -1, 6, -1, 7, -1, 9, -1, 10, -1));
}

/** Blue of four pixels, 32 bits each. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function blueOnly(pixels: v128): v128 {
  return i8x16.swizzle(pixels, i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1));
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function luminance(rg: v128, b: v128): v128 {
  const sum = i32x4.add(dot(rg, pair(Y_RED, Y_GREEN)), dot(b, pair(Y_BLUE, 0)));
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(HALF)), 15);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeLuminance(rg0: v128, rg1: v128, b0: v128, b1: v128, to: usize): void {
  const samples = i16x8.narrow_i32x4_s(luminance(rg0, b0), luminance(rg1, b1));
  v128.store64_lane(to, i8x16.narrow_i16x8_u(samples, samples), 0);
}

/** Stores four colour samples: of the sums of two pixels the mean of four, from 128 on. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function storeColour(a: v128, b: v128, to: usize): void {
  const sums = i32x4.add(i32x4.shuffle(a, b, 0, 2, 4, 6), i32x4.shuffle(a, b, 1, 3, 5, 7));
  const samples = i32x4.shr_s(i32x4.add(sums, i32x4.splat((128 << 17) + (1 << 16))), 17);
  const narrow = i16x8.narrow_i32x4_s(samples, samples);
  v128.store32_lane(to, i8x16.narrow_i16x8_u(narrow, narrow), 0);
}

/** Eight pixels of two rows. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function writeSamples(upper: usize, lower: usize, y: usize, stride: usize, cb: usize, cr: usize): void {
  const u0 = v128.load(upper);
  const u1 = v128.load(upper, 12);
  const l0 = v128.load(lower);
  const l1 = v128.load(lower, 12);
  const urg0 = redGreen(u0);
  const urg1 = redGreen(u1);
  const ub0 = blueOnly(u0);
  const ub1 = blueOnly(u1);
  const lrg0 = redGreen(l0);
  const lrg1 = redGreen(l1);
  const lb0 = blueOnly(l0);
  const lb1 = blueOnly(l1);
  storeLuminance(urg0, urg1, ub0, ub1, y);
  storeLuminance(lrg0, lrg1, lb0, lb1, y + stride);
  const rg0 = i16x8.add(urg0, lrg0);
  const rg1 = i16x8.add(urg1, lrg1);
  const b0 = i16x8.add(ub0, lb0);
  const b1 = i16x8.add(ub1, lb1);
  storeColour(
    i32x4.add(dot(rg0, pair(CB_RED, CB_GREEN)), dot(b0, pair(HALF, 0))),
    i32x4.add(dot(rg1, pair(CB_RED, CB_GREEN)), dot(b1, pair(HALF, 0))), cb);
  storeColour(
    i32x4.add(dot(rg0, pair(HALF, CR_GREEN)), dot(b0, pair(CR_BLUE, 0))),
    i32x4.add(dot(rg1, pair(HALF, CR_GREEN)), dot(b1, pair(CR_BLUE, 0))), cr);
}
