// Planes of samples to the bytes between the markers of a JPEG: squares of 16 × 16 pixels, colour halved.
//
// What is coded is written backwards below a place, as bits.ts has it, and stuffed when a number of squares is done.
import { stuff } from "./bits";
import { forwardBlock } from "./forward-dct";
import { OFFSETS, presentIn } from "./order";

/** DC and AC of luminance, then of colour; by symbol: (code << bits that follow) << 5 | bits of both. */
export const CODES: usize = memory.data(4 * 256 * 4, 16);
const BLOCK: usize = memory.data(128, 16);

/** What a square may take: 6 blocks of 64 coefficients of 27 bits. */
const SQUARE_BYTES: usize = 6 * 64 * 27 / 8;
/** Room for squares, and for what is written and read past them. */
const ROOM: i32 = 32768;
const MARGIN: i32 = 32;
const SQUARES_TOP: usize = memory.data(MARGIN + ROOM + MARGIN, 16) + MARGIN + ROOM;
const NO_RUN: i32 = 0;
const LONG_RUN: i32 = 0xf0;

/** The bits that fill no byte yet, on the right, and how many they are; what stands before them is written. */
let bits: u64 = 0;
let held: i32 = 0;
let to: usize = 0;
/** Where the next byte of squares ends. */
let top: usize = SQUARES_TOP;
let luma: i32 = 0;
let blue: i32 = 0;
let red: i32 = 0;

/** Begins a picture. */
export function openScan(): void {
  bits = 0;
  held = 0;
  luma = 0;
  blue = 0;
  red = 0;
}

/** Says where the next bytes are to be written. */
export function writeTo(at: usize): void {
  to = at;
}

/** Where the bytes end that are written. */
export function writtenTo(): usize {
  return to;
}

/**
 * Encodes squares of a band of 16 rows, as many as have room.
 *
 * Blocks of luminance without any pixel of the picture repeat the block before, which takes the fewest bits.
 *
 * @param stride From one row to the next, in bytes.
 * @param halfFrom The first square whose right half lies beyond the picture.
 * @param isShort Whether the lower half does.
 * @returns The square to go on with.
 */
export function encodeSquares(
  y: usize,
  stride: usize,
  cb: usize,
  cr: usize,
  colourStride: usize,
  first: i32,
  end: i32,
  halfFrom: i32,
  isShort: bool,
  limit: usize,
): i32 {
  // Every byte may be stuffed.
  const room = min<usize>(ROOM, (limit - to) / 2 - MARGIN);
  const last = SQUARES_TOP - room + SQUARE_BYTES;
  top = SQUARES_TOP;
  let square = first;
  for (; square < end && top >= last; square++) {
    const at = y + (square << 4);
    const isHalf = square >= halfFrom;
    luma = encodeBlock(at, stride, 0, luma);
    if (isHalf) repeatBlock();
    else luma = encodeBlock(at + 8, stride, 0, luma);
    if (isShort) repeatBlock();
    else luma = encodeBlock(at + 8 * stride, stride, 0, luma);
    if (isHalf || isShort) repeatBlock();
    else luma = encodeBlock(at + 8 * stride + 8, stride, 0, luma);
    blue = encodeBlock(cb + (square << 3), colourStride, 1, blue);
    red = encodeBlock(cr + (square << 3), colourStride, 2, red);
  }
  to = stuff(SQUARES_TOP, <i32>(SQUARES_TOP - top), to);
  return square;
}

/** Encodes a block of luminance that has the same first coefficient as the block before, and no other. */
function repeatBlock(): void {
  const same = load<u32>(CODES);
  const end = load<u32>(CODES + 1024);
  bits = (((bits << (same & 31)) | (same >> 5)) << (end & 31)) | (end >> 5);
  held += (same & 31) + (end & 31);
  store<u64>(top - 8, bits << (64 - held));
  top -= held >> 3;
  held &= 7;
}

/** Fills the last byte with ones. */
export function closeScan(): void {
  const spare = (8 - held) & 7;
  bits = (bits << spare) | ((<u64>1 << spare) - 1);
  held += spare;
  while (held > 0) {
    held -= 8;
    to = writeByte(to, <u32>(bits >> held));
  }
}

function writeByte(at: usize, byte: u32): usize {
  store<u8>(at, <u8>byte);
  if ((byte & 255) !== 255) return at + 1;
  store<u8>(at + 1, 0);
  return at + 2;
}

/** Encodes a block; gives its first coefficient. */
function encodeBlock(from: usize, stride: usize, plane: i32, before: i32): i32 {
  forwardBlock(from, stride, plane, BLOCK);
  const dcCodes = plane === 0 ? CODES : CODES + 2048;
  const acCodes = dcCodes + 1024;
  let pending = bits;
  let count = held;
  let at = top;

  const first = <i32>load<i16>(BLOCK);
  const difference = first - before;
  const differenceBits = 32 - clz(abs(difference));
  let code = load<u32>(dcCodes + (differenceBits << 2));
  pending = (pending << (code & 31)) | ((code >> 5) | numberBits(difference, differenceBits));
  count += code & 31;
  store<u64>(at - 8, pending << (64 - count));
  at -= count >> 3;
  count &= 7;

  let last = 0;
  for (let present = presentIn(BLOCK) & ~1; present !== 0; ) {
    const place = <i32>ctz(present);
    const run = place - last - 1;
    if (run > 15) {
      code = load<u32>(acCodes + (LONG_RUN << 2));
      pending = (pending << (code & 31)) | (code >> 5);
      last += 16;
    } else {
      const value = <i32>load<i16>(BLOCK + load<u8>(OFFSETS + place));
      const size = 32 - clz(abs(value));
      code = load<u32>(acCodes + (((run << 4) | size) << 2));
      pending = (pending << (code & 31)) | ((code >> 5) | numberBits(value, size));
      last = place;
      present &= present - 1;
    }
    count += code & 31;
    store<u64>(at - 8, pending << (64 - count));
    at -= count >> 3;
    count &= 7;
  }
  if (last !== 63) {
    code = load<u32>(acCodes + (NO_RUN << 2));
    pending = (pending << (code & 31)) | (code >> 5);
    count += code & 31;
    store<u64>(at - 8, pending << (64 - count));
    at -= count >> 3;
    count &= 7;
  }
  bits = pending;
  held = count;
  top = at;
  return first;
}

/** The bits that say which number of a size it is (T.81, F.1.2.1): of a negative one those of the number below. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function numberBits(value: i32, size: i32): u32 {
  return (value + (value >> 31)) & ((1 << size) - 1);
}
