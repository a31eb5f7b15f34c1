import type { TierWindow } from "@brainatlas/sdk/image";

/** A window of a tier of which it does not matter which one that is. */
type Place = Omit<TierWindow, "downsample">;

/** Windows that an answer names, of those of one tier. */
const MAX_NAMED = 4;

/**
 * Whether all of a window is held.
 *
 * @example isHeld([{ left: 0, top: 0, width: 256, height: 256, downsample: 1 }], { left: 9, top: 9, width: 1, height: 1, downsample: 1 }) // → true
 */
export function isHeld(held: readonly TierWindow[], window: TierWindow): boolean {
  let open: Place[] = [window];
  for (const { downsample, ...other } of held) {
    if (downsample === window.downsample) open = open.flatMap((place) => without(place, other));
  }
  return open.length === 0;
}

/** What is left of a rectangle without another: above, below, on the left and on the right of it. */
function without(place: Place, other: Place): Place[] {
  const [right, bottom] = [place.left + place.width, place.top + place.height];
  const left = Math.max(place.left, other.left);
  const top = Math.max(place.top, other.top);
  const end = Math.min(right, other.left + other.width);
  const floor = Math.min(bottom, other.top + other.height);
  if (end <= left || floor <= top) return [place];
  const parts = [
    { left: place.left, top: place.top, width: place.width, height: top - place.top },
    { left: place.left, top: floor, width: place.width, height: bottom - floor },
    { left: place.left, top, width: left - place.left, height: floor - top },
    { left: end, top, width: right - end, height: floor - top },
  ];
  return parts.filter(({ width, height }) => width > 0 && height > 0);
}

/** The same windows in as few as neighbours make, those of the finest tier first, then from the top and from the left. */
export function joinWindows(windows: readonly TierWindow[]): TierWindow[] {
  const joined: TierWindow[] = [];
  for (const window of windows) addTo(joined, window);
  return joined.sort((a, b) => a.downsample - b.downsample || a.top - b.top || a.left - b.left);
}

/** Adds a window to others; one that it makes a rectangle with becomes part of it, and is looked at again. */
function addTo(joined: TierWindow[], added: TierWindow): void {
  let window = added;
  for (let index = 0; index < joined.length; index += 1) {
    const whole = joinTwo(joined[index] ?? window, window);
    if (whole === undefined) continue;
    joined.splice(index, 1);
    window = whole;
    index = -1;
  }
  joined.push(window);
}

/** Two windows as one; `undefined` where they are no rectangle together. */
function joinTwo(one: TierWindow, other: TierWindow): TierWindow | undefined {
  if (one.downsample !== other.downsample) return undefined;
  const [left, top] = [Math.min(one.left, other.left), Math.min(one.top, other.top)];
  const width = Math.max(one.left + one.width, other.left + other.width) - left;
  const height = Math.max(one.top + one.height, other.top + other.height) - top;
  const both = { left, top, width, height, downsample: one.downsample };
  return isHeld([one, other], both) ? both : undefined;
}

/** Says what is held of a tier, for who asked for more. */
export function describeHeld(held: readonly TierWindow[], downsample: number): string {
  const windows = held.filter((window) => window.downsample === downsample);
  const named = windows
    .slice(0, MAX_NAMED)
    .map(({ left, top, width, height }) => `${width} × ${height} pixels at ${left}, ${top}`);
  const more = windows.length > MAX_NAMED ? `, and ${windows.length - MAX_NAMED} more` : "";
  const what = named.length === 0 ? "nothing" : `the ${named.join(", the ")}${more}`;
  return `This mirror holds of this picture, at downsample ${downsample}, ${what}`;
}

/**
 * Reads the windows that an entry names as held; `undefined` for one that names none: it holds all.
 *
 * @throws {Error} If they are none; the message is the reason alone.
 */
export function parseHeld(tiers: unknown): readonly TierWindow[] | undefined {
  if (tiers === undefined) return undefined;
  if (Array.isArray(tiers) && tiers.length > 0 && tiers.every(isWindow)) return tiers;
  throw new Error("it does not say which part of its picture it holds");
}

function isWindow(value: unknown): value is TierWindow {
  const { left, top, width, height, downsample }: Partial<Record<keyof TierWindow, unknown>> = Object(value);
  const isCount = (number: unknown, least: number): boolean => Number.isSafeInteger(number) && Number(number) >= least;
  return [left, top, downsample].every((each) => isCount(each, 0)) && isCount(width, 1) && isCount(height, 1);
}
