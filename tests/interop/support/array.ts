import { createHash } from "node:crypto";
import { expect } from "vitest";

/** An array as Python describes it: its values as bytes, the first axis fastest. */
export function arrayOf(dtype: string, shape: readonly number[], bytes: Uint8Array): object {
  return { dtype, shape, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** The values of a matrix, given row by row, with the first axis fastest. */
export function firstAxisFastest(rows: number, columns: number, values: ArrayLike<number>): Float64Array<ArrayBuffer> {
  return Float64Array.from(
    { length: rows * columns },
    (_, at) => values[(at % rows) * columns + Math.floor(at / rows)] ?? Number.NaN,
  );
}

/** The numbered columns of a record, `tvr_00`, `tvr_01` …, in their order. */
export function numbersOf(record: object | null | undefined, prefix: string): number[] {
  const columns = Object.entries(record ?? {}).filter(([name]) => name.startsWith(`${prefix}_`));
  return columns.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => Number(value));
}

/** Decimals in which nearly equal numbers agree. */
const DECIMALS = 9;

/** What nearly equals a value: its numbers may be off in their last digits. */
export function nearly(value: unknown): unknown {
  if (typeof value === "number") return expect.closeTo(value, DECIMALS);
  if (Array.isArray(value)) return value.map(nearly);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, nearly(each)]));
}
