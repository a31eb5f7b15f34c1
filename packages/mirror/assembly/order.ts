// Where the coefficients of a block lie: column by column, 16 bits each, while JPEG has them in zigzag (T.81, figure A.6).

/** By place in zigzag: the offset in a block in bytes. */
export const OFFSETS: usize = memory.data(64, 16);
/** By column and byte of a mask: the same mask by place in zigzag, 8 bytes. */
const MASKS = memory.data(8 * 256 * 8, 16);

prepareOrder();

function prepareOrder(): void {
  let row = 0;
  let column = 0;
  for (let place = 0; place < 64; place++) {
    store<u8>(OFFSETS + place, <u8>((column * 8 + row) * 2));
    for (let byte = 0; byte < 256; byte++) {
      const mask = MASKS + ((column * 256 + byte) << 3);
      if (byte & (1 << row)) store<u64>(mask, load<u64>(mask) | (<u64>1 << place));
    }
    const isRising = ((row + column) & 1) === 0;
    if (isRising) {
      if (column === 7) row++;
      else {
        column++;
        if (row > 0) row--;
      }
    } else if (row === 7) column++;
    else {
      row++;
      if (column > 0) column--;
    }
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function maskOf(column: i32, byte: i32): u64 {
  return load<u64>(MASKS + ((column * 256 + (byte & 255)) << 3));
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function zeros(block: usize, column: i32): i32 {
  const values = i8x16.narrow_i16x8_s(v128.load(block + (column << 4)), v128.load(block + (column << 4), 16));
  return i8x16.bitmask(i8x16.eq(values, i8x16.splat(0)));
}

/** Which coefficients of a block are not zero, by place in zigzag. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function presentIn(block: usize): u64 {
  const a = ~zeros(block, 0);
  const b = ~zeros(block, 2);
  const c = ~zeros(block, 4);
  const d = ~zeros(block, 6);
  return maskOf(0, a) | maskOf(1, a >> 8) | maskOf(2, b) | maskOf(3, b >> 8)
    | maskOf(4, c) | maskOf(5, c >> 8) | maskOf(6, d) | maskOf(7, d >> 8);
}
