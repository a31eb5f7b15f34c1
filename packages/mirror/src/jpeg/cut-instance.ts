import { type CodecInstance, createCodecInstance } from "./codec-instance.ts";
import { checkStatus } from "./codec-status.ts";
import { type CutHeaders, WHAT } from "./cut-headers.ts";
import type { HuffmanTable } from "./read-tables.ts";
import { STANDARD_AC, STANDARD_DC } from "./standard-codes.ts";

/** What packages/mirror/assembly exports to the cutting of pictures; places are bytes of the memory. */
export interface CutExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Tables: DC 0, DC 1, AC 0, AC 1 that are read by, and the same again that are written by. */
  tableSpec(table: number): number;
  setTable(table: number): number;
  openCut(): number;
  feedCut(size: number): number;
  aheadOfCut(): number;
  cutSquares(tile: number, copied: number, filled: number, isLast: number): number;
  alignCut(): void;
  cutStart(): number;
  cutSize(): number;
}

/** A codec that is ready for the coded bytes of a picture. */
export interface CutInstance extends CodecInstance<CutExports> {
  /** Where they are to be put, `CUT_INPUT_BYTES` at most at a time. */
  readonly input: number;
}

/** Bytes that are taken at a time. */
export const CUT_INPUT_BYTES: number = 2 ** 16;

/**
 * Starts a codec that reads by a picture's Huffman tables and writes by the standard ones.
 *
 * @throws {DecodeError} If a table is none.
 */
export function createCutInstance({ dc, ac }: CutHeaders): CutInstance {
  const instance = createCodecInstance<CutExports>();
  const { run, bytes } = instance;
  const put = (number: number, { counts, symbols }: HuffmanTable): void => {
    bytes().set(counts, run.tableSpec(number));
    bytes().set(symbols, run.tableSpec(number) + counts.length);
    checkStatus(run.setTable(number), WHAT, "DHT");
  };
  for (const [number, table] of [...dc, ...ac, ...STANDARD_DC, ...STANDARD_AC].entries()) put(number, table);
  const input = run.openCut();
  if (input === 0) throw new RangeError("Cannot cut a JPEG: no memory is left");
  return { ...instance, input };
}
