import { colormapTable } from "./colormaps.ts";

/** What may be done to the values of a picture (reference §1.2). */
export interface PixelFilters {
  /** Windows of the channels: low and high of red, green and blue, on the scale of 0 to 4095. */
  readonly range?: readonly number[] | undefined;
  /** Gain of red, green and blue, each 0 to 1. */
  readonly rgb?: readonly number[] | undefined;
  /** Gain and bias, each 0 to 1. */
  readonly contrast?: readonly number[] | undefined;
  /** False colours: number of the map, 0 to 11, and the value from which it colours, 0 to 255. What lies below is black. */
  readonly colormap?: { readonly map: number; readonly lowerThreshold: number } | undefined;
}

/** The range's full scale; a picture of 8 bits stands for its upper 8. */
const FULL_RANGE = 4095;

/**
 * Makes a function that filters pixels of 8 bits a channel, red, green and blue interleaved, in place, and gives them back. Its tables are
 * made once, for all bands of a picture.
 *
 * The order is range, contrast, gain, colour map. How the service combines them, its contrast curve and its colour maps are *unknown*.
 * The contrast is the linear reading, `value · 2·gain + (bias − ½)`, so that 0.5 and 0.5 change nothing. What a colour map colours is
 * the value of a grey pixel, and of a coloured one the largest of its channels.
 *
 * @example createFilter8({ rgb: [1, 0.5, 0] })(Uint8Array.of(10, 20, 30)) // → Uint8Array.of(10, 10, 0)
 */
export function createFilter8(filters: PixelFilters): (rgb: Uint8Array) => Uint8Array {
  const isCurved = [filters.range, filters.contrast, filters.rgb].some((given) => given !== undefined);
  const tables = channelTables(filters, 256, 256);
  const paint = createPainter(filters);
  return (rgb) => {
    if (isCurved) look(rgb, rgb, tables);
    return paint(rgb);
  };
}

/**
 * Makes a function that filters pixels of 16 bits a channel as {@link createFilter8} does, and gives new ones of 8 bits. Values count from 0
 * to 4095, and larger ones as 4095; without a range these become 0 to 255.
 *
 * @example createFilter16({})(Uint16Array.of(0, 4095, 65535)) // → Uint8Array.of(0, 255, 255)
 */
export function createFilter16(filters: PixelFilters): (rgb: Uint16Array) => Uint8Array {
  const tables = channelTables(filters, FULL_RANGE + 1, 2 ** 16);
  const paint = createPainter(filters);
  return (rgb) => paint(look(rgb, new Uint8Array(rgb.length), tables));
}

type ChannelTables = readonly [red: Uint8ClampedArray, green: Uint8ClampedArray, blue: Uint8ClampedArray];

/**
 * What becomes of each value of a channel.
 *
 * @param count Values that are spread over the full range; further ones become what the last of them does.
 * @param size Values that there may be.
 */
function channelTables({ range, rgb, contrast }: PixelFilters, count: number, size: number): ChannelTables {
  const [slope = 0.5, bias = 0.5] = contrast ?? [];
  const table = (channel: number): Uint8ClampedArray => {
    const low = range?.[channel * 2] ?? 0;
    const high = range?.[channel * 2 + 1] ?? FULL_RANGE;
    const gain = rgb?.[channel] ?? 1;
    const become = new Uint8ClampedArray(size);
    for (let stored = 0; stored < count; stored += 1) {
      const value = (stored / (count - 1)) * FULL_RANGE;
      const windowed = high > low ? (value - low) / (high - low) : Number(value >= high);
      const contrasted = clamp(windowed) * 2 * slope + (bias - 0.5);
      become[stored] = clamp(contrasted) * gain * 255;
    }
    return become.fill(become[count - 1] ?? 0, count);
  };
  return [table(0), table(1), table(2)];
}

/** Looks the values up, and gives the place where they were put. */
function look(from: Uint8Array | Uint16Array, to: Uint8Array, [red, green, blue]: ChannelTables): Uint8Array {
  for (let at = 0; at + 2 < from.length; at += 3) {
    to[at] = red[from[at] ?? 0] ?? 0;
    to[at + 1] = green[from[at + 1] ?? 0] ?? 0;
    to[at + 2] = blue[from[at + 2] ?? 0] ?? 0;
  }
  return to;
}

/** Makes the function that puts the colours of a map in the place of values; without a map it changes nothing. */
function createPainter({ colormap }: PixelFilters): (rgb: Uint8Array) => Uint8Array {
  if (colormap === undefined) return (rgb) => rgb;
  const table = colormapTable(colormap.map);
  table.fill(0, 0, colormap.lowerThreshold * 3);
  return (rgb) => {
    for (let at = 0; at + 2 < rgb.length; at += 3) {
      const value = Math.max(rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0) * 3;
      rgb[at] = table[value] ?? 0;
      rgb[at + 1] = table[value + 1] ?? 0;
      rgb[at + 2] = table[value + 2] ?? 0;
    }
    return rgb;
  };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
