// Cuts a JPEG into tiles without decoding it: what is coded by its Huffman tables is coded by others, one code after the other. Only the first
// coefficients of a tile's first square in each row are differences to another square than before.
import { peek, SLACK, stuff, unstuff, unstuffedTo } from "./bits";
import { codesOf, readCode, readNumber } from "./huffman";
import { CUT_OFF, LONG_BLOCK, NO_CODE, NO_SYMBOL, OK } from "./status";
import { fillByte, hold, holding, holdingBits, putBits, putDifference, writeBelow, writtenDownTo } from "./write-bits";

// Tables that are read by, and those that are written by.
const READ_DC: i32 = 0;
const READ_AC: i32 = 2;
const WRITE_DC: i32 = 4;
const WRITE_AC: i32 = 6;

const MARGIN: usize = 64;
/** Bytes that are taken at a time, and that may be left of those before. */
const INPUT_BYTES: usize = 65536;
/** A call writes at most 16 squares of 6 × 64 codes of 27 bits, and a tile of filling. */
const OUTPUT_BYTES: usize = 65536;
/** Tiles side by side. */
const TILES: i32 = 256;

/** A tile that is begun: bits that fill no byte yet, and the first coefficients that were written last. */
@unmanaged
class Begun {
  held: u64;
  heldBits: i32;
  luma: i32;
  blue: i32;
  red: i32;
}

let begun: usize = 0;
let input: usize = 0;
let top: usize = 0;
let scratchTop: usize = 0;
let output: usize = 0;
let outputEnd: usize = 0;

/** Bytes below `top`, and where the next square begins, in bits. */
let bytes: i32 = 0;
let position: i32 = 0;

// The first coefficients that were read last.
let luma: i32 = 0;
let blue: i32 = 0;
let red: i32 = 0;

/** Begins a picture; gives where its bytes are to be put before `feedCut`, or 0 when there is no memory. */
export function openCut(): usize {
  begun = (__heap_base + 15) & ~15;
  input = begun + TILES * offsetof<Begun>() + MARGIN;
  top = input + INPUT_BYTES + MARGIN + SLACK + MARGIN + 2 * INPUT_BYTES;
  scratchTop = top + MARGIN + OUTPUT_BYTES;
  output = scratchTop + MARGIN;
  memory.fill(begun, 0, TILES * offsetof<Begun>());
  bytes = 0;
  position = 0;
  luma = 0;
  blue = 0;
  red = 0;
  const pages = <i32>((output + 2 * OUTPUT_BYTES + MARGIN + 0xffff) >> 16) - memory.size();
  return pages > 0 && memory.grow(pages) < 0 ? 0 : input;
}

/** Bytes that are not read yet. */
export function aheadOfCut(): i32 {
  return bytes - (position >> 3);
}

/** Takes more bytes, up to the first marker or an FF at their end; gives how many it took. No more are ahead than fit. */
export function feedCut(size: i32): i32 {
  const read = position >> 3;
  const left = bytes - read;
  memory.copy(top - left, top - bytes, left);
  position &= 7;
  bytes = left + unstuff(input, size, top - left);
  return <i32>(unstuffedTo() - input);
}

/** Copies the next squares, 16 at most, to a tile, and fills it with squares like its last. */
export function cutSquares(tile: i32, copied: i32, filled: i32, isLast: bool): i32 {
  const place = changetype<Begun>(begun + <usize>tile * offsetof<Begun>());
  hold(place.held, place.heldBits);
  writeBelow(scratchTop);
  for (let square = 0; square < copied; square++) {
    let status = OK;
    for (let block = 0; block < 4 && status === OK; block++) {
      status = copyBlock(0, luma, place.luma);
      luma = place.luma = first;
    }
    if (status !== OK) return status;
    status = copyBlock(1, blue, place.blue);
    blue = place.blue = first;
    if (status !== OK) return status;
    status = copyBlock(1, red, place.red);
    red = place.red = first;
    if (status !== OK) return status;
  }
  if (position > bytes << 3) return CUT_OFF;
  for (let block = filled * 6; block > 0; block--) putFlat(block % 6 > 2 || block % 6 === 0 ? 0 : 1);
  if (isLast) {
    fillByte();
    hold(holding(), 0);
  }
  outputEnd = stuff(scratchTop, <i32>(scratchTop - writtenDownTo()), output);
  place.held = holding();
  place.heldBits = holdingBits();
  if (isLast) memory.fill(changetype<usize>(place), 0, offsetof<Begun>());
  return OK;
}

/** Steps over what fills the last byte, as before a marker. */
export function alignCut(): void {
  position = (position + 7) & ~7;
  luma = 0;
  blue = 0;
  red = 0;
}

export function cutStart(): usize {
  return output;
}

export function cutSize(): usize {
  return outputEnd - output;
}

/** A block whose pixels are all like the block before. */
function putFlat(component: i32): void {
  putDifference(WRITE_DC + component, 0);
  const end = load<u32>(codesOf(WRITE_AC + component));
  putBits(<u64>(end >> 8) << (64 - (end & 255)), end & 255);
}

/** The first coefficient that was read last. */
let first: i32 = 0;

/**
 * Copies a block.
 *
 * @param before The first coefficient of the block that was read before it, of the same component.
 * @param written That of the block that stands before it in the tile.
 */
function copyBlock(component: i32, before: i32, written: i32): i32 {
  const bits = peek(top, position);
  const code = readCode(READ_DC + component, bits);
  const length = code & 255;
  const size = code >> 8;
  if (code === 0 || size > 11) return NO_CODE;
  position += length + size;
  first = before + readNumber(bits << length, size);
  const status = putDifference(WRITE_DC + component, first - written);
  return status === OK ? copyRest(component) : status;
}

/** Copies the other coefficients of a block. */
function copyRest(component: i32): i32 {
  const codes = codesOf(WRITE_AC + component);
  let at = position;
  for (let index = 1; index < 64;) {
    const bits = peek(top, at);
    const code = readCode(READ_AC + component, bits);
    if (code === 0) return NO_CODE;
    const length = code & 255;
    const symbol = code >> 8;
    const size = symbol & 15;
    const written = load<u32>(codes + (symbol << 2));
    if (written === 0) return NO_SYMBOL;
    const number = (bits << length) >> 1 >> (63 - size);
    const total = (written & 255) + size;
    putBits(((<u64>(written >> 8) << size) | number) << (64 - total), total);
    at += length + size;
    if (symbol === 0) break;
    index += (symbol >> 4) + 1;
    if (index > 64 || (size === 0 && (symbol !== 0xf0 || index > 63))) return LONG_BLOCK;
  }
  position = at;
  return OK;
}
