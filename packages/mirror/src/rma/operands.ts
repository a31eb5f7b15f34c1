import type { Value } from "@brainatlas/sdk/rma";
import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import type { Column } from "../records/catalogue.ts";
import { isoTime, isStoredAsJson, type SqlValue } from "../records/values.ts";
import { quote } from "./near-names.ts";
import { QueryError } from "./result.ts";

/** A value of a query that is none of the query's other things: text, a number, or a word. */
export type Literal = Exclude<Value, { readonly kind: "variable" }>;

/** What kind of comparison a column's type allows. */
export type TypeGroup = "number" | "boolean" | "text" | "date" | "opaque";

export function groupOf(type: AttributeType): TypeGroup {
  if (type === "integer" || type === "float") return "number";
  if (type === "boolean") return "boolean";
  if (type === "datetime") return "date";
  return isStoredAsJson(type) ? "opaque" : "text";
}

export function textOf(literal: Literal): string {
  return literal.kind === "string" ? literal.value : literal.text;
}

/** Whether a value stands for "no value": `nil`, `null` and `'nil'` (reference §3.3). */
export function isNil(literal: Literal): boolean {
  if (literal.kind === "string") return literal.value === "nil";
  return literal.kind === "word" && (literal.text === "nil" || literal.text === "null");
}

/**
 * A value as its column keeps it, with or without quotes.
 *
 * @throws {QueryError} If the column can hold no such value: an empty answer would hide the mistake.
 */
export function toOperand(literal: Literal, column: Column): SqlValue {
  const text = textOf(literal);
  // The driver would cut the text there, or put another character for it, and find what was not asked for.
  if (/[\0\p{Surrogate}]/u.test(text)) {
    throw new QueryError(`Cannot compare ${column.name} with text that holds a zero character, or half a character`);
  }
  const group = groupOf(column.type);
  if (group === "number") return toNumber(text, column);
  if (group === "boolean") return toBoolean(text, column);
  return group === "date" ? toDate(text, column) : text;
}

function toNumber(text: string, column: Column): number {
  const value = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) fail(text, column, "give a number");
  // Beyond this, two ids may be one number.
  if (column.type === "integer" && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    fail(text, column, "give a smaller number");
  return value;
}

function toBoolean(text: string, column: Column): number {
  if (/^t(?:rue)?$/i.test(text)) return 1;
  return /^f(?:alse)?$/i.test(text) ? 0 : fail(text, column, "give true or false");
}

/** Dates are kept, and compared, as ISO text. */
function toDate(text: string, column: Column): string {
  return isoTime(text) ?? fail(text, column, "give a date such as 2009-05-02, or 2009-05-02T22:45:57Z");
}

function fail(text: string, { name, type }: Column, wayOut: string): never {
  throw new QueryError(`Cannot compare ${name} with ${quote(text)}: it holds values of type ${type}; ${wayOut}`);
}
