// Writes bits backwards below a place, as bits.ts has them.
import { peek } from "./bits";
import { codesOf } from "./huffman";
import { NO_DIFFERENCE, OK } from "./status";

/** Where the next byte ends; the bits that do not fill it yet, on the left of 64, and how many they are. */
let outTop: usize = 0;
let held: u64 = 0;
let heldBits: i32 = 0;

/** Writes below a place from now on. What is held stays held. */
export function writeBelow(top: usize): void {
  outTop = top;
}

/** Forgets what is held. */
export function clearBits(): void {
  held = 0;
  heldBits = 0;
}

/** Holds bits, on the left of 64, that fill no byte yet. */
export function hold(bits: u64, count: i32): void {
  held = bits;
  heldBits = count;
}

export function holding(): u64 {
  return held;
}

export function holdingBits(): i32 {
  return heldBits;
}

/** How far it has written: all bytes that are full lie from here on. */
export function writtenDownTo(): usize {
  return outTop;
}

/** Fills the byte that is begun with ones, as a JPEG ends (T.81, F.1.2.3). */
export function fillByte(): void {
  if (heldBits > 0) putBits(u64.MAX_VALUE, 8 - heldBits);
}

/** Writes the leftmost 1 to 56 bits. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function putBits(bits: u64, count: i32): void {
  held |= (bits & ~(u64.MAX_VALUE >> count)) >> heldBits;
  store<u64>(outTop - 8, held);
  heldBits += count;
  outTop -= heldBits >> 3;
  held <<= heldBits & 56;
  heldBits &= 7;
}

/** Writes the difference of two first coefficients. */
export function putDifference(dc: i32, difference: i32): i32 {
  const size = 32 - clz(abs(difference));
  const code = load<u32>(codesOf(dc) + (size << 2));
  if (size > 11 || code === 0) return NO_DIFFERENCE;
  const number = (difference - <i32>(difference < 0)) & ((1 << size) - 1);
  const length = (code & 255) + size;
  putBits(<u64>(((code >> 8) << size) | number) << (64 - length), length);
  return OK;
}

/** Copies bits of bytes that lie backwards. */
export function copyBits(top: usize, from: i32, to: i32): void {
  let bits = held;
  let out = outTop;
  // Steps of seven bytes: a load has that many whole ones from any bit on, and what is held stays as long as it is.
  for (; to - from > 56; from += 56) {
    bits |= (peek(top, from) & ~255) >> heldBits;
    store<u64>(out - 8, bits);
    bits <<= 56;
    out -= 7;
  }
  held = bits;
  outTop = out;
  if (to > from) putBits(peek(top, from), to - from);
}
