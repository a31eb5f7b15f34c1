import { show } from "../check.ts";
import { DecodeError } from "../errors.ts";
import { type ByteSource, inSteps } from "./exact-bytes.ts";
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

/** Longest value that is read, in characters: a double without an exponent has some 1100. */
const MAX_WORD = 2000;

/**
 * Values that are written as text, with blanks or line ends between them. No more of the text than a piece is held.
 *
 * @param offset Where the text begins in its file.
 * @throws {DecodeError} If a value is no number of the type, or there are more or fewer than promised.
 */
export async function readVoxelText(
  source: ByteSource,
  { type, size, byteSkip }: { readonly type: VoxelType; readonly size: Triple; readonly byteSkip: number },
  offset: number,
): Promise<VoxelArray> {
  const count = size[0] * size[1] * size[2];
  const wrongCount = (found: string): DecodeError =>
    new DecodeError(WHAT, { at: offset, expected: `${count} values`, found });
  // Each takes a character, and one that parts it from the next.
  if (source instanceof Uint8Array && source.length < 2 * count - 1) throw wrongCount("fewer");
  const data = createVoxels(type, count);
  let filled = 0;
  const take = (word: string): void => {
    if (word === "") return;
    if (filled === count) throw wrongCount("more");
    // The kinds match: values of 64 bits are bigints, all others numbers.
    (data as unknown as Record<number, number | bigint>)[filled] = readValue(word, type, filled);
    filled += 1;
  };
  let [toSkip, begun] = [byteSkip, ""];
  const decoder = new TextDecoder("latin1");
  for await (const chunk of inSteps(source)) {
    const text = begun + decoder.decode(chunk.subarray(toSkip));
    toSkip = Math.max(0, toSkip - chunk.length);
    const words = text.split(/[\s,]+/);
    begun = words.pop() ?? "";
    words.forEach(take);
    if (begun.length > MAX_WORD) take(begun);
  }
  take(begun);
  if (filled < count) throw wrongCount(String(filled));
  return data;
}

function readValue(word: string, type: VoxelType, index: number): number | bigint {
  const range = RANGES[type];
  const value = word.length > MAX_WORD ? undefined : range === undefined ? readReal(word) : readWhole(word, range);
  if (value === undefined) throw new DecodeError(WHAT, { at: `value ${index}`, expected: type, found: show(word) });
  return isWide(type) ? value : Number(value);
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
