import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import { sql } from "kysely";
import { CLASS, KEY, type RecordTable } from "./catalogue.ts";
import { type ExtraColumn, isFit, isSet, rewriteAsJson, typeToFit } from "./extra-column.ts";
import { sqlBuilder, toStatement } from "./statement.ts";
import { HELD_COLUMNS } from "./tables.ts";
import type { Writer } from "./writer.ts";

/** Columns that rows gave, as one transaction sees them and adds to them. */
export interface HeldColumns {
  /** Notes that rows give a column of the schema. */
  hold(table: RecordTable, column: string, type: AttributeType): void;
  /**
   * A column that the schema lacks; it is made at the first call.
   *
   * @throws {TypeError} If it cannot be a column's name, or the table has too many of them.
   */
  extra(table: RecordTable, column: string): ExtraColumn;
  /** Changes an extra column's type, and what it holds, where a value does not fit it. */
  fit(table: RecordTable, column: ExtraColumn, value: unknown): void;
}

/** Hyphens of XML names come as underscores. */
const NAME = /^[a-z][a-z0-9_]{0,62}$/i;
/** Columns that a table may have beside the schema's: more than the service ever added to one. Each stays for good. */
const MAX_EXTRA = 200;

/** Reads what columns are held. */
export function openHeldColumns(writer: Writer): HeldColumns {
  const held = readHeld(writer);
  const extras = new Map<string, Map<string, ExtraColumn>>();

  function note(table: string, column: string, type: AttributeType): void {
    held.set(`${table}.${column}`, type);
    const row = { table_name: table, column_name: column, column_type: type };
    writer.run(toStatement(sqlBuilder.replaceInto(HELD_COLUMNS).values(row).compile()));
  }

  function extrasOf(table: RecordTable): Map<string, ExtraColumn> {
    const known = extras.get(table.name) ?? readExtras(writer, table, held);
    extras.set(table.name, known);
    return known;
  }

  return {
    hold(table, column, type) {
      if (!held.has(`${table.name}.${column}`)) note(table.name, column, type);
    },
    extra(table, column) {
      const known = extrasOf(table);
      const found = known.get(column.toLowerCase());
      if (found?.name === column) return found;
      checkName(table, column, known);
      // The database's word for "keep what is written as it is", whatever the column's type comes to be.
      writer.run(toStatement(sqlBuilder.schema.alterTable(table.name).addColumn(column, "blob").compile()));
      const made: ExtraColumn = { name: column, type: "unknown", isSet: false };
      known.set(column.toLowerCase(), made);
      note(table.name, column, made.type);
      return made;
    },
    fit(table, column, value) {
      if (value === null || isFit(value, column.type)) return;
      if (column.type === "unknown" && column.isSet === true) return;
      column.isSet ??= isSet(writer, table.name, column.name);
      const type = typeToFit(value, column);
      const wasSet = column.isSet;
      column.isSet = true;
      if (type === column.type) return;
      if (wasSet && type === "unknown") rewriteAsJson(writer, table.name, column);
      column.type = type;
      note(table.name, column.name, type);
    },
  };
}

/** Types of the held columns by `table.column`. */
function readHeld(writer: Writer): Map<string, AttributeType> {
  const columns = ["table_name", "column_name", "column_type"] as const;
  const rows = writer.all(toStatement(sqlBuilder.selectFrom(HELD_COLUMNS).select(columns).compile()));
  // Types are written by note(), out of this very type.
  return new Map(rows.map(([table, column, type]) => [`${table}.${column}`, String(type) as AttributeType]));
}

/** A table's columns by name in small letters: to SQL, names that differ in capitals alone are one. */
function readExtras(
  writer: Writer,
  table: RecordTable,
  held: ReadonlyMap<string, AttributeType>,
): Map<string, ExtraColumn> {
  const rows = writer.all(toStatement(sql`select name from pragma_table_info(${table.name})`.compile(sqlBuilder)));
  const names = rows.map(([name]) => String(name));
  const extra = names.filter((name) => name !== KEY && name !== CLASS && !table.columns.has(name));
  return new Map(
    extra.map((name) => [
      name.toLowerCase(),
      { name, type: held.get(`${table.name}.${name}`) ?? "unknown", isSet: undefined },
    ]),
  );
}

function checkName(table: RecordTable, column: string, known: ReadonlyMap<string, ExtraColumn>): void {
  const fail = (reason: string): never => {
    throw new TypeError(`Cannot keep a column "${column.slice(0, 80)}" in "${table.name}": ${reason}`);
  };
  if (!NAME.test(column)) fail("it is no column's name; use letters, digits and underscores, 63 at most");
  const folded = column.toLowerCase();
  const taken = [KEY, CLASS, ...table.columns.keys()].find((name) => name.toLowerCase() === folded);
  if (taken !== undefined) fail(taken === CLASS ? "that name is the store's own" : `there is "${taken}"; use that`);
  const other = known.get(folded)?.name;
  if (other !== undefined) fail(`there is "${other}"; use that`);
  if (known.size >= MAX_EXTRA) fail(`it has ${MAX_EXTRA} columns beside the schema's; leave some out`);
}
