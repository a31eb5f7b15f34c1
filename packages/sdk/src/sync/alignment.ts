import { DecodeError } from "../errors.ts";
import type { Affine2d, Affine3d } from "./affine.ts";

/** How an image lies in the stack of its data set: an `Alignment2d` record (reference §5.3). */
export interface Alignment2d {
  /** From pixels of the section's box to µm of the stack. */
  readonly tsv: Affine2d;
  /** Back, as the service has it: its inverse to about six digits. */
  readonly tvs: Affine2d;
}

/** How the stack of a data set lies in its reference space: an `Alignment3d` record (reference §5.3). */
export interface Alignment3d {
  /** From µm of the stack to µm of reference space. */
  readonly tvr: Affine3d;
  /** Back, as the service has it: its inverse to about six digits. */
  readonly trv: Affine3d;
}

/**
 * Reads an `Alignment2d` row: the columns `tsv_00` to `tsv_05` and `tvs_00` to `tvs_05`, or `tsv` and `tvs` with commas between their
 * numbers, as the `data_set.xml` of grid data has them.
 *
 * @param at Path of the row, for the error.
 * @throws {DecodeError} If a column is missing or no number; it names the column.
 * @example parseAlignment2d({ tsv: "1,0,0,1,5,7", tvs: "1,0,0,1,-5,-7" }).tsv[4] // → 5
 */
export function parseAlignment2d(row: unknown, at: string = "alignment2d"): Alignment2d {
  // As many as were asked for.
  return { tsv: readNumbers(row, "tsv", 6, at) as Affine2d, tvs: readNumbers(row, "tvs", 6, at) as Affine2d };
}

/**
 * Reads an `Alignment3d` row: the columns `tvr_00` to `tvr_11` and `trv_00` to `trv_11`, or `tvr` and `trv` with commas between their
 * numbers.
 *
 * @param at Path of the row, for the error.
 * @throws {DecodeError} If a column is missing or no number; it names the column.
 * @example parseAlignment3d({ tvr: "1,0,0,0,1,0,0,0,1,5,6,7", trv: "1,0,0,0,1,0,0,0,1,-5,-6,-7" }).trv[9] // → -5
 */
export function parseAlignment3d(row: unknown, at: string = "alignment3d"): Alignment3d {
  // As many as were asked for.
  return {
    tvr: readNumbers(row, "tvr", 12, at) as unknown as Affine3d,
    trv: readNumbers(row, "trv", 12, at) as unknown as Affine3d,
  };
}

function readNumbers(row: unknown, name: string, count: number, at: string): readonly number[] {
  const columns = columnsOf(row, at, "an alignment");
  const joined = columns[name];
  const parts = typeof joined === "string" ? joined.split(",") : undefined;
  return Array.from({ length: count }, (_, index) => {
    const column = `${name}_${String(index).padStart(2, "0")}`;
    const place = parts === undefined ? `${at}.${column}` : `${at}.${name}, number ${index},`;
    return readNumber(parts === undefined ? columns[column] : parts[index], place);
  });
}

/**
 * The columns of a row.
 *
 * @throws {DecodeError} If it is none.
 */
export function columnsOf(row: unknown, at: string, expected: string): Readonly<Record<string, unknown>> {
  // An object is a record of unknowns.
  if (typeof row === "object" && row !== null && !Array.isArray(row)) return row as Readonly<Record<string, unknown>>;
  throw fault(row, at, expected);
}

/**
 * A number of a row; rows of XML and CSV have it as text.
 *
 * @throws {DecodeError} If it is none.
 */
export function readNumber(value: unknown, at: string): number {
  const number = typeof value === "string" && NUMBER.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw fault(value, at, "a number");
}

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?\s*$/i;

/** The error that a row is not as promised. */
export function fault(value: unknown, at: string, expected: string): DecodeError {
  const found = value === undefined ? "nothing" : (JSON.stringify(value)?.slice(0, 60) ?? String(value));
  return new DecodeError("the alignment", { at, expected, found });
}
