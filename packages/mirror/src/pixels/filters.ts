import type { RawPicture } from "./picture.ts";

/** What may be done to the values of a picture (reference §1.2). */
export interface PixelFilters {
  /** Windows of the channels: low and high of red, green and blue, on the scale of 0 to 4095. */
  readonly range?: readonly number[] | undefined;
  /** Gain of red, green and blue, each 0 to 1. */
  readonly rgb?: readonly number[] | undefined;
  /** Gain and bias, each 0 to 1. */
  readonly contrast?: readonly number[] | undefined;
}

/** The range's full scale; a picture of 8 bits stands for its upper 8. */
const FULL_RANGE = 4095;

/**
 * Applies the filters in the order range, contrast, gain.
 *
 * How the service combines them, and its contrast curve, are *unknown*; this is the linear reading: `value · 2·gain + (bias −
 * ½)`, so that 0.5 and 0.5 change nothing.
 */
export function applyFilters(picture: RawPicture, filters: PixelFilters): RawPicture {
  const { range, rgb, contrast } = filters;
  if (range === undefined && rgb === undefined && contrast === undefined) return picture;
  const tables = [0, 1, 2].map((channel) => channelTable(channel, filters));
  const data = new Uint8Array(picture.data.length);
  for (let index = 0; index < data.length; index += 1) data[index] = tables[index % 3]?.[picture.data[index] ?? 0] ?? 0;
  return { ...picture, data };
}

function channelTable(channel: number, { range, rgb, contrast }: PixelFilters): Uint8ClampedArray {
  const low = range?.[channel * 2] ?? 0;
  const high = range?.[channel * 2 + 1] ?? FULL_RANGE;
  const gain = rgb?.[channel] ?? 1;
  const [slope = 0.5, bias = 0.5] = contrast ?? [];
  return Uint8ClampedArray.from({ length: 256 }, (_, stored) => {
    const value = (stored / 255) * FULL_RANGE;
    const windowed = high > low ? (value - low) / (high - low) : Number(value >= high);
    const contrasted = Math.min(1, Math.max(0, windowed)) * 2 * slope + (bias - 0.5);
    return Math.min(1, Math.max(0, contrasted)) * gain * 255;
  });
}
