import { checkCount, show } from "../check.ts";
import { nearest } from "./nearest.ts";

/** One value, or a list of at least one. */
export type OneOrMore<T> = T | readonly T[];

/** A list of ids, from one or more. The service numbers its records from 1. */
export function idList(name: string, ids: OneOrMore<number>): readonly number[] {
  return list(name, ids).map((id) => checkCount(name, id, 1));
}

/** A list of texts, from one or more; an empty text names nothing. */
export function textList(name: string, texts: OneOrMore<string>): readonly string[] {
  return list(name, texts).map((text) => checkText(name, text));
}

/** Passes a text through that is not empty. */
export function checkText(name: string, text: unknown): string {
  if (typeof text !== "string") throw new TypeError(`Cannot use ${name} ${show(text)}; give text`);
  if (text.trim() === "") throw new RangeError(`Cannot use ${name} ${show(text)}; give text that is not empty`);
  return text;
}

/** Passes one of the allowed names through; the error names the nearest one. */
export function checkName<Name extends string>(name: string, value: Name, allowed: readonly Name[]): Name {
  if (allowed.includes(value)) return value;
  const meant = typeof value === "string" ? nearest(value, allowed) : undefined;
  const rule = meant === undefined ? `one of: ${allowed.join(", ")}` : `"${meant}"`;
  throw new RangeError(`Cannot use ${name} ${show(value)}; give ${rule}`);
}

/** A list of allowed names, from one or more. */
export function nameList<Name extends string>(
  name: string,
  values: OneOrMore<Name>,
  allowed: readonly Name[],
): readonly Name[] {
  return list(name, values).map((value) => checkName(name, value, allowed));
}

/** Ids and names of one kind of record, of which a query takes the one or the other: it has no OR. */
export type Keys = { readonly ids: readonly number[] } | { readonly names: readonly string[] };

/** Tells ids from names. */
export function keyList(name: string, keys: OneOrMore<number> | OneOrMore<string>): Keys {
  const all: readonly (number | string)[] = list<number | string>(name, keys);
  if (all.every((key) => typeof key === "number")) return { ids: idList(name, all) };
  if (all.every((key) => typeof key === "string")) return { names: textList(name, all) };
  throw new TypeError(`Cannot use ${name} ${show(keys)}; give either ids or names`);
}

function list<T>(name: string, given: T | readonly T[]): readonly T[] {
  const all: readonly T[] = isList(given) ? given : [given];
  if (all.length > 0) return all;
  throw new RangeError(`Cannot use ${name} []; give at least one value`);
}

/** `Array.isArray` does not tell readonly lists from single values. */
function isList<T>(given: T | readonly T[]): given is readonly T[] {
  return Array.isArray(given);
}

/** Passes a boolean through. */
export function checkBoolean(name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new TypeError(`Cannot use ${name} ${show(value)}; give true or false`);
}

/** Passes through what is said of records that failed the quality control. */
export function checkFailed(value: unknown): boolean | "any" {
  if (typeof value === "boolean" || value === "any") return value;
  throw new TypeError(`Cannot use failed ${show(value)}; give true, false or "any"`);
}
