import type { ImagePoint } from "@brainatlas/sdk/sync";

/** Farthest from the image's corner that a coordinate may be, in full-resolution pixels: past any picture. */
const MAX_PX = 10_000_000;

/** Digits after the point that addresses keep: a hundredth of a pixel, a thousandth of a zoom step or of a share, a tenth of a degree. */
export const DIGITS = { px: 2, zoom: 3, share: 3, degrees: 1 } as const;

/** Most entries of a list in an address. */
export const MAX_LISTED = 200;

/** A number to so many digits after the point, and never −0. */
export function roundTo(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale + 0;
}

/** A plain decimal number within bounds; `undefined` for anything else, such as "1e3", "0x2", "NaN" and "". */
export function readDecimal(text: string | undefined, min: number, max: number, digits: number): number | undefined {
  if (text === undefined || !/^-?\d{1,9}(\.\d{0,20})?$/.test(text)) return undefined;
  const value = roundTo(Number(text), digits);
  return value >= min && value <= max ? value : undefined;
}

/** A coordinate in full-resolution pixels. */
function readPx(text: string | undefined): number | undefined {
  return readDecimal(text, -MAX_PX, MAX_PX, DIGITS.px);
}

/** A point, where both of its coordinates are there. */
export function readPoint(x: string | undefined, y: string | undefined): ImagePoint | undefined {
  const [left, top] = [readPx(x), readPx(y)];
  return left === undefined || top === undefined ? undefined : { x: left, y: top };
}

/** The id of a row: a whole number above 0. */
export function readId(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  return Number(text) || undefined;
}

/** The entries of a list between commas, each once, and no more than an address has use for. */
export function readList(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const entries = text.split(",", MAX_LISTED);
  return [...new Set(entries.map((entry) => entry.trim()).filter((entry) => entry !== ""))];
}

/** The ids of a list; what is none is left out. */
export function readIds(text: string | undefined): readonly number[] {
  return [...new Set(readList(text).flatMap((entry) => readId(entry) ?? []))];
}

/** Whether a text can be the acronym of a structure: short, with a letter, and without control characters. */
export function isAcronym(text: string): boolean {
  return text.length <= 32 && /\p{L}/u.test(text) && !/\p{C}/u.test(text);
}

/** Numbers of a list, all or none: `undefined` unless it is that many plain decimals. */
export function readNumbers(text: string | undefined, count: number): readonly number[] | undefined {
  const entries = text?.split(",", count + 1);
  if (entries?.length !== count) return undefined;
  const values = entries.flatMap((entry) => readDecimal(entry, -MAX_PX, MAX_PX, DIGITS.share) ?? []);
  return values.length === count ? values : undefined;
}
