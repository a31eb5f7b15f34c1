import { show } from "../check.ts";
import { measureRange } from "./range.ts";
import type { VolumeSlice } from "./slice.ts";
import type { NumberArray } from "./voxels.ts";

/** Red, green and blue by label, each 0 to 255. */
export type LabelColours = ReadonlyMap<number, readonly [red: number, green: number, blue: number]>;

/** A painted slice; fits where decoded pictures do. */
export interface PaintedSlice {
  /** Red, green, blue and alpha, 0 to 255, four bytes a pixel, row by row from the upper left. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** How values become shades. */
export interface GrayOptions {
  /**
   * The values that are black and white.
   * @default the lowest and the highest finite one of the slice
   */
  readonly window?: readonly [black: number, white: number] | undefined;
  /** A value that stands for no data, and is transparent: −1 in expression grids. @default none */
  readonly noData?: number | undefined;
}

/**
 * Paints labels in their colours; those without one are transparent.
 *
 * @throws {TypeError} If colours are no map.
 */
export function paintLabels(slice: VolumeSlice, colours: LabelColours): PaintedSlice {
  const pixels = new Uint8ClampedArray(slice.data.length * 4);
  // A view on the same bytes, one number a pixel, so that a run of a label is one fill.
  const whole = new Uint32Array(pixels.buffer);
  const words = new Map(Array.from(checkColours(colours), ([label, rgb]) => [label, wordOf(rgb)]));
  const labels = slice.data as NumberArray; // The volume has checked it.
  for (const [index, label] of labels.entries()) whole[index] = words.get(label) ?? 0;
  return { data: pixels, width: slice.width, height: slice.height };
}

function checkColours(colours: unknown): LabelColours {
  // A map of another realm is one too.
  if (Object.prototype.toString.call(colours) === "[object Map]") return colours as LabelColours;
  throw new TypeError(
    `Cannot paint labels in colours ${show(colours)}; give a Map of [red, green, blue] by label, such as tree.rgb() gives`,
  );
}

/** Paints values as shades; what lies outside of the window is black or white, NaN is transparent. */
export function paintGray(slice: VolumeSlice, { window, noData }: GrayOptions = {}): PaintedSlice {
  const values = slice.data as NumberArray; // The volume has checked it.
  const [black, white] = window === undefined ? windowOf(values, noData) : checkWindow(window);
  const scale = white > black ? 255 / (white - black) : 0;
  const pixels = new Uint8ClampedArray(values.length * 4);
  for (const [index, value] of values.entries()) {
    if (value === noData || Number.isNaN(value)) continue;
    pixels.fill(value > white ? 255 : (value - black) * scale, index * 4, index * 4 + 3);
    pixels[index * 4 + 3] = 255;
  }
  return { data: pixels, width: slice.width, height: slice.height };
}

function windowOf(values: NumberArray, noData: number | undefined): readonly [number, number] {
  const { min, max } = measureRange(values, { noData });
  return [min, max];
}

function checkWindow(window: readonly [number, number]): readonly [number, number] {
  const [black, white] = window;
  if (Number.isFinite(black) && Number.isFinite(white) && black < white) return window;
  throw new RangeError(`Cannot use window ${show(window)}; give two finite numbers, the lower one first`);
}

/** A pixel as one number, in this machine's byte order. */
function wordOf([red, green, blue]: readonly [number, number, number]): number {
  return new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0] ?? 0;
}
