// A tile of 256 × 256 pixels to planes of samples: 256 × 256 of luminance, then 128 × 128 of blue and of red.
import { peek } from "./bits";
import { readCode, readNumber } from "./huffman";
import { inverseBlock, inverseFlatBlock, inverseSmoothBlock } from "./inverse-dct";
import { OFFSETS } from "./order";
import { CUT_OFF, LONG_BLOCK, NO_CODE, OK } from "./status";

/** Steps of the quantisation, 64 of 16 bits for luminance, for blue and for red, column by column. */
export const STEPS: usize = memory.data(3 * 128, 16);
const BLOCK: usize = memory.data(128, 16);

// By the next bits, i32: a coefficient << 16 | how many zeros come before it << 8 | how many bits both take; 0 where they take
// more.
const NEXT_BITS: i32 = 11;
const NEXTS = memory.data((2 << NEXT_BITS) * 4, 16);
/** Zeros of the code that ends a block. */
const END: i32 = 128;
/** A code and its number take 31 bits at most; 57 are there. */
const SURE_BITS: i32 = 57 - 31;

const TILE: i32 = 256;
const HALF: i32 = 128;
const SQUARES: i32 = 16;
/** Offsets of coefficients outside of the 4 × 4 of the lowest frequencies have one of these bits. */
const FINE: i32 = 0b1001000;

let dcTable0: i32 = 0;
let dcTable1: i32 = 1;
let acTable0: i32 = 2;
let acTable1: i32 = 3;

let tileTop: usize = 0;
let position: i32 = 0;
let status: i32 = OK;
let isWanted: bool = true;

/** Makes ready for tiles whose luminance (0) or colour (1) is coded with two tables. */
export function prepareDecode(component: i32, dc: i32, ac: i32): void {
  if (component === 0) {
    dcTable0 = dc;
    acTable0 = ac;
  } else {
    dcTable1 = dc;
    acTable1 = ac;
  }
  const nexts = NEXTS + ((component << NEXT_BITS) << 2);
  for (let bits = 0; bits < 1 << NEXT_BITS; bits++) {
    const entry = readNext(ac, (<u64>bits) << (64 - NEXT_BITS));
    store<i32>(nexts + (bits << 2), (entry & 63) > NEXT_BITS ? 0 : entry);
  }
}

/** Reads one code and the number behind it, as NEXTS has them; 0 for bits that are none. */
function readNext(ac: i32, bits: u64): i32 {
  const code = readCode(ac, bits);
  const length = code & 255;
  const size = (code >> 8) & 15;
  const run = code >> 12;
  if (size === 0) return run === 15 ? (15 << 8) | length : run === 0 && code !== 0 ? (END << 8) | length : 0;
  return (readNumber(bits << length, size) << 16) | (run << 8) | (length + size);
}

/**
 * Decodes a tile whose bytes lie backwards below `top`, and writes its planes, as far as they lie in the wanted squares.
 *
 * @param bytes How many there are.
 */
export function decodeTile(
  top: usize,
  bytes: i32,
  planes: usize,
  firstColumn: i32,
  endColumn: i32,
  firstRow: i32,
  endRow: i32,
): i32 {
  tileTop = top;
  position = 0;
  status = OK;
  let luma = 0;
  let blue = 0;
  let red = 0;
  const cb = planes + TILE * TILE;
  const cr = cb + HALF * HALF;
  for (let row = 0; row < endRow; row++) {
    for (let column = 0; column < SQUARES; column++) {
      isWanted = row >= firstRow && column >= firstColumn && column < endColumn;
      const y = planes + row * 16 * TILE + column * 16;
      const colour = row * 8 * HALF + column * 8;
      luma = decodeBlock(0, 0, luma, y, TILE);
      luma = decodeBlock(0, 0, luma, y + 8, TILE);
      luma = decodeBlock(0, 0, luma, y + 8 * TILE, TILE);
      luma = decodeBlock(0, 0, luma, y + 8 * TILE + 8, TILE);
      blue = decodeBlock(1, 1, blue, cb + colour, HALF);
      red = decodeBlock(1, 2, red, cr + colour, HALF);
      if (status !== OK) return status;
      if (position > bytes << 3) return CUT_OFF;
    }
  }
  return OK;
}

/** Decodes a block; gives its first coefficient. */
function decodeBlock(component: i32, plane: i32, before: i32, to: usize, stride: usize): i32 {
  let bits = peek(tileTop, position);
  const code = readCode(component === 0 ? dcTable0 : dcTable1, bits);
  const size = code >> 8;
  if (code === 0 || size > 15) {
    status = NO_CODE;
    return 0;
  }
  bits <<= code & 63;
  const first = before + readNumber(bits, size);
  bits <<= size;
  let used = (code & 255) + size;
  const zero = i32x4.splat(0);
  v128.store(BLOCK, zero, 0);
  v128.store(BLOCK, zero, 16);
  v128.store(BLOCK, zero, 32);
  v128.store(BLOCK, zero, 48);
  v128.store(BLOCK, zero, 64);
  v128.store(BLOCK, zero, 80);
  v128.store(BLOCK, zero, 96);
  v128.store(BLOCK, zero, 112);
  store<i16>(BLOCK, <i16>first);

  const nexts = NEXTS + ((component << NEXT_BITS) << 2);
  let seen = 0;
  for (let index = 1; index < 64; index++) {
    if (used > SURE_BITS) {
      position += used;
      used = 0;
      bits = peek(tileTop, position);
    }
    let entry = load<i32>(nexts + ((<usize>(bits >> (64 - NEXT_BITS))) << 2));
    if (entry === 0) {
      entry = readNext(component === 0 ? acTable0 : acTable1, bits);
      if (entry === 0) {
        status = NO_CODE;
        return 0;
      }
    }
    used += entry & 63;
    bits <<= entry;
    index += (entry >> 8) & 255;
    if (index > 63) {
      if (index < END) {
        status = LONG_BLOCK;
        return 0;
      }
      break;
    }
    const offset = load<u8>(OFFSETS + index);
    store<i16>(BLOCK + offset, <i16>(entry >> 16));
    seen |= offset;
  }
  position += used;
  if (!isWanted) return first;
  const steps = STEPS + (plane << 7);
  if (seen === 0) inverseFlatBlock(BLOCK, steps, to, stride);
  else if ((seen & FINE) === 0) inverseSmoothBlock(BLOCK, steps, to, stride);
  else inverseBlock(BLOCK, steps, to, stride);
  return first;
}
