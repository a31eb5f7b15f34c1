// Goes over the blocks of a tile without reading their coefficients: only where they lie, and their first coefficients.
import { peek } from "./bits";
import { readCode, readNumber } from "./huffman";
import { CUT_OFF, LONG_BLOCK, NO_CODE, OK } from "./status";

// By the next bits of coefficients, u16: how many coefficients they step over << 8 | how many bits those take. Several codes at once.
const STEP_BITS: i32 = 13;
const STEPS = memory.data((2 << STEP_BITS) * 2, 4);
/** Added to the coefficients of an entry that ends its block. */
const END: i32 = 128;
/** The coefficients of an entry without a code that fits. */
const NONE: i32 = 64;

// By the next bits of a first coefficient, i32: its difference << 16 | how many bits it takes; 0 where it takes more.
const FIRST_BITS: i32 = 10;
const FIRSTS = memory.data((2 << FIRST_BITS) * 4, 4);

// Tables 0 and 1: what luminance and colour use.
let dcTable0: i32 = 0;
let dcTable1: i32 = 1;
let acTable0: i32 = 2;
let acTable1: i32 = 3;

/** Where a square of 16 × 16 pixels lies among a tile's bits, and the first coefficients before it. */
@unmanaged
export class Mark {
  /** Where it begins, in bits: with the first coefficient of its first block of luminance. */
  startLow: u16;
  startHigh: u16;
  /** What its first coefficients are differences to. */
  luma: i16;
  blue: i16;
  red: i16;
}

/** Where a square begins. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function startOf(mark: Mark): i32 {
  return (<i32>mark.startHigh << 16) | mark.startLow;
}

/** Makes ready for tiles whose luminance (0) or colour (1) is coded with two tables. */
export function prepareWalk(component: i32, dc: i32, ac: i32): void {
  if (component === 0) {
    dcTable0 = dc;
    acTable0 = ac;
  } else {
    dcTable1 = dc;
    acTable1 = ac;
  }
  const steps = STEPS + ((component << STEP_BITS) << 1);
  for (let bits = 0; bits < 1 << STEP_BITS; bits++) store<u16>(steps + (bits << 1), stepOf(ac, bits));
  const firsts = FIRSTS + ((component << FIRST_BITS) << 2);
  for (let bits = 0; bits < 1 << FIRST_BITS; bits++) store<i32>(firsts + (bits << 2), firstOf(dc, bits));
}

function stepOf(ac: i32, next: i32): i32 {
  const bits = <u64>next << (64 - STEP_BITS);
  let used = 0;
  let steps = 0;
  while (used < STEP_BITS) {
    const code = readCode(ac, bits << used);
    const size = (code >> 8) & 15;
    const run = code >> 12;
    const taken = used + (code & 255) + size;
    if (code === 0 || taken > STEP_BITS) break;
    if (size === 0 && run === 0) return ((END + steps) << 8) | taken;
    if ((size === 0 && run !== 15) || steps + run > 62) break;
    used = taken;
    steps += run + 1;
  }
  return used === 0 ? NONE << 8 : (steps << 8) | used;
}

function firstOf(dc: i32, next: i32): i32 {
  const bits = <u64>next << (64 - FIRST_BITS);
  const code = readCode(dc, bits);
  const size = code >> 8;
  const taken = (code & 255) + size;
  return code === 0 || taken > FIRST_BITS ? 0 : (readNumber(bits << (code & 255), size) << 16) | taken;
}

/** A first coefficient at the head of the bits: its difference << 16 | how many bits it takes; 0 where it takes more than ten. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function firstAt(component: i32, bits: u64): i32 {
  return load<i32>(FIRSTS + ((component << FIRST_BITS) << 2) + (<usize>(bits >> (64 - FIRST_BITS)) << 2));
}

/** Reads a first coefficient: its difference << 32 | where it ends; `NO_FIRST` for bits that are none. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function walkFirst(top: usize, component: i32, at: i32): i64 {
  const found = firstAt(component, peek(top, at));
  return found !== 0 ? (<i64>(found >> 16) << 32) | (at + (found & 255)) : searchFirst(top, component, at);
}

const NO_FIRST: i64 = i64.MIN_VALUE;

function searchFirst(top: usize, component: i32, at: i32): i64 {
  const bits = peek(top, at);
  const code = readCode(component === 0 ? dcTable0 : dcTable1, bits);
  const length = code & 255;
  const size = code >> 8;
  if (code === 0 || size > 11) return NO_FIRST;
  return (<i64>readNumber(bits << length, size) << 32) | (at + length + size);
}

/** Goes over the other coefficients of a block: where it ends, or minus a status. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function walkRest(top: usize, component: i32, at: i32): i32 {
  const table = STEPS + ((component << STEP_BITS) << 1);
  let index = 1;
  while (true) {
    let bits = peek(top, at);
    let entry = 0;
    // 57 bits are there: enough for four entries.
    for (let more = 4; more > 0 && index < 64; more--) {
      entry = <i32>load<u16>(table + (<usize>(bits >> (64 - STEP_BITS)) << 1));
      // A shift counts by its lowest six bits.
      bits <<= entry;
      at += entry & 63;
      index += entry >> 8;
    }
    if (index < 64) continue;
    if (index > END && index < END + 64) return at;
    // No entry, or one that leads beyond the block: one code at a time.
    const next = walkCode(top, component, at - (entry & 63), index - (entry >> 8));
    if (next < 0) return next;
    at = next >> 8;
    index = next & 255;
    if (index > 63) return at;
  }
}

/** Goes over one code: where it ends << 8 | the index after it, 64 at the block's end; minus a status for bits that are none. */
function walkCode(top: usize, component: i32, at: i32, index: i32): i32 {
  const code = readCode(component === 0 ? acTable0 : acTable1, peek(top, at));
  if (code === 0) return -NO_CODE;
  const size = (code >> 8) & 15;
  const run = code >> 12;
  const end = (at + (code & 255) + size) << 8;
  if (size === 0 && run === 0) return end | 64;
  if (size === 0 && run !== 15) return -NO_CODE;
  index += run + 1;
  return index > 64 || (size === 0 && index > 63) ? -LONG_BLOCK : end | index;
}

/**
 * Goes over the squares of a tile that lies backwards below `top`, and notes where they are and where the last one ends.
 *
 * @param bytes How many the tile has.
 * @param marks Room for one more than there are squares.
 */
export function walkTile(top: usize, bytes: i32, marks: usize, squares: i32): i32 {
  walkedTo = 0;
  let luma = 0;
  let blue = 0;
  let red = 0;
  for (let square = 0; square <= squares; square++, marks += offsetof<Mark>()) {
    const mark = changetype<Mark>(marks);
    mark.startLow = <u16>walkedTo;
    mark.startHigh = <u16>(walkedTo >> 16);
    mark.luma = <i16>luma;
    mark.blue = <i16>blue;
    mark.red = <i16>red;
    if (square === squares) break;
    for (let block = 0; block < 4; block++) {
      const status = walkBlock(top, 0);
      if (status !== OK) return status;
      luma += difference;
    }
    let status = walkBlock(top, 1);
    if (status !== OK) return status;
    blue += difference;
    status = walkBlock(top, 1);
    if (status !== OK) return status;
    red += difference;
    if (walkedTo > bytes << 3) return CUT_OFF;
  }
  return OK;
}

/** Where the next block begins. */
let walkedTo: i32 = 0;
/** Of the block that was gone over last: where its other coefficients begin, and the difference that its first one makes. */
let restFrom: i32 = 0;
let difference: i32 = 0;

// @ts-expect-error: a decorator of AssemblyScript
@inline
function walkBlock(top: usize, component: i32): i32 {
  const first = walkFirst(top, component, walkedTo);
  if (first === NO_FIRST) return NO_CODE;
  difference = <i32>(first >> 32);
  restFrom = <i32>first;
  const at = walkRest(top, component, restFrom);
  if (at < 0) return -at;
  walkedTo = at;
  return OK;
}

/** Goes over blocks of a square that is known to be sound. */
export function walkOn(top: usize, from: i32, component: i32, blocks: i32): void {
  walkedTo = from;
  for (; blocks > 0; blocks--) walkBlock(top, component);
}

/** Where the blocks end that were gone over. */
export function walkEnd(): i32 {
  return walkedTo;
}

/** Where the other coefficients begin of the block that was gone over last, and the difference that its first one makes. */
export function walkedRest(): i32 {
  return restFrom;
}

export function walkedDifference(): i32 {
  return difference;
}
