// Joins tiles without decoding them. Between two squares of a tile nothing changes: only the first coefficients of a tile's first
// square in each row are differences to another square than before, and are coded anew. The rest is copied, bit by bit.
import { SLACK, stuff, unstuff } from "./bits";
import { setTable, tableSpec } from "./huffman";
import { OK } from "./status";
import { Mark, prepareWalk, startOf, walkEnd, walkOn, walkTile, walkedDifference, walkedRest } from "./walk";
import { clearBits, copyBits, fillByte, putDifference, writeBelow, writtenDownTo } from "./write-bits";

export { prepareWalk, setTable, tableSpec };

/** Squares of a tile, across and down. */
const SQUARES = 16;
/** What a loop may read or write past an end. */
const MARGIN: usize = 64;

let lumaTable: i32 = 0;
let colourTable: i32 = 1;

// The first coefficients that were written last.
let luma: i32 = 0;
let blue: i32 = 0;
let red: i32 = 0;

// The row of tiles: which squares are wanted of it, and where things lie.
let firstRow: i32 = 0;
let endRow: i32 = 0;
let tiles: i32 = 0;
let places: usize = 0;
let input: usize = 0;
let room: usize = 0;
let scratchTop: usize = 0;
let output: usize = 0;
let outputEnd: usize = 0;

/** What is known of a tile of the row. */
@unmanaged
class Place {
  /** End of its bytes, which lie backwards, and how many they are. */
  top: usize;
  bytes: i32;
  /** Columns of squares that are wanted. */
  firstColumn: i32;
  endColumn: i32;
  spare: i32;
}

/** Bytes that a tile's marks take: one more than it has squares. */
const MARKS: usize = (SQUARES * SQUARES + 1) * offsetof<Mark>() + 12;

/** Begins a picture whose luminance and colour have their first coefficients coded with two tables. */
export function openPicture(lumaDc: i32, colourDc: i32): void {
  lumaTable = lumaDc;
  colourTable = colourDc;
  luma = 0;
  blue = 0;
  red = 0;
  clearBits();
}

/**
 * Begins a row of tiles.
 *
 * @param count How many tiles.
 * @param total How many bytes all have.
 * @param largest How many bytes the largest has.
 * @param first Row of squares that is wanted first.
 * @param end Row of squares that is not wanted any more.
 * @returns Where the bytes of each tile are to be put before `addTile`; 0 when there is no memory.
 */
export function openRow(count: usize, total: usize, largest: usize, first: i32, end: i32): usize {
  firstRow = first;
  endRow = end;
  tiles = 0;
  places = (__heap_base + 15) & ~15;
  input = places + count * (offsetof<Place>() + MARKS) + MARGIN;
  room = input + largest + MARGIN;
  const roomEnd = room + total + count * (<usize>SLACK + MARGIN);
  // Per row of squares and tile three differences of up to 27 bits may be longer than what they stand for.
  scratchTop = roomEnd + total + count * 16 + MARGIN;
  output = scratchTop + MARGIN;
  const outputBytes = (total + count * SQUARES * 16) * 2 + MARGIN;
  const pages = <i32>((output + outputBytes + 0xffff) >> 16) - memory.size();
  return pages > 0 && memory.grow(pages) < 0 ? 0 : input;
}

/** Takes the next tile of the row, of which some columns of squares are wanted; gives how many bytes it has, unstuffed. */
export function addTile(size: i32, firstColumn: i32, endColumn: i32): i32 {
  const place = placeOf(tiles);
  room += <usize>size + SLACK + MARGIN;
  place.top = room;
  place.bytes = unstuff(input, size, room);
  place.firstColumn = firstColumn;
  place.endColumn = endColumn;
  tiles += 1;
  return place.bytes;
}

/** Goes over the first squares of the tile that was added last, and notes where they lie. */
export function markTile(squares: i32): i32 {
  const place = placeOf(tiles - 1);
  return walkTile(place.top, place.bytes, marks(), squares);
}

/** Where the marks lie of the tile that was added last. */
export function marks(): usize {
  return marksOf(placeOf(tiles - 1));
}

function placeOf(tile: i32): Place {
  return changetype<Place>(places + <usize>tile * (offsetof<Place>() + MARKS));
}

function marksOf(place: Place): usize {
  return changetype<usize>(place) + offsetof<Place>();
}

/** Writes the row of tiles, all of whose wanted squares are marked. */
export function writeRow(isLast: bool): i32 {
  outputEnd = output;
  for (let row = firstRow; row < endRow; row++) {
    writeBelow(scratchTop);
    for (let tile = 0; tile < tiles; tile++) {
      const status = writeSquares(placeOf(tile), row);
      if (status !== OK) return status;
    }
    if (isLast && row + 1 === endRow) fillByte();
    outputEnd = stuff(scratchTop, <i32>(scratchTop - writtenDownTo()), outputEnd);
  }
  return OK;
}

/** Writes the squares of a tile that are wanted of a row. */
function writeSquares(place: Place, row: i32): i32 {
  const ofRow = marksOf(place) + row * SQUARES * offsetof<Mark>();
  const first = changetype<Mark>(ofRow + place.firstColumn * offsetof<Mark>());
  const end = changetype<Mark>(ofRow + place.endColumn * offsetof<Mark>());
  const top = place.top;
  walkOn(top, startOf(first), 0, 1);
  let status = putDifference(lumaTable, first.luma + walkedDifference() - luma);
  const from = walkedRest();
  walkOn(top, walkEnd(), 0, 3);
  copyBits(top, from, walkEnd());
  walkOn(top, walkEnd(), 1, 1);
  status |= putDifference(colourTable, first.blue + walkedDifference() - blue);
  copyBits(top, walkedRest(), walkEnd());
  walkOn(top, walkEnd(), 1, 1);
  status |= putDifference(colourTable, first.red + walkedDifference() - red);
  copyBits(top, walkedRest(), startOf(end));
  luma = end.luma;
  blue = end.blue;
  red = end.red;
  return status;
}

/** Where the bytes of the row lie that was written. */
export function outputStart(): usize {
  return output;
}

export function outputSize(): usize {
  return outputEnd - output;
}
