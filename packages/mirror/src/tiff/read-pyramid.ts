import { TILE_PX, tierSize } from "@brainatlas/sdk/image";
import type { Pyramid, PyramidTier, ReadAt } from "./pyramid.ts";
import { fault, openTiff, type TiffDirectory } from "./tiff-fields.ts";

/** More than a picture can be halved. */
const MAX_TIERS = 32;
const MAX_EDGE_PX = 2 ** 31;
/** Tiles of a tier: of a square of half a million pixels. Their tables fill 50 MB. */
const MAX_TILES = 2 ** 22;
/** A tile has 393,216 bytes before it is packed. */
const MAX_TILE_BYTES = 2 ** 20;
/** One quantisation table and two of codes for brightness and colour have 574. */
const MAX_TABLES_BYTES = 4096;

/** Tags of fields, as TIFF 6.0 numbers them. */
const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  samples: 277,
  planar: 284,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  offsets: 324,
  sizes: 325,
  format: 339,
  jpegTables: 347,
  subsampling: 530,
} as const;

/** Numbers that TIFF gives to what is accepted. */
const JPEG = 7;
const DEFLATES: readonly number[] = [8, 32946];
const RGB = 2;
const YCBCR = 6;
const HORIZONTAL = 2;

/**
 * Reads where the tiles of a stored pyramid lie: a TIFF or BigTIFF file of either byte order, one directory a tier.
 *
 * Only what a store holds is accepted; how a viewer should turn it (orientation) is passed over. All that is given was checked: places lie within the file, and no table is larger than the
 * tier has tiles.
 *
 * @param read Reads bytes of the file.
 * @param sizeBytes Length of the file.
 * @throws {DecodeError} If it is another file, or a damaged one.
 */
export function readPyramid(read: ReadAt, sizeBytes: number): Pyramid {
  const file = openTiff(read, sizeBytes);
  const tiers: PyramidTier[] = [];
  const seen = new Set<number>();
  let shape: Shape | undefined;
  for (let offset = file.firstDirectory; offset !== 0; ) {
    if (seen.has(offset)) fault(offset, "a directory after the others", "one of them again");
    if (tiers.length === MAX_TIERS) fault(offset, `at most ${MAX_TIERS} tiers`, "one more");
    seen.add(offset);
    const directory = file.readDirectory(offset);
    const own = readShape(directory, file.isLittleEndian);
    if (shape !== undefined && (own.encoding !== shape.encoding || own.isDifferenced !== shape.isDifferenced)) {
      fault(offset, "a tier in the encoding of the first", "one in another");
    }
    shape = own;
    tiers.push(readTier(directory, own, tiers.at(-1), sizeBytes));
    offset = directory.next;
  }
  if (shape === undefined) fault(0, "the place of a directory", "0");
  return { ...shape, tiers };
}

type Shape = Pick<Pyramid, "encoding" | "isDifferenced">;

/** How the tiles of a directory are encoded. */
function readShape(directory: TiffDirectory, isLittleEndian: boolean): Shape {
  const one = (tag: number, absent?: number): number => oneNumber(directory, tag, absent);
  const expect = (tag: number, expected: number, absent?: number): void =>
    expectNumbers(directory, tag, [expected], absent);
  const compression = one(TAG.compression);
  const isJpeg = compression === JPEG;
  if (!isJpeg && !DEFLATES.includes(compression)) {
    fault(directory.offset, `compression ${JPEG} or ${DEFLATES.join(" or ")}`, `${compression}`);
  }
  expect(TAG.samples, 3);
  expect(TAG.photometric, isJpeg ? YCBCR : RGB);
  expect(TAG.planar, 1, 1);
  expect(TAG.tileWidth, TILE_PX);
  expect(TAG.tileHeight, TILE_PX);
  expectNumbers(directory, TAG.bits, isJpeg ? [8, 8, 8] : [16, 16, 16]);
  expectNumbers(directory, TAG.format, [1, 1, 1], 1);
  const predictor = one(TAG.predictor, 1);
  if (isJpeg) {
    expectNumbers(directory, TAG.subsampling, [2, 2], 2);
    return { encoding: "jpeg", isDifferenced: false };
  }
  if (!isLittleEndian) fault(0, "little-endian numbers of 16 bits", "big-endian ones");
  if (predictor !== 1 && predictor !== HORIZONTAL) fault(directory.offset, "predictor 1 or 2", `${predictor}`);
  return { encoding: "deflate", isDifferenced: predictor === HORIZONTAL };
}

function readTier(
  directory: TiffDirectory,
  { encoding }: Shape,
  above: PyramidTier | undefined,
  sizeBytes: number,
): PyramidTier {
  const width = readEdge(directory, TAG.width, above?.width);
  const height = readEdge(directory, TAG.height, above?.height);
  const columns = Math.ceil(width / TILE_PX);
  const rows = Math.ceil(height / TILE_PX);
  const count = columns * rows;
  if (count > MAX_TILES) fault(directory.offset, `at most ${MAX_TILES} tiles`, `${count}`);
  const offsets = directory.numbers(TAG.offsets, count);
  const sizes = directory.numbers(TAG.sizes, count);
  for (let index = 0; index < count; index += 1) {
    const [offset = 0, size = 0] = [offsets[index], sizes[index]];
    if (offset === 0 && size === 0) continue;
    if (size < 1 || size > MAX_TILE_BYTES || offset + size > sizeBytes) {
      fault(directory.offset, `tile ${index} within the file`, `${size} bytes at ${offset}`);
    }
  }
  const tables = encoding === "jpeg" ? readTables(directory) : new Uint8Array(0);
  return { width, height, columns, rows, offsets, sizes: Uint32Array.from(sizes), tables };
}

/** @param above The same edge of the tier above. */
function readEdge(directory: TiffDirectory, tag: number, above: number | undefined): number {
  const edge = oneNumber(directory, tag);
  if (edge < 1 || edge > MAX_EDGE_PX) fault(directory.offset, `an edge of 1 to ${MAX_EDGE_PX} pixels`, `${edge}`);
  if (above !== undefined && edge !== tierSize(above, 1)) {
    fault(directory.offset, `an edge of ${tierSize(above, 1)} pixels, half of the tier above`, `${edge}`);
  }
  return edge;
}

function readTables(directory: TiffDirectory): Uint8Array {
  // A copy: the reader may give a part of something larger.
  const tables = directory.bytes(TAG.jpegTables, MAX_TABLES_BYTES).slice();
  const [start, end] = [tables.subarray(0, 2), tables.subarray(-2)].map((part) => Buffer.from(part).toString("hex"));
  if (tables.length < 4 || start !== "ffd8" || end !== "ffd9") {
    fault(directory.offset, "JPEG tables from SOI to EOI", `"${start}" to "${end}"`);
  }
  return tables;
}

/** @param absent Counts where there is no such field. */
function oneNumber(directory: TiffDirectory, tag: number, absent?: number): number {
  if (absent !== undefined && !directory.has(tag)) return absent;
  return directory.numbers(tag, 1)[0] ?? 0;
}

/** @param absent Counts for each value where there is no such field. */
function expectNumbers(directory: TiffDirectory, tag: number, expected: readonly number[], absent?: number): void {
  if (absent !== undefined && !directory.has(tag)) return;
  const found = directory.numbers(tag, expected.length);
  if (expected.some((value, index) => value !== found[index])) {
    fault(directory.offset, `${expected.join(", ")} in field ${tag}`, found.join(", "));
  }
}
