import { printLength, printPixels } from "./length.ts";

/** A bar that says how large things are on the screen. */
export interface ScaleBar {
  /** In CSS pixels. */
  readonly lengthPx: number;
  /** What it stands for: in µm, or in full-resolution pixels where the size of one is not known. */
  readonly length: number;
  readonly label: string;
}

/** Longest bar, in CSS pixels. The next shorter one of 1, 2 and 5 times a power of ten has at least two fifths of it. */
export const LONGEST_PX = 160;

/**
 * The longest bar of 1, 2 or 5 times a power of ten that fits.
 *
 * @param scale CSS pixels per full-resolution pixel.
 * @param resolutionUm Edge of a full-resolution pixel, in µm; `undefined` where it is not known.
 * @example scaleBar(0.1, 1) // → { lengthPx: 100, length: 1000, label: "1 mm" }
 */
export function scaleBar(scale: number, resolutionUm: number | undefined): ScaleBar {
  const unitPx = scale / (resolutionUm ?? 1);
  const length = roundDown(LONGEST_PX / unitPx);
  return {
    lengthPx: length * unitPx,
    length,
    label: resolutionUm === undefined ? printPixels(length) : printLength(length),
  };
}

/** Largest of 1, 2 and 5 times a power of ten that is no larger than a value. Negative powers divide, so that 0.2 is 0.2. */
function roundDown(most: number): number {
  const power = Math.floor(Math.log10(most));
  const times = (factor: number): number => (power < 0 ? factor / 10 ** -power : factor * 10 ** power);
  return [10, 5, 2].map(times).find((each) => each <= most) ?? times(1);
}
