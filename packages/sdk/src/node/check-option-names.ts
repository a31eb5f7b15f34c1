import { show } from "../check.ts";
import { nearest } from "../queries/nearest.ts";

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
  const near = nearest(unknown.slice(0, MAX_CHARACTERS), names);
  const better = near === undefined ? `some of ${names.join(", ")}` : show(near);
  throw new TypeError(`Cannot use option ${show(unknown)}; give ${better}`);
}
