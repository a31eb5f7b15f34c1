// Bands of samples, cut out of tiles. Loops go 16 bytes at a time and may write up to 15 bytes past a row's end.

/** Copies a rectangle of samples. */
export function copyRows(from: usize, fromStride: usize, to: usize, toStride: usize, width: i32, rows: i32): void {
  for (; rows > 0; rows--, from += fromStride, to += toStride) {
    for (let x = 0; x < width; x += 16) v128.store(to + x, v128.load(from + x));
  }
}

/** Repeats the last sample of each row up to a width. */
export function padRows(plane: usize, stride: usize, width: i32, padded: i32, rows: i32): void {
  for (; rows > 0; rows--, plane += stride) memory.fill(plane + width, load<u8>(plane + width - 1), padded - width);
}

/** Repeats the last row up to a number of rows. */
export function padColumns(plane: usize, stride: usize, rows: i32, padded: i32): void {
  const last = plane + <usize>(rows - 1) * stride;
  for (; rows < padded; rows++) memory.copy(plane + <usize>rows * stride, last, stride);
}

/** Puts between each two neighbours of a row their mean. */
export function averageAcross(plane: usize, stride: usize, width: i32, rows: i32): void {
  for (; rows > 0; rows--, plane += stride) {
    for (let x = 0; x < width; x += 16) {
      const at = plane + x;
      v128.store(at, i8x16.avgr_u(v128.load(at), v128.load(at, 1)));
    }
  }
}

/** Puts between each two rows their mean. There is one row more than is made. */
export function averageDown(plane: usize, stride: usize, width: i32, rows: i32): void {
  for (; rows > 0; rows--, plane += stride) {
    for (let x = 0; x < width; x += 16) {
      const at = plane + x;
      v128.store(at, i8x16.avgr_u(v128.load(at), v128.load(at + stride)));
    }
  }
}

/** Puts between each four samples their mean. There is one row more than is made. */
export function averageSquares(plane: usize, stride: usize, width: i32, rows: i32): void {
  for (; rows > 0; rows--, plane += stride) {
    for (let x = 0; x < width; x += 16) {
      const at = plane + x;
      const a = v128.load(at);
      const b = v128.load(at, 1);
      const c = v128.load(at + stride);
      const d = v128.load(at + stride, 1);
      v128.store(at, i8x16.narrow_i16x8_u(
        quarter(lowHalf(a), lowHalf(b), lowHalf(c), lowHalf(d)),
        quarter(highHalf(a), highHalf(b), highHalf(c), highHalf(d)),
      ));
    }
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function lowHalf(bytes: v128): v128 {
  return i16x8.extend_low_i8x16_u(bytes);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function highHalf(bytes: v128): v128 {
  return i16x8.extend_high_i8x16_u(bytes);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function quarter(a: v128, b: v128, c: v128, d: v128): v128 {
  return i16x8.shr_u(i16x8.add(i16x8.add(i16x8.add(a, b), i16x8.add(c, d)), i16x8.splat(2)), 2);
}
