import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import { sql } from "kysely";
import { sqlBuilder, toStatement } from "./statement.ts";
import { isNumeric, type SqlValue } from "./values.ts";
import type { Writer } from "./writer.ts";

/** A column that the schema lacks. Its type follows what it is given. */
export interface ExtraColumn {
  readonly name: string;
  type: AttributeType;
  /** Whether a row has a value in it; `undefined` while nobody looked. */
  isSet: boolean | undefined;
}

/** Whether a column of a type, made up from values seen before, keeps a value as it is. */
export function isFit(value: unknown, type: AttributeType): boolean {
  if (value === null || value === undefined) return true;
  if (type === "boolean") return typeof value === "boolean" || value === "true" || value === "false";
  if (type === "integer") return Number.isSafeInteger(isNumeric(value) ? Number(value) : value);
  if (type === "float") return isNumeric(value);
  if (type === "string") return typeof value === "string";
  return false;
}

/**
 * The type of a column that keeps a value beside what it holds: a whole number makes way for a fraction, all else for JSON.
 *
 * A column that holds nothing yet takes the value's type.
 */
export function typeToFit(value: unknown, { type, isSet }: ExtraColumn): AttributeType {
  if (isSet === false) return typeOf(value);
  return type === "integer" && isFit(value, "float") ? "float" : "unknown";
}

function typeOf(value: unknown): AttributeType {
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return "string";
  if (typeof value !== "number") return "unknown";
  return Number.isSafeInteger(value) ? "integer" : "float";
}

/** Whether a row has a value in a column. */
export function isSet(writer: Writer, table: string, column: string): boolean {
  const query = sqlBuilder.selectFrom(table).select(column).where(column, "is not", null).limit(1);
  return writer.all(toStatement(query.compile())).length > 0;
}

/**
 * Writes what a column holds as a column of type `unknown` has it. Numbers stay: read back, they are themselves, and the
 * database prints them with fewer digits.
 */
export function rewriteAsJson(writer: Writer, table: string, { name, type }: ExtraColumn): void {
  if (type === "integer" || type === "float") return;
  const json =
    type === "boolean"
      ? sql<SqlValue>`case ${sql.ref(name)} when 0 then 'false' else 'true' end`
      : sql<SqlValue>`json_quote(${sql.ref(name)})`;
  const query = sqlBuilder
    .updateTable(table)
    .set({ [name]: json })
    .where(name, "is not", null);
  writer.run(toStatement(query.compile()));
}
