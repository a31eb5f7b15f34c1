import { SCHEMA } from "@brainatlas/sdk/rma/schema";
import type { CompiledQuery } from "kysely";
import { type Catalogue, CLASS, KEY, type RecordTable } from "./catalogue.ts";
import { resolveJoin } from "./join.ts";
import { sqlBuilder } from "./statement.ts";
import { sqlTypeOf } from "./values.ts";

/** Table of the columns that rows gave, with the types of those that the schema lacks. */
export const HELD_COLUMNS = "held_columns";

/** Columns beside keys that queries look rows up by. */
const LOOKED_UP = ["acronym", "name", "abbreviation"];

/** Statements that make the tables of a new store, with an index for every key that an association follows. */
export function* createTables(catalogue: Catalogue): Generator<CompiledQuery> {
  yield sqlBuilder.schema
    .createTable(HELD_COLUMNS)
    .addColumn("table_name", "text", (column) => column.notNull())
    .addColumn("column_name", "text", (column) => column.notNull())
    .addColumn("column_type", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("held_columns_key", ["table_name", "column_name"])
    .compile();
  const tables = new Map(catalogue.models.map((name) => [SCHEMA[name]?.table ?? "", name]));
  for (const name of tables.keys()) yield* createTable(catalogue.table(name));
  for (const name of linkTables()) yield* createLinks(name);
}

function* createTable(table: RecordTable): Generator<CompiledQuery> {
  let statement = sqlBuilder.schema.createTable(table.name).addColumn(KEY, "integer", (column) => column.primaryKey());
  for (const { name, type } of table.columns.values()) {
    if (name !== KEY) statement = statement.addColumn(name, sqlTypeOf(type));
  }
  yield statement.addColumn(CLASS, "text", (column) => column.notNull()).compile();
  // Queries of one class of a family ask for it.
  if (table.family.length > 1) yield createIndex(table.name, CLASS);
  for (const column of table.columns.keys()) {
    const isKey = column.endsWith("_id") && column !== table.keyColumn;
    if (isKey || LOOKED_UP.includes(column)) yield createIndex(table.name, column);
  }
}

function createIndex(table: string, column: string): CompiledQuery {
  return sqlBuilder.schema.createIndex(`${table}_by_${column}`).on(table).column(column).compile();
}

/** Tables of pairs by their names: the two columns. */
export function linkTables(): ReadonlyMap<string, readonly [string, string]> {
  const found = new Map<string, readonly [string, string]>();
  for (const [model, { associations }] of Object.entries(SCHEMA)) {
    for (const name of Object.keys(associations)) {
      const join = resolveJoin(model, name);
      if (join?.kind === "link") found.set(join.table, [join.ownColumn, join.otherColumn]);
    }
  }
  return found;
}

function* createLinks([name, [first, second]]: readonly [string, readonly [string, string]]): Generator<CompiledQuery> {
  yield sqlBuilder.schema
    .createTable(name)
    .addColumn(first, "integer", (column) => column.notNull())
    .addColumn(second, "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint(`${name}_key`, [first as never, second as never])
    .compile();
  yield createIndex(name, second);
}
