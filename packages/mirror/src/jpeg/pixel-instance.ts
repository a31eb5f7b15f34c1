import { TILE_PX } from "@brainatlas/sdk/image";
import { type CodecInstance, createCodecInstance } from "./codec-instance.ts";
import { MAX_JPEG_PX, MAX_TILE_BYTES } from "./jpeg-limits.ts";

/** What packages/mirror/assembly exports to decoding and encoding; places are bytes of the memory. */
export interface PixelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  freeFrom(): number;
  offsetsAt(): number;
  tableSpec(table: number): number;
  setTable(table: number): number;
  stepsAt(): number;
  prepareDecode(component: number, dcTable: number, acTable: number): void;
  unstuff(from: number, size: number, top: number): number;
  decodeTile(
    top: number,
    size: number,
    planes: number,
    firstColumn: number,
    endColumn: number,
    firstRow: number,
    endRow: number,
  ): number;
  copyRows(from: number, fromStride: number, to: number, toStride: number, width: number, rows: number): void;
  padRows(plane: number, stride: number, width: number, padded: number, rows: number): void;
  padColumns(plane: number, stride: number, rows: number, padded: number): void;
  averageAcross(plane: number, stride: number, width: number, rows: number): void;
  averageDown(plane: number, stride: number, width: number, rows: number): void;
  averageSquares(plane: number, stride: number, width: number, rows: number): void;
  toRgb(y: number, cb: number, cr: number, to: number, width: number, isOdd: number): void;
  padPixels(row: number, width: number, padded: number): void;
  fromRgb(upper: number, lower: number, width: number, y: number, stride: number, cb: number, cr: number): void;
  factorsAt(): number;
  codesAt(): number;
  openScan(): void;
  writeTo(at: number): void;
  writtenTo(): number;
  encodeSquares(
    y: number,
    stride: number,
    cb: number,
    cr: number,
    colourStride: number,
    first: number,
    end: number,
    halfFrom: number,
    isShort: number,
    limit: number,
  ): number;
  closeScan(): void;
  // What the others use; here for tests.
  forwardBlock(from: number, stride: number, plane: number, to: number): void;
  inverseBlock(block: number, steps: number, to: number, stride: number): void;
  inverseSmoothBlock(block: number, steps: number, to: number, stride: number): void;
  inverseFlatBlock(block: number, steps: number, to: number, stride: number): void;
}

/** A decoded tile: luminance, and two colours of half its resolution. */
export const SLOT_BYTES: number = TILE_PX * TILE_PX * 1.5;
/** Room for encoded bytes. */
export const OUTPUT_BYTES: number = 2 ** 17;

/** What loops read and write past an end, at the most. */
const MARGIN = 4096;
const MAX_LUMA_BYTES = 16 * (MAX_JPEG_PX + 64);
/** Nine rows: means of two need one more. */
const MAX_COLOUR_BYTES = (9 / 16) * MAX_LUMA_BYTES;
const PAGE_BYTES = 2 ** 16;

/** A band of 16 rows of samples and where its planes lie. */
export interface BandPlaces {
  readonly luma: number;
  readonly blue: number;
  readonly red: number;
}

/** WebAssembly that decodes and encodes, and where things lie in its memory. */
export interface PixelInstance extends CodecInstance<PixelExports> {
  /** Bytes of a tile as they are stored, and the end of those to be decoded, which lie backwards. */
  readonly tile: number;
  readonly tileTop: number;
  /** Samples cut out of tiles, and of a picture that is being encoded. */
  readonly cut: BandPlaces;
  readonly drawn: BandPlaces;
  /** Rows of RGB: 16 that are given, two that are taken. */
  readonly rgb: number;
  readonly rgbRows: number;
  readonly output: number;
  /** Offsets of a block's coefficients, in the order in which they are coded, counted in coefficients. */
  readonly positions: readonly number[];
  /** Where a slot's planes lie; the memory grows to hold them. */
  slot(index: number): number;
}

/** Starts WebAssembly with room for whatever size; the system gives the memory when it is touched. */
export function createPixelInstance(): PixelInstance {
  const codec = createCodecInstance<PixelExports>();
  const { run } = codec;
  let next = run.freeFrom();
  const reserve = (size: number) => {
    const at = next + MARGIN;
    next = Math.ceil((at + size + MARGIN) / 64) * 64;
    if (next > run.memory.buffer.byteLength) {
      run.memory.grow(Math.ceil((next - run.memory.buffer.byteLength) / PAGE_BYTES));
    }
    return at;
  };
  const band = () => ({
    luma: reserve(MAX_LUMA_BYTES),
    blue: reserve(MAX_COLOUR_BYTES),
    red: reserve(MAX_COLOUR_BYTES),
  });
  const places = {
    tile: reserve(MAX_TILE_BYTES),
    tileTop: reserve(MAX_TILE_BYTES) + MAX_TILE_BYTES,
    cut: band(),
    drawn: band(),
    rgb: reserve(16 * 3 * MAX_JPEG_PX),
    rgbRows: reserve(2 * (3 * MAX_JPEG_PX + 128)),
    output: reserve(OUTPUT_BYTES),
  };
  const slots: number[] = [];
  const slot = (index: number) => {
    while (slots.length <= index) slots.push(reserve(SLOT_BYTES));
    return slots[index] ?? 0;
  };
  const positions = Array.from(codec.bytes().subarray(run.offsetsAt(), run.offsetsAt() + 64), (offset) => offset / 2);
  return { ...codec, ...places, positions, slot };
}
