import type { AttributeType } from "@brainatlas/sdk/rma/schema";

/** What a database column holds. */
export type SqlValue = string | number | null;

/** A row as the database gives it: values in the order of the statement's columns. */
export type SqlRow = readonly SqlValue[];

/** Types that SQL has no column for: they are kept as JSON text. */
export function isStoredAsJson(type: AttributeType): boolean {
  return type === "unknown" || type.endsWith("_array");
}

/** Declared type of a column, which decides how SQLite converts what is written. */
export function sqlTypeOf(type: AttributeType): "integer" | "real" | "text" {
  if (type === "integer" || type === "boolean") return "integer";
  return type === "float" ? "real" : "text";
}

/**
 * A value of an answer as its column keeps it. CSV writes booleans as `t` and `f`, and XML writes all as text (reference §3.7,
 * §3.8).
 *
 * @param where Column and row of the value, for the error.
 * @throws {TypeError} If the column cannot hold such a value.
 */
export function toSql(value: unknown, type: AttributeType, where = ""): SqlValue {
  if (value === null || value === undefined) return null;
  if (isStoredAsJson(type)) return printJson(value, type, where);
  if (type === "boolean") return readBoolean(value, where);
  if (type === "integer" || type === "float") return readNumber(value, type, where);
  if (type === "datetime" && value === "") return null;
  if (typeof value === "string") {
    return (type === "datetime" ? isoTime(value) : undefined) ?? checkText(value, type, where);
  }
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw fault(value, type, where, "text");
}

/** A column's value as an answer has it. */
export function fromSql(value: SqlValue, type: AttributeType): unknown {
  if (value === null) return null;
  if (type === "boolean") return value !== 0;
  return isStoredAsJson(type) && typeof value === "string" ? JSON.parse(value) : value;
}

/** Whether a value is a number, or a text that is one and nothing else. */
export function isNumeric(value: unknown): value is number | string {
  return typeof value === "string" ? NUMBER.test(value) : Number.isFinite(value);
}

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?\s*$/i;

const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:Z| UTC)?)?$/;

/**
 * A time as the service's JSON has it, so that times compare as text; a day alone is its midnight. `undefined` for what is none.
 *
 * @example isoTime("2009-05-02 22:45:57") // → "2009-05-02T22:45:57Z"
 */
export function isoTime(text: string): string | undefined {
  const [, day, time = "00:00:00"] = TIME.exec(text) ?? [];
  return day === undefined ? undefined : `${day}T${time}Z`;
}

/** As JSON and XML have them, as CSV does, and as Python's programs write the CSV that they keep. */
const TRUE = ["true", "t", "True"];
const FALSE = ["false", "f", "False"];

function readBoolean(value: unknown, where: string): number | null {
  if (typeof value === "string" ? TRUE.includes(value) : value === true || value === 1) return 1;
  if (typeof value === "string" ? FALSE.includes(value) : value === false || value === 0) return 0;
  if (value === "") return null; // CSV and XML write no value so.
  throw fault(value, "boolean", where, "true or false");
}

function readNumber(value: unknown, type: "integer" | "float", where: string): number | null {
  if (value === "") return null;
  const number = typeof value === "string" && isNumeric(value) ? Number(value) : value;
  const isFit = type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number);
  if (typeof number === "number" && isFit) return number;
  throw fault(value, type, where, type === "integer" ? "a whole number" : "a number");
}

/** Lists and objects in each other that a value may hold. */
const MAX_DEPTH = 32;

function printJson(value: unknown, type: AttributeType, where: string): string {
  if (isDeep(value, MAX_DEPTH)) throw fault("[…]", type, where, `lists and objects at most ${MAX_DEPTH} deep`);
  const text: string | undefined = JSON.stringify(value); // Its type leaves out that it may give nothing.
  if (text === undefined) throw fault(value, type, where, "what JSON has");
  return text;
}

/** The driver ends a text at a NUL, and replaces halves of characters. */
function checkText(text: string, type: AttributeType, where: string): string {
  if (text.includes("\0") || /\p{Surrogate}/u.test(text))
    throw fault(text, type, where, "text of whole characters, without NUL");
  return text;
}

function isDeep(value: unknown, rest: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return rest === 0 || Object.values(value).some((each) => isDeep(each, rest - 1));
}

function fault(value: unknown, type: AttributeType, where: string, wanted: string): TypeError {
  const shown = typeof value === "string" ? `"${excerpt(value)}"` : excerpt(printShort(value));
  return new TypeError(`Cannot keep ${shown} as ${type}${where === "" ? "" : ` in ${where}`}; give ${wanted}`);
}

function printShort(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : String(value);
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
