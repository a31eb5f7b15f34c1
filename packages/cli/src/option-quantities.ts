import { UsageError } from "./errors.ts";

const DAY_MS = 86_400_000;
/** Units of an age, in ms. */
const AGES: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS };
/** Units of a size, in bytes: powers of 1000, as they are printed, and of 1024. */
const SIZES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** Reads an age, such as `90d`, as ms. */
export function ageValue(name: string): (text: string) => number {
  return (text) => {
    const value = readQuantity(text, AGES);
    if (value !== undefined) return value;
    throw refuse(name, text, "a number of minutes, hours, days or weeks, such as 30m, 12h, 90d or 8w", "90d");
  };
}

/** Reads a size, such as `20GB`, as bytes. */
export function sizeValue(name: string): (text: string) => number {
  return (text) => {
    const value = readQuantity(text, SIZES);
    if (value !== undefined) return Math.floor(value);
    throw refuse(name, text, "a number with its unit: B, kB, MB, GB, TB, KiB, MiB, GiB or TiB, such as 20GB", "20GB");
  };
}

function readQuantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, digits, unit = ""] = /^(\d{1,15}(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

function refuse(name: string, text: string, rule: string, example: string): UsageError {
  // A unit after a blank is another argument to the shell.
  const asOne = /^[\d.]+$/.test(text)
    ? `: the unit is to stand with it, without a blank (${text}${example.replace(/^\d+/, "")}) or in quotes`
    : "";
  return new UsageError(`Cannot use ${name} ${JSON.stringify(text)}; give ${rule}${asOne}`);
}
