import { checkCount, show } from "../check.ts";

/** The image service's colour maps: name to number (reference §1.2). */
export const COLORMAPS = {
  gray: 0,
  hotmetal: 1,
  jet: 2,
  redtemp: 3,
  expression: 4,
  red: 5,
  blue: 6,
  green: 7,
  aba: 8,
  aibsmap_alt: 9,
  colormap: 10,
  projection: 11,
} as const;

export type ColormapName = keyof typeof COLORMAPS;

/** A colour map with the lower threshold from which it colours. */
export interface ColormapThreshold {
  /** Name or number, 0 to 11. */
  readonly map: ColormapName | number;
  /**
   * Lower threshold, 0 to 255, in the values of the mask.
   * @default 0
   */
  readonly lowerThreshold?: number | undefined;
}

export type Colormap = ColormapName | number | ColormapThreshold;

const MAX_MAP = 11;

/** Whether a text names a colour map. */
export function isColormapName(text: string): text is ColormapName {
  return Object.hasOwn(COLORMAPS, text);
}

/** Number of a colour map. */
export function colormapNumber(map: unknown): number {
  if (typeof map === "string" && isColormapName(map)) return COLORMAPS[map];
  if (typeof map === "number" && Number.isInteger(map) && map >= 0 && map <= MAX_MAP) return map;
  throw new RangeError(
    `Cannot use colormap ${show(map)}; give a number from 0 to ${MAX_MAP}, one of ${Object.keys(COLORMAPS).join(", ")}, or { map, lowerThreshold } with one of these`,
  );
}

/**
 * Text of a colour map in a URL: its name, or the five numbers in which the service takes a number and a threshold.
 *
 * @example printColormap({ map: "jet", lowerThreshold: 30 }) // → "0.5,30,0,256,2"
 */
export function printColormap(colormap: Colormap): string {
  if (typeof colormap === "string") return colormap;
  const { map, lowerThreshold = 0 } = typeof colormap === "number" ? { map: colormap } : colormap;
  return `0.5,${lowerThreshold},0,256,${colormapNumber(map)}`;
}

/** Reads what {@link printColormap} writes. */
export function parseColormap(text: string): Colormap {
  const [, lower, , , map] = /^([^,]*),([^,]*),([^,]*),([^,]*),([^,]*)$/.exec(text)?.slice(1) ?? [];
  if (lower === undefined || map === undefined) {
    colormapNumber(text);
    return text as ColormapName; // The line above threw if it is none.
  }
  return checkColormap({
    map: checkCount("colormap", readNumber(map), 0, MAX_MAP),
    // A text is refused by the check, with the rule.
    lowerThreshold: readNumber(lower) as number,
  });
}

/** Passes a valid colour map through, as a frozen copy where it is an object. */
export function checkColormap(value: unknown): Colormap {
  if (typeof value !== "object" || value === null) {
    colormapNumber(value);
    return value as Colormap; // The line above threw if it is none.
  }
  const { map, lowerThreshold } = value as { map?: unknown; lowerThreshold?: unknown };
  colormapNumber(map);
  if (lowerThreshold !== undefined) checkCount("colormap lowerThreshold", lowerThreshold, 0, 255);
  return Object.freeze({ ...(value as ColormapThreshold) }); // Both members are checked.
}

/** A whole number as it stands in a URL, or the text: `Number()` would read `""` and `"0x2"` as numbers. */
function readNumber(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}
