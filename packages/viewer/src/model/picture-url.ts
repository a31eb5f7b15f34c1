import { COLORMAPS, type ColormapName, type ColormapThreshold, checkImageParameters } from "@brainatlas/sdk/image";
import { DEFAULT_PICTURE, type PictureKind, type PictureView } from "./view.ts";
import { DIGITS, readDecimal, readNumbers, roundTo } from "./view-values.ts";

/** Keys of an address for which pictures a panel shows, and how they are made. */
const KEYS = ["picture", "over", "mix", "share", "range", "map", "threshold", "contrast"] as const;

/** The words of addresses; "nissl" is what the plates of most atlases are stained with, and reads as the picture as it was taken. */
const KINDS: Readonly<Record<string, PictureKind>> = {
  primary: "primary",
  nissl: "primary",
  annotated: "annotated",
  expression: "expression",
  projection: "projection",
  none: "none",
};

/** Whether a key is one of those that say which pictures a panel shows. */
export function hasChoices(key: string): boolean {
  return (KEYS as readonly string[]).includes(key);
}

/** Reads which pictures a panel shows; what is missing or no value of its key is as in every panel. */
export function parseChoices(value: (key: string) => string | undefined): PictureView {
  return {
    shown: readKind(value("picture")) ?? DEFAULT_PICTURE.shown,
    over: readKind(value("over")),
    mix: value("mix") === "swipe" ? "swipe" : DEFAULT_PICTURE.mix,
    share: readDecimal(value("share"), 0, 1, DIGITS.share) ?? DEFAULT_PICTURE.share,
    range: parseRange(value("range")),
    colormap: parseMap(value("map"), value("threshold")),
    contrast: parseContrast(value("contrast")),
  };
}

/** Pairs of an address for which pictures a panel shows; what is as in every panel is left out. */
export function printChoices(picture: PictureView, usual: PictureView): (readonly [key: string, value: string])[] {
  const { shown, over, mix, range, colormap, contrast } = picture;
  const share = roundTo(picture.share, DIGITS.share);
  const threshold = colormap?.lowerThreshold;
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ["picture", shown === usual.shown ? undefined : shown],
    ["over", over],
    ["mix", mix === usual.mix ? undefined : mix],
    ["share", share === usual.share ? undefined : String(share)],
    ["range", range?.join(",")],
    ["map", colormap === undefined ? undefined : String(colormap.map)],
    ["threshold", threshold === undefined ? undefined : String(threshold)],
    ["contrast", contrast?.map((each) => roundTo(each, DIGITS.share)).join(",")],
  ];
  return pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}

function readKind(text: string | undefined): PictureKind | undefined {
  return text !== undefined && Object.hasOwn(KINDS, text) ? KINDS[text] : undefined;
}

function parseRange(text: string | undefined): PictureView["range"] {
  const [a, b, c, d, e, f] = readNumbers(text, 6) ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined)
    return undefined;
  const range = [a, b, c, d, e, f] as const;
  return isTaken(() => checkImageParameters({ range }, ["range"])) ? range : undefined;
}

function parseMap(text: string | undefined, threshold: string | undefined): ColormapThreshold | undefined {
  if (text === undefined) return undefined;
  // The names are the keys of the table.
  const map = Object.hasOwn(COLORMAPS, text) ? (text as ColormapName) : readDecimal(text, 0, 99, 0);
  if (map === undefined) return undefined;
  const lowerThreshold = readDecimal(threshold, 0, 255, 0);
  const colormap = lowerThreshold === undefined ? { map } : { map, lowerThreshold };
  return isTaken(() => checkImageParameters({ colormap }, ["colormap"])) ? colormap : undefined;
}

function parseContrast(text: string | undefined): PictureView["contrast"] {
  const [gain, bias] = readNumbers(text, 2) ?? [];
  if (gain === undefined || bias === undefined) return undefined;
  return isTaken(() => checkImageParameters({ contrast: [gain, bias] }, ["contrast"])) ? [gain, bias] : undefined;
}

/** Whether the image services take it: they have the rule, in the SDK. */
function isTaken(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
