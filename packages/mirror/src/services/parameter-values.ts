import type { Filter } from "@brainatlas/sdk/rma";
import type { ServiceParameter } from "@brainatlas/sdk/services";
import { quote } from "../rma/near-names.ts";
import { type Literal, textOf } from "../rma/operands.ts";
import { QueryError } from "../rma/result.ts";

/** A value of a parameter: a key is an id, or a text. */
export type ParameterValue = string | number | boolean;

/**
 * The values of a parameter, with or without quotes. Services take `$eq` and `$in` alike (reference §3.5).
 *
 * @throws {QueryError} If there are too many, or too few, or one is none that the parameter takes.
 */
export function valuesOf({ column, operator, values }: Filter, parameter: ServiceParameter): readonly ParameterValue[] {
  const { isList, length } = parameter;
  if (operator !== "eq" && operator !== "in") {
    throw new QueryError(`Cannot read parameter ${quote(column)}; give it as [${parameter.name}$eq…]`);
  }
  const wanted = length ?? (isList ? undefined : 1);
  if (wanted !== undefined && values.length !== wanted) {
    const count = wanted === 1 ? "one value" : `${wanted} values`;
    throw new QueryError(`Cannot take ${values.length} values of ${parameter.name}; give ${count}`);
  }
  // Variables are bound by now.
  return values.map((value) => toValue(textOf(value as Literal), parameter));
}

function toValue(text: string, { name, type, words }: ServiceParameter): ParameterValue {
  const fail = (wayOut: string): never => {
    throw new QueryError(`Cannot use ${name} ${quote(text)}; give ${wayOut}`);
  };
  if (words !== undefined) return words.includes(text) ? text : fail(words.join(" or "));
  if (type === "bool") return /^t(?:rue)?$/i.test(text) || (!/^f(?:alse)?$/i.test(text) && fail("true or false"));
  if (type === "int") return toInteger(text) ?? fail("a whole number");
  if (type === "float") return toNumber(text) ?? fail("a number");
  return type === "key" ? (toInteger(text) ?? text) : text;
}

function toInteger(text: string): number | undefined {
  const value = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function toNumber(text: string): number | undefined {
  const value = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?\s*$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}
