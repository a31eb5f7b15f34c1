// Huffman tables as JPEG has them (ITU-T T.81, annexes C and F), and codes read by them.
import { MANY_CODES, OK } from "./status";

/** Codes up to this length are looked up; longer ones are searched. */
const LOOKUP_BITS: i32 = 10;

/** Tables: DC 0, DC 1, AC 0, AC 1; and the same again, for what is written by others than it is read by. */
const TABLES: i32 = 8;
const SPEC_BYTES: i32 = 16 + 256;

// A table: how many codes each length has, and the symbols in the order of their codes.
const SPECS = memory.data(TABLES * SPEC_BYTES, 8);
// Per table and length: the first code that is longer, its bits on the left of 16; and what leads from a code to its symbol.
const LIMITS = memory.data(TABLES * 17 * 4, 4);
const STEPS = memory.data(TABLES * 17 * 4, 4);
// Per table, by the next bits: symbol << 8 | length, or 0 for a longer code.
const LOOKUPS = memory.data((TABLES << LOOKUP_BITS) * 2, 4);
// Per table and symbol: code << 8 | length, or 0 where the symbol has no code.
const CODES = memory.data(TABLES * 256 * 4, 4);

/** Where the caller writes a table before `setTable`: 16 counts, and up to 256 symbols. */
export function tableSpec(table: i32): usize {
  return SPECS + table * SPEC_BYTES;
}

/** By the next `LOOKUP_BITS` bits, u16: symbol << 8 | length; 0 for a longer code. */
function lookupOf(table: i32): usize {
  return LOOKUPS + ((table << LOOKUP_BITS) << 1);
}

/** By symbol, u32: code << 8 | length; 0 where the symbol has no code. */
export function codesOf(table: i32): usize {
  return CODES + (table << 10);
}

/** Takes the table that was written to `tableSpec`. */
export function setTable(table: i32): i32 {
  const spec = tableSpec(table);
  memory.fill(lookupOf(table), 0, 2 << LOOKUP_BITS);
  memory.fill(codesOf(table), 0, 1024);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(spec + length - 1);
    if (code + count > 1 << length || index + count > 256) return MANY_CODES;
    store<i32>(STEPS + ((table * 17 + length) << 2), index - code);
    for (let end = index + count; index < end; index++, code++) addCode(table, load<u8>(spec + 16 + index), code, length);
    store<i32>(LIMITS + ((table * 17 + length) << 2), code << (16 - length));
    code <<= 1;
  }
  return OK;
}

function addCode(table: i32, symbol: i32, code: i32, length: i32): void {
  store<u32>(codesOf(table) + (symbol << 2), (code << 8) | length);
  if (length > LOOKUP_BITS) return;
  const spare = LOOKUP_BITS - length;
  const first = lookupOf(table) + ((code << spare) << 1);
  for (let at = 0; at < 1 << spare; at++) store<u16>(first + (at << 1), (symbol << 8) | length);
}

/** The code at the head of the bits: symbol << 8 | length; 0 where there is none. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function readCode(table: i32, bits: u64): i32 {
  const found = <i32>load<u16>(lookupOf(table) + (<usize>(bits >> (64 - LOOKUP_BITS)) << 1));
  return found !== 0 ? found : searchCode(table, bits);
}

function searchCode(table: i32, bits: u64): i32 {
  const next = <i32>(bits >> 48);
  for (let length = LOOKUP_BITS + 1; length <= 16; length++) {
    if (next >= load<i32>(LIMITS + ((table * 17 + length) << 2))) continue;
    const index = (next >> (16 - length)) + load<i32>(STEPS + ((table * 17 + length) << 2));
    return (<i32>load<u8>(tableSpec(table) + 16 + index) << 8) | length;
  }
  return 0;
}

/** The number that stands in the first `size` bits, 0 to 15 (T.81, F.2.2.1): a leading 0 makes it negative. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function readNumber(bits: u64, size: i32): i32 {
  const read = <i32>((bits >> 1) >> (63 - size));
  return read - (((1 << size) - 1) & (<i32>(bits >> 63) - 1));
}
