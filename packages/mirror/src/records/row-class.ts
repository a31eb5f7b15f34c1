import { type Catalogue, KEY, type RecordModel, type RecordTable } from "./catalogue.ts";
import type { Kin } from "./row-plan.ts";
import { isNumeric } from "./values.ts";

/** The model of which a row says that it is, with its column `type`, where that is one of the same family. */
export function classOf(catalogue: Catalogue, model: RecordModel, row: Readonly<Record<string, unknown>>): RecordModel {
  const { family } = model.table;
  if (family.length === 1 || typeof row.type !== "string" || !family.includes(row.type)) return model;
  const said = catalogue.model(row.type);
  return said?.classes === undefined ? model : said;
}

/** Name of the model that all rows of a family are of; `undefined` for a model without a family. */
export function baseOf(catalogue: Catalogue, table: RecordTable): string | undefined {
  if (table.family.length === 1) return undefined;
  return table.family.find((name) => catalogue.model(name)?.classes === undefined);
}

/** The models of a family that a model's rows are of, too, and those whose rows are of this one. */
export function kinOf(catalogue: Catalogue, { name, classes, table }: RecordModel): Kin {
  const others = table.family.filter((each) => each !== name);
  const above = others.filter((each) => catalogue.model(each)?.classes?.includes(name) !== false);
  const below = classes === undefined ? others : classes.filter((each) => each !== name);
  return { above, below };
}

/**
 * The key of a row.
 *
 * @param known The key by which another row points at this one: an answer may leave the row's own out.
 * @throws {TypeError} If there is none, or one that is no whole number.
 */
export function keyOf(model: RecordModel, row: Readonly<Record<string, unknown>>, known: unknown): number {
  const { keyColumn } = model.table;
  const own = row[keyColumn] ?? row[KEY];
  const key = own ?? known;
  const number = typeof key === "string" && isNumeric(key) ? Number(key) : key;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  const reason = key === undefined || key === null ? `it has no ${keyColumn}` : `its ${keyColumn} is no whole number`;
  throw new TypeError(`Cannot keep the ${model.name} ${describeRow(row)}: ${reason}; give one`);
}

/** The first values of a row, to know it by. */
function describeRow(row: Readonly<Record<string, unknown>>): string {
  const scalars = Object.entries(row).filter(([, value]) => typeof value !== "object" || value === null);
  const shown = scalars.slice(0, 3).map(([name, value]) => `${name.slice(0, 40)}: ${String(value).slice(0, 40)}`);
  return `{ ${shown.join(", ")}${Object.keys(row).length > shown.length ? ", …" : ""} }`;
}
