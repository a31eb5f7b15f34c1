import { checkCount, show } from "../check.ts";
import { checkBoolean, checkName, checkText } from "../queries/values.ts";
import type { ServiceParameter } from "./service-table.ts";

/**
 * The values of a parameter, one by one, if they are what it takes.
 *
 * @throws {TypeError} If one is of another type, or a list stands where there is one value.
 * @throws {RangeError} If a list has another length, a word is none of those allowed, or a number is not finite or no whole one.
 */
export function checkValues(name: string, given: unknown, parameter: ServiceParameter): readonly unknown[] {
  const { isList, length } = parameter;
  if (Array.isArray(given) && !isList) {
    throw new TypeError(`Cannot use ${name} ${show(given)}; give one value, and not a list`);
  }
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (values.length === 0) throw new RangeError(`Cannot use ${name} []; give at least one value`);
  if (length !== undefined && values.length !== length) {
    throw new RangeError(`Cannot use ${name} ${show(given)}; give ${length} numbers`);
  }
  return values.map((value) => (isVariable(value) ? value : checkValue(name, value, parameter)));
}

function checkValue(name: string, value: unknown, { type, words, name: apiName }: ServiceParameter): unknown {
  if (words !== undefined) return checkName(name, checkText(name, value), words);
  if (apiName === "start_row") return checkCount(name, value, 0);
  if (apiName === "num_rows") return checkCount(name, value, 1);
  if (type === "bool") return checkBoolean(name, value);
  if (type === "str" || (type === "key" && typeof value === "string")) return checkText(name, value);
  return checkNumber(name, value, type);
}

function checkNumber(name: string, value: unknown, type: "int" | "float" | "key"): number {
  if (typeof value !== "number") {
    const rule = type === "key" ? "an id or an acronym" : "a number";
    throw new TypeError(`Cannot use ${name} ${show(value)}; give ${rule}`);
  }
  if (type === "float" ? Number.isFinite(value) : Number.isSafeInteger(value)) return value;
  throw new RangeError(`Cannot use ${name} ${value}; give a ${type === "float" ? "finite" : "whole"} number`);
}

/** What a pipe before binds; what its values are is not known yet. */
function isVariable(value: unknown): boolean {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "variable";
}
