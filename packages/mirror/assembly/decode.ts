// A tile of 256 × 256 pixels to planes of samples: 256 × 256 of luminance, then 128 × 128 of blue and of red.
import { peek } from "./bits";
import { readCode, readNumber } from "./huffman";
import { inverseBlock, inverseFlatBlock, inverseSmoothBlock } from "./inverse-dct";
import { OFFSETS } from "./order";
import { CUT_OFF, LONG_BLOCK, NO_CODE, OK } from "./status";
import { firstAt, prepareWalk, walkRest } from "./walk";

/** Steps of the quantisation, 64 of 16 bits for luminance, for blue and for red, column by column. */
export const STEPS: usize = memory.data(3 * 128, 16);
const BLOCK: usize = memory.data(144, 16);

// By the next bits, u64: one coefficient or two. How many bits they take; << 8 steps to the first; << 16 steps from there to the second;
// << 32 the first; << 48 the second. Without a second one it is the first again; 0 where the first takes more bits.
const NEXT_BITS: i32 = 11;
const NEXTS = memory.data((2 << NEXT_BITS) * 8, 16);
/** How many times one can be looked up in the 57 bits that are there. */
const LOOKUPS: i32 = 5;
/** The same behind a first coefficient that was looked up, which takes 10 bits at most. */
const FIRST_LOOKUPS: i32 = 4;
/** Steps of the code that ends a block. */
const END: i32 = 128;

// By place in zigzag, u8: the offset in a block in bytes. What lies beyond the block is kept behind it.
const PLACES = memory.data(256, 16);
const BEYOND: i32 = 128;

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

/** Makes ready for tiles whose luminance (0) or colour (1) is coded with two tables. */
export function prepareDecode(component: i32, dc: i32, ac: i32): void {
  if (component === 0) {
    dcTable0 = dc;
    acTable0 = ac;
  } else {
    dcTable1 = dc;
    acTable1 = ac;
  }
  prepareWalk(component, dc, ac);
  const nexts = NEXTS + ((component << NEXT_BITS) << 3);
  for (let bits = 0; bits < 1 << NEXT_BITS; bits++) {
    store<u64>(nexts + (bits << 3), pairOf(ac, (<u64>bits) << (64 - NEXT_BITS)));
  }
  for (let place = 0; place < 256; place++) store<u8>(PLACES + place, place < 64 ? load<u8>(OFFSETS + place) : BEYOND);
}

/** What NEXTS has of bits. */
function pairOf(ac: i32, bits: u64): u64 {
  const first = readNext(ac, bits);
  const length = first & 63;
  if (first === 0 || length > NEXT_BITS) return 0;
  const value = <u64>((first >> 16) & 0xffff);
  const steps = (first >> 8) & 255;
  const alone = (value << 48) | (value << 32) | (steps << 8) | length;
  if (steps === END) return alone;
  const second = readNext(ac, bits << length);
  const both = length + (second & 63);
  if (second === 0 || both > NEXT_BITS) return alone;
  const other = <u64>((second >> 16) & 0xffff);
  return (other << 48) | (value << 32) | ((((second >> 8) & 255) + 1) << 16) | (steps << 8) | both;
}

/** Reads one code and the number behind it: that << 16 | zeros before it << 8 | bits of both; 0 for bits that are none. */
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
      if (row < firstRow || column < firstColumn || column >= endColumn) {
        luma += stepOver(0);
        luma += stepOver(0);
        luma += stepOver(0);
        luma += stepOver(0);
        blue += stepOver(1);
        red += stepOver(1);
      } else {
        const y = planes + row * 16 * TILE + column * 16;
        const colour = row * 8 * HALF + column * 8;
        luma = decodeBlock(0, 0, luma, y, TILE);
        luma = decodeBlock(0, 0, luma, y + 8, TILE);
        luma = decodeBlock(0, 0, luma, y + 8 * TILE, TILE);
        luma = decodeBlock(0, 0, luma, y + 8 * TILE + 8, TILE);
        blue = decodeBlock(1, 1, blue, cb + colour, HALF);
        red = decodeBlock(1, 2, red, cr + colour, HALF);
      }
      if (status !== OK) return status;
      if (position > bytes << 3) return CUT_OFF;
    }
  }
  return OK;
}

/** Goes over a block that is not wanted; gives the difference that its first coefficient makes. */
function stepOver(component: i32): i32 {
  let at = position;
  const difference = readFirst(component, peek(tileTop, at));
  at = walkRest(tileTop, component, at + firstLength);
  if (at < 0) status = -at;
  else position = at;
  return difference;
}

/** How many bits the first coefficient took that was read last. */
let firstLength: i32 = 0;

/** Reads the difference of a first coefficient. */
function readFirst(component: i32, bits: u64): i32 {
  const code = readCode(component === 0 ? dcTable0 : dcTable1, bits);
  const length = code & 255;
  const size = code >> 8;
  firstLength = length + size;
  if (code !== 0 && size <= 15) return readNumber(bits << length, size);
  status = NO_CODE;
  return 0;
}

/** Decodes a block; gives its first coefficient. */
function decodeBlock(component: i32, plane: i32, before: i32, to: usize, stride: usize): i32 {
  const top = tileTop;
  let at = position;
  let bits = peek(top, at);
  const zero = i32x4.splat(0);
  v128.store(BLOCK, zero, 0);
  v128.store(BLOCK, zero, 16);
  v128.store(BLOCK, zero, 32);
  v128.store(BLOCK, zero, 48);
  v128.store(BLOCK, zero, 64);
  v128.store(BLOCK, zero, 80);
  v128.store(BLOCK, zero, 96);
  v128.store(BLOCK, zero, 112);
  let first = before;
  let lookups = FIRST_LOOKUPS;
  const found = firstAt(component, bits);
  if (found !== 0) {
    first += found >> 16;
    bits <<= found;
    at += found & 255;
  } else {
    first += readFirst(component, bits);
    at += firstLength;
    lookups = 0;
  }
  store<i16>(BLOCK, <i16>first);

  const nexts = NEXTS + ((component << NEXT_BITS) << 3);
  let seen = 0;
  let index = 1;
  while (true) {
    let isSingle = false;
    let entry: u64 = 0;
    let start = index;
    for (; lookups > 0 && index < 64; lookups--) {
      entry = load<u64>(nexts + (<usize>(bits >> (64 - NEXT_BITS)) << 3));
      if (entry === 0) {
        isSingle = true;
        break;
      }
      bits <<= entry;
      at += <i32>entry & 63;
      start = index;
      const place = index + ((<i32>entry >> 8) & 255);
      const other = place + ((<i32>entry >> 16) & 255);
      const offset = <i32>load<u8>(PLACES + place);
      const otherOffset = <i32>load<u8>(PLACES + other);
      store<i16>(BLOCK + offset, <i16>(entry >> 32));
      store<i16>(BLOCK + otherOffset, <i16>(entry >> 48));
      seen |= offset | otherOffset;
      index = other + 1;
    }
    if (index > 63) {
      if (index === 64 || (index > END + 1 && index < END + 65)) break;
      // The second code belongs to the next block, or the first one leads beyond this.
      at -= <i32>entry & 63;
      index = start;
      isSingle = true;
    }
    bits = peek(top, at);
    lookups = LOOKUPS;
    if (!isSingle) continue;
    const next = readNext(component === 0 ? acTable0 : acTable1, bits);
    if (next === 0) {
      status = NO_CODE;
      return 0;
    }
    at += next & 63;
    index += (next >> 8) & 255;
    if (index > 63) {
      if (index >= END) break;
      status = LONG_BLOCK;
      return 0;
    }
    const offset = <i32>load<u8>(PLACES + index);
    store<i16>(BLOCK + offset, <i16>(next >> 16));
    seen |= offset;
    index += 1;
    if (index === 64) break;
    bits = peek(top, at);
  }
  position = at;
  seen &= BEYOND - 1;
  const steps = STEPS + (plane << 7);
  if (seen === 0) inverseFlatBlock(BLOCK, steps, to, stride);
  else if ((seen & FINE) === 0) inverseSmoothBlock(BLOCK, steps, to, stride);
  else inverseBlock(BLOCK, steps, to, stride);
  return first;
}
