// Eight lines of eight 16-bit numbers: what the cosine transforms work on.

/** Eight lines of eight 16-bit numbers, 16 bytes each: what one pass leaves for the next. */
export const LINES: usize = memory.data(128, 16);

/** Two numbers, four times. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function pair(a: i32, b: i32): v128 {
  return i32x4.splat((a & 0xffff) | (b << 16));
}

/** The first four numbers of two lines, by turns. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function low(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

/** The last four numbers of two lines, by turns. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function high(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** a₀b₀ + a₁b₁ of each two numbers. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function dot(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(a, b);
}

/** The same, with two factors that lie in memory. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function dotBy(a: v128, pair: usize): v128 {
  return i32x4.dot_i16x8_s(a, v128.load32_splat(pair));
}

/** Makes the lines of LINES columns. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function transpose(): void {
  const v0 = v128.load(LINES, 0);
  const v1 = v128.load(LINES, 16);
  const v2 = v128.load(LINES, 32);
  const v3 = v128.load(LINES, 48);
  const v4 = v128.load(LINES, 64);
  const v5 = v128.load(LINES, 80);
  const v6 = v128.load(LINES, 96);
  const v7 = v128.load(LINES, 112);
  // Three rounds of interleaving lines that are 4, 2 and 1 apart.
  const a0 = low(v0, v4);
  const a1 = high(v0, v4);
  const a2 = low(v1, v5);
  const a3 = high(v1, v5);
  const a4 = low(v2, v6);
  const a5 = high(v2, v6);
  const a6 = low(v3, v7);
  const a7 = high(v3, v7);
  const b0 = low(a0, a4);
  const b1 = high(a0, a4);
  const b2 = low(a1, a5);
  const b3 = high(a1, a5);
  const b4 = low(a2, a6);
  const b5 = high(a2, a6);
  const b6 = low(a3, a7);
  const b7 = high(a3, a7);
  v128.store(LINES, low(b0, b4), 0);
  v128.store(LINES, high(b0, b4), 16);
  v128.store(LINES, low(b1, b5), 32);
  v128.store(LINES, high(b1, b5), 48);
  v128.store(LINES, low(b2, b6), 64);
  v128.store(LINES, high(b2, b6), 80);
  v128.store(LINES, low(b3, b7), 96);
  v128.store(LINES, high(b3, b7), 112);
}
