import { show } from "../check.ts";

/** Longest name that is compared: no option has one of this length. */
const MAX_CHARACTERS = 80;

/**
 * Refuses options of other names than these: what is misspelt would count for nothing, without a word.
 *
 * @throws {TypeError} If there is another, with the nearest of these, or all of them where none is near.
 * @example checkOptionNames({ concurency: 3 }, ["directory", "concurrency"]) // throws: … give "concurrency"
 */
export function checkOptionNames(options: unknown, names: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`Cannot use options ${show(options)}; give an object`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const near = nearestOf(unknown, names);
  const better = near === undefined ? `some of ${names.join(", ")}` : show(near);
  throw new TypeError(`Cannot use option ${show(unknown)}; give ${better}`);
}

/** The name that differs in the fewest letters, if it is near enough to be what was meant. */
function nearestOf(wrong: string, names: readonly string[]): string | undefined {
  const text = wrong.slice(0, MAX_CHARACTERS).toLowerCase();
  let [nearest, least]: [string | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const name of names) {
    const distance = distanceOf(text, name.toLowerCase());
    if (distance < least && distance <= name.length * 0.4) [nearest, least] = [name, distance];
  }
  return nearest;
}

/** Number of letters to put in, take out or replace. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
