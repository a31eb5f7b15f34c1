import { UsageError } from "../errors.ts";
import { nearest } from "../nearest.ts";

/** A row as it came; nothing is known of it. */
export type Row = unknown;

/**
 * What a row holds under a field: its own key, or a path of keys with dots between them. Through a list the path gives the list
 * of what its items hold. A row that is no object is its own `value`. `undefined` where there is nothing.
 *
 * @example readField({ genes: [{ acronym: "Pdyn" }] }, "genes.acronym") // → ["Pdyn"]
 */
export function readField(row: Row, field: string): unknown {
  if (!isObject(row)) return field === "value" ? row : undefined;
  return Object.hasOwn(row, field) ? row[field] : readSteps(row, field.split("."));
}

function readSteps(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) return value.flatMap((item) => readSteps(item, [step, ...rest]) ?? []);
  return isObject(value) && Object.hasOwn(value, step) ? readSteps(value[step], rest) : undefined;
}

/** Keys of rows in the order of their first appearance. Rows that are no objects have the one field `value`. */
export function fieldsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => (isObject(row) ? Object.keys(row) : ["value"])))];
}

/** A row of these fields alone. What is absent is `null`, so that every row has every field. */
export function pickFields(row: Row, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, readField(row, field) ?? null]));
}

/**
 * Checks fields against some rows.
 *
 * @throws {UsageError} If none of the rows has a field. It is taken to be there where a row has nothing on the way to it.
 */
export function checkFields(fields: readonly string[], rows: readonly Row[]): void {
  if (rows.length === 0) return;
  for (const field of fields) {
    if (!rows.some((row) => hasField(row, field))) throw unknownField(field, rows);
  }
}

function hasField(row: Row, field: string): boolean {
  if (!isObject(row)) return field === "value";
  return Object.hasOwn(row, field) || reaches(row, field.split("."));
}

function reaches(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined || value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0 || value.some((item) => reaches(item, [step, ...rest]));
  return isObject(value) && Object.hasOwn(value, step) && reaches(value[step], rest);
}

/** Fields that an error names: a matrix may have hundreds. */
const NAMED_FIELDS = 10;

function unknownField(field: string, rows: readonly Row[]): UsageError {
  const steps = field.split(".");
  const known = steps.findIndex((_, index) => !rows.some((row) => reaches(row, steps.slice(0, index + 1))));
  const prefix = steps.slice(0, known);
  const below = prefix.length === 0 ? rows : rows.flatMap((row) => readSteps(row, prefix) ?? []);
  const names = fieldsOf(below).map((name) => [...prefix, name].join("."));
  if (names.length === 0) {
    const where = prefix.length === 0 ? "they have" : `${JSON.stringify(prefix.join("."))} has`;
    return new UsageError(
      `Cannot find field "${field}" in the rows: ${where} no fields, as after [only…] in the query`,
    );
  }
  const meant = nearest(field, names);
  const others = names.length > NAMED_FIELDS ? `, …, ${names.length - NAMED_FIELDS} more` : "";
  const list = names.slice(0, NAMED_FIELDS).join(", ");
  return new UsageError(`Cannot find field "${field}" in the rows; give some of ${list}${others}`, {
    hint: meant === undefined ? undefined : `did you mean ${meant}?`,
  });
}

/** Whether a value has fields; a list has not, its items may. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
