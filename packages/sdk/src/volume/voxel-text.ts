import { show } from "../check.ts";
import { DecodeError } from "../errors.ts";
import { createVoxels, isWide, type Triple, type VoxelArray, type VoxelType } from "./voxels.ts";

const WHAT = "the NRRD volume";

/** What a whole number of a type may be, as bigints, since those of 64 bits do not fit into a number. */
const RANGES: Readonly<Partial<Record<VoxelType, readonly [bigint, bigint]>>> = {
  int8: [-(2n ** 7n), 2n ** 7n - 1n],
  uint8: [0n, 2n ** 8n - 1n],
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/**
 * Values that are written as text, with blanks or line ends between them.
 *
 * @param offset Where the text begins in its file.
 * @throws {DecodeError} If a value is no number of the type, or there are more or fewer than promised.
 */
export function parseVoxelText(
  bytes: Uint8Array,
  { type, size, byteSkip }: { readonly type: VoxelType; readonly size: Triple; readonly byteSkip: number },
  offset: number,
): VoxelArray {
  const count = size[0] * size[1] * size[2];
  const words = new TextDecoder("latin1")
    .decode(bytes.subarray(byteSkip))
    .split(/[\s,]+/)
    .filter((word) => word !== "");
  if (words.length !== count) {
    throw new DecodeError(WHAT, { at: offset, expected: `${count} values`, found: String(words.length) });
  }
  const data = createVoxels(type, count);
  const range = RANGES[type];
  for (const [index, word] of words.entries()) {
    const value = range === undefined ? readReal(word) : readWhole(word, range);
    if (value === undefined) throw new DecodeError(WHAT, { at: `value ${index}`, expected: type, found: show(word) });
    // The kinds match: values of 64 bits are bigints, all others numbers.
    (data as unknown as Record<number, number | bigint>)[index] = isWide(type) ? value : Number(value);
  }
  return data;
}

function readReal(word: string): number | undefined {
  if (/^[+-]?nan$/i.test(word)) return Number.NaN;
  if (/^[+-]?inf(inity)?$/i.test(word)) return word.startsWith("-") ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : undefined;
}

function readWhole(word: string, [min, max]: readonly [bigint, bigint]): bigint | undefined {
  // BigInt reads no plus sign.
  const value = /^[+-]?\d{1,20}$/.test(word) ? BigInt(word.replace("+", "")) : undefined;
  return value !== undefined && value >= min && value <= max ? value : undefined;
}
