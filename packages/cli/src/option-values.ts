import { UsageError } from "./errors.ts";
import { nearest } from "./nearest.ts";

// Readers of option values, for commander: text of the command line → value. They know only how a value is written;
// whether it is in its range the SDK says. Number() alone would read "", "0x10" and "1e9" as numbers.

/** Reads a whole number in decimal digits. */
export function wholeNumber(name: string, example: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value)) return value + 0; // Takes the sign off −0.
    throw refuse(name, text, `a whole number of at most 15 decimal digits, such as ${example}`);
  };
}

/** Reads a decimal number above 0. */
export function positiveNumber(name: string, example: number, unit: string): (text: string) => number {
  return (text) => {
    const value = readDecimal(text);
    if (value > 0) return value;
    throw refuse(name, text, `a number of ${unit} above 0, such as ${example}`);
  };
}

/** Reads a decimal number. */
export function decimalNumber(name: string, example: number, unit: string): (text: string) => number {
  return (text) => {
    const value = readDecimal(text);
    if (Number.isFinite(value)) return value;
    throw refuse(name, text, `a number of ${unit}, such as ${example}`);
  };
}

/** Reads decimal numbers with commas between them. */
export function numberList(name: string, count: number, example: string): (text: string) => number[] {
  return (text) => {
    const values = text.split(",").map(readDecimal);
    if (values.length === count && values.every(Number.isFinite)) return values;
    throw refuse(name, text, `${count} numbers with commas between them, such as ${example}`);
  };
}

/** Reads names with commas between them. */
export function nameList(name: string, example: string): (text: string) => string[] {
  return (text) => {
    const names = text.split(",").map((each) => each.trim());
    if (names.every((each) => each !== "") && !text.startsWith("--")) return [...new Set(names)];
    throw refuse(name, text, `names with commas between them, such as ${example}`);
  };
}

/** Reads names, or ids if all of them are numbers, with commas between them. */
export function idsOrNames(name: string, example: string): (text: string) => string[] | number[] {
  const read = nameList(name, example);
  return (text) => {
    const names = read(text);
    return names.every((each) => /^\d{1,15}$/.test(each)) ? names.map(Number) : names;
  };
}

/** Reads a whole number of 1 or more. */
export function countFromOne(name: string, example: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw refuse(name, text, `a whole number of 1 or more, such as ${example}`);
  };
}

/** Reads one of some words. */
export function oneOf<W extends string>(name: string, words: readonly W[]): (text: string) => W {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    const meant = nearest(text, words);
    throw refuse(name, text, `one of ${words.join(", ")}`, meant === undefined ? undefined : `did you mean ${meant}?`);
  };
}

/** Reads a path or a name. What looks like the next option is one: its value was forgotten. */
export function anyText(name: string): (text: string) => string {
  return (text) => {
    if (text !== "" && !text.startsWith("--")) return text;
    throw refuse(name, text, "a value after it");
  };
}

/** A colour map as the SDK takes it. */
export type ColormapValue = string | number | { map: string | number; lowerThreshold: number };

/** Reads `NAME`, `NUMBER` or either with `:THRESHOLD`. */
export function colormapValue(name: string): (text: string) => ColormapValue {
  return (text) => {
    const [, map = "", threshold] = /^(\w+)(?::(\d+))?$/.exec(text) ?? [];
    if (map === "")
      throw refuse(name, text, "a name, a number from 0 to 11, or one of these with a threshold, such as jet:30");
    const named = /^\d+$/.test(map) ? Number(map) : map;
    return threshold === undefined ? named : { map: named, lowerThreshold: Number(threshold) };
  };
}

function readDecimal(text: string): number {
  return /^\s*-?(\d+(\.\d*)?|\.\d+)\s*$/.test(text) ? Number(text) : Number.NaN;
}

function refuse(name: string, text: string, rule: string, hint?: string): UsageError {
  return new UsageError(`Cannot use ${name} ${JSON.stringify(text)}; give ${rule}`, { hint });
}
