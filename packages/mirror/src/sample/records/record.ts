import { SCHEMA } from "@brainatlas/sdk/rma/schema";
import type { ModelRow } from "../../records/model-row.ts";

/** Where the rows begin that the sample made up: ids from here on are nobody's. */
export const FIRST_SAMPLE_ID = 900_000_001;

/** Families whose column `type` no answer of the service shows: the model says it. */
const UNTYPED_TABLES: ReadonlySet<string> = new Set(["sub_images", "data_sets"]);

const blanks = new Map<string, Readonly<Record<string, null>>>();

/**
 * Record of a model with all its columns: those not given are null.
 *
 * @param model Model of the schema.
 * @param values Columns, and stubs of associations.
 * @returns The record.
 * @throws {TypeError} If the schema has no such model.
 * @example record("Hemisphere", { id: 1, name: "left" }).row.symbol // → null
 */
export function record(model: string, values: Readonly<Record<string, unknown>>): ModelRow {
  return { model, row: { ...blankOf(model), ...values } };
}

function blankOf(model: string): Readonly<Record<string, null>> {
  const known = blanks.get(model);
  if (known !== undefined) return known;
  const schema = SCHEMA[model];
  if (schema === undefined) throw new TypeError(`Cannot make a record of "${model}": the schema has no such model`);
  const columns = Object.keys(schema.attributes).filter((name) => name !== "type" || !UNTYPED_TABLES.has(schema.table));
  const blank = Object.fromEntries(columns.map((name) => [name, null]));
  blanks.set(model, blank);
  return blank;
}

/**
 * Links to other records: stubs that hold an id alone.
 *
 * @param ids Ids of the other records.
 * @returns One stub an id.
 * @example stubs(1, 2) // → [{ id: 1 }, { id: 2 }]
 */
export function stubs(...ids: readonly number[]): readonly { readonly id: number }[] {
  return ids.map((id) => ({ id }));
}
