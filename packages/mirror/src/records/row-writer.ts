import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import type { Association, Catalogue, RecordModel } from "./catalogue.ts";
import type { HeldColumns } from "./held-columns.ts";
import { LINKING_MODELS } from "./linking-models.ts";
import { baseOf, classOf, keyOf, kinOf } from "./row-class.ts";
import { RowCounter } from "./row-counter.ts";
import { type Certainty, type RowShape, shapeOf, signatureOf, upsertSql } from "./row-plan.ts";
import { sqlBuilder } from "./statement.ts";
import { type SqlValue, toSql } from "./values.ts";
import type { Writer } from "./writer.ts";

type Row = Readonly<Record<string, unknown>>;
type Keys = ReadonlyMap<string, SqlValue>;

/** What is known of a row from where it was found. */
interface Found {
  /** Keys of its associations, used where the row itself gives none. */
  readonly keys: Keys;
  /** Its own key, used likewise. */
  readonly key?: unknown;
  readonly certainty: Certainty;
  readonly depth: number;
}

/** Rows in each other, from the first: more than queries nest, and few enough for any stack. */
const MAX_DEPTH = 32;
/** Sets of columns that are remembered per model: rows of one answer have one or few. */
const MAX_SHAPES = 500;
const NO_KEYS: Keys = new Map();
const AT_TOP: Found = { keys: NO_KEYS, certainty: "said", depth: 0 };

/** Writes rows within one transaction. */
export class RowWriter {
  readonly #writer: Writer;
  readonly #catalogue: Catalogue;
  readonly #held: HeldColumns;
  readonly #shapes = new Map<RecordModel, Map<string, RowShape>>();
  readonly #linkSql = new Map<string, string>();
  readonly #counter = new RowCounter();

  constructor(writer: Writer, catalogue: Catalogue, held: HeldColumns) {
    this.#writer = writer;
    this.#catalogue = catalogue;
    this.#held = held;
  }

  counts(): Record<string, number> {
    return this.#counter.counts();
  }

  /** Writes a row and what is in it. */
  write(modelName: string, row: Row): void {
    const model = this.#catalogue.model(modelName);
    if (model === undefined) {
      throw new TypeError(`Cannot keep rows of "${modelName}": there is no such model; give one of the schema's`);
    }
    this.#write(model, row, AT_TOP);
  }

  /** @returns The row's id. */
  #write(listed: RecordModel, row: Row, found: Found): number {
    if (found.depth > MAX_DEPTH) {
      throw new TypeError(
        `Cannot keep rows of ${listed.name} so deep in others; give at most ${MAX_DEPTH} in each other`,
      );
    }
    const model = classOf(this.#catalogue, listed, row);
    const id = keyOf(model, row, found.key);
    const shape = this.#shapeOf(model, row);
    const keys = shape.owners.length === 0 ? found.keys : this.#writeOwners(model, shape, row, id, found);
    this.#upsert(model, shape, row, keys, id, model === listed ? found.certainty : "said");
    for (const association of shape.owned) this.#writeOwned(model, association, row, id, found.depth);
    return id;
  }

  #shapeOf(model: RecordModel, row: Row): RowShape {
    const shapes = this.#shapes.get(model) ?? new Map<string, RowShape>();
    this.#shapes.set(model, shapes);
    const signature = signatureOf(row);
    const known = shapes.get(signature);
    if (known !== undefined) return known;
    const shape = shapeOf(model, row, this.#held);
    if (shapes.size >= MAX_SHAPES) shapes.clear();
    shapes.set(signature, shape);
    return shape;
  }

  /** Writes the rows that this one points at, and adds the keys that it does so with to the known ones. */
  #writeOwners(model: RecordModel, { owners }: RowShape, row: Row, id: number, { keys: known, depth }: Found): Keys {
    const keys = new Map(known);
    for (const { name, join, model: target } of owners) {
      if (join.kind !== "key") continue;
      const [record, ...others] = recordsOf(row[name], model, id, name);
      if (others.length > 0)
        throw new TypeError(`Cannot keep "${name}" of ${model.name} ${id}: it is a list; give one record`);
      if (record === undefined) continue;
      const found = { keys: NO_KEYS, key: row[join.ownColumn], certainty: "implied", depth: depth + 1 } as const;
      keys.set(join.ownColumn, this.#write(this.#modelOf(target), record, found));
    }
    return keys;
  }

  /** Writes the rows that point at this one, or that a table of pairs joins with it. */
  #writeOwned(model: RecordModel, association: Association, row: Row, id: number, depth: number): void {
    const { name, join, model: target } = association;
    const keys = new Map<string, SqlValue>();
    if (join.kind === "key") {
      keys.set(join.otherColumn, id);
      // The service names the base of a family there, whatever the row's own class.
      if (join.classes !== undefined) keys.set(join.classes.column, baseOf(this.#catalogue, model.table) ?? model.name);
    }
    const found = { keys, certainty: "implied", depth: depth + 1 } as const;
    for (const record of recordsOf(row[name], model, id, name)) {
      const other = this.#write(this.#modelOf(target), record, found);
      if (join.kind === "link") this.#link(join.table, join.ownColumn, id, join.otherColumn, other);
    }
  }

  #upsert(model: RecordModel, shape: RowShape, row: Row, keys: Keys, id: number, certainty: Certainty): void {
    const values: SqlValue[] = [id];
    for (const extra of shape.extras) this.#held.fit(model.table, extra, row[extra.name]);
    for (const { name, type } of shape.columns) {
      values.push(toColumn(row[name], type, name, model, id) ?? keys.get(name) ?? null);
    }
    const added = keys.size === 0 ? [] : [...keys.keys()].filter((name) => row[name] === undefined);
    for (const name of added) values.push(keys.get(name) ?? null);
    values.push(model.name);
    this.#writer.run({ sql: this.#sqlOf(model, shape, added, certainty), parameters: values });
    this.#counter.add(model.table.name, model.name, id);
    this.#linkSides(model, row, keys);
  }

  #sqlOf(model: RecordModel, shape: RowShape, added: readonly string[], certainty: Certainty): string {
    const key = `${certainty} ${added.join()}`;
    const known = shape.sql.get(key);
    if (known !== undefined) return known;
    const columns = [...shape.columns.map(({ name }) => name), ...added];
    const sql = upsertSql(model.table, columns, kinOf(this.#catalogue, model), certainty);
    shape.sql.set(key, sql);
    return sql;
  }

  #linkSides(model: RecordModel, row: Row, keys: Keys): void {
    const linking = LINKING_MODELS[model.name];
    if (linking === undefined) return;
    const [first, second] = linking.sides;
    const [one, other] = [first, second].map(({ key }) => toSql(row[key] ?? keys.get(key), "integer"));
    if (one !== null && one !== undefined && other !== null && other !== undefined) {
      this.#link(linking.table, first.link, one, second.link, other);
    }
  }

  #link(table: string, ownColumn: string, own: SqlValue, otherColumn: string, other: SqlValue): void {
    const key = `${table}.${ownColumn}`;
    const known = this.#linkSql.get(key) ?? linkSql(table, ownColumn, otherColumn);
    this.#linkSql.set(key, known);
    this.#writer.run({ sql: known, parameters: [own, other] });
  }

  #modelOf(name: string): RecordModel {
    const model = this.#catalogue.model(name);
    if (model === undefined) throw new Error(`The schema names a model "${name}" that it does not have`);
    return model;
  }
}

/** SQL that adds a pair, if it is not there yet. */
function linkSql(table: string, ownColumn: string, otherColumn: string): string {
  const insert = sqlBuilder.insertInto(table).values({ [ownColumn]: 0, [otherColumn]: 0 });
  return insert.onConflict((conflict) => conflict.doNothing()).compile().sql;
}

/** Records of an association: an answer has an object for one, a list for many, and nothing, or an empty text in XML, for none. */
function recordsOf(value: unknown, model: RecordModel, id: number, name: string): readonly Row[] {
  if (value === null || value === undefined || value === "") return [];
  const records = Array.isArray(value) ? value : [value];
  if (records.every(isRow)) return records;
  throw new TypeError(`Cannot keep "${name}" of ${model.name} ${id}: it holds what is no record; give records`);
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toColumn(value: unknown, type: AttributeType, name: string, model: RecordModel, id: number): SqlValue {
  try {
    return toSql(value, type);
  } catch (error) {
    // Once more, to say where: it would cost too much to make that text for every value.
    if (error instanceof TypeError) return toSql(value, type, `"${name}" of ${model.name} ${id}`);
    throw error;
  }
}
