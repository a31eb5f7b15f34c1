import type { AttributeType } from "@brainatlas/sdk/rma/schema";

/** What a database column holds. */
export type SqlValue = string | number | null;

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
 * @throws {TypeError} If the column cannot hold such a value.
 */
export function toSql(value: unknown, type: AttributeType): SqlValue {
  if (value === null || value === undefined) return null;
  if (isStoredAsJson(type)) return JSON.stringify(value);
  if (type === "boolean") return readBoolean(value);
  if (type === "integer" || type === "float") return readNumber(value, type);
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new TypeError(`Cannot keep ${JSON.stringify(value).slice(0, 60)} as ${type}; give text`);
}

/** A column's value as an answer has it. */
export function fromSql(value: SqlValue, type: AttributeType): unknown {
  if (value === null) return null;
  if (type === "boolean") return value !== 0;
  return isStoredAsJson(type) && typeof value === "string" ? JSON.parse(value) : value;
}

function readBoolean(value: unknown): number {
  if (value === true || value === "true" || value === "t" || value === 1) return 1;
  if (value === false || value === "false" || value === "f" || value === 0) return 0;
  throw new TypeError(`Cannot keep ${JSON.stringify(value)} as boolean; give true or false`);
}

function readNumber(value: unknown, type: "integer" | "float"): number | null {
  if (value === "") return null; // CSV and XML write no value so.
  const number = typeof value === "string" ? Number(value) : value;
  const isFit = type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number);
  if (typeof number === "number" && isFit) return number;
  throw new TypeError(`Cannot keep ${JSON.stringify(value)} as ${type}; give a number`);
}
