import { printNumber } from "./quantities.ts";

/**
 * A value as a cell of a file of values: text and numbers as they are, nothing for `null`, lists and objects as compact JSON.
 *
 * @example printValue(["Pdyn"]) // → "[\"Pdyn\"]"
 */
export function printValue(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string" || typeof value === "number") return String(value); // JSON has no NaN and no infinity.
  return JSON.stringify(value) ?? String(value);
}

/** Digits of a fraction that a reader is shown. */
const TABLE_DIGITS = 6;

/**
 * A value as a cell of a table for readers: six digits of a fraction, plain values of a list with commas between them, rows of a
 * list by their number.
 *
 * @example printCell(["Pdyn", 2.9957819584101744]) // → "Pdyn, 2.99578"
 */
export function printCell(value: unknown): string {
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(TABLE_DIGITS)));
  if (!Array.isArray(value)) return printValue(value);
  if (value.every((item) => typeof item !== "object" || item === null)) return value.map(printCell).join(", ");
  return value.length === 1 ? "1 row" : `${printNumber(value.length)} rows`;
}
