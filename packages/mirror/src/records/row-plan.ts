import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import { type Expression, type RawBuilder, sql } from "kysely";
import { type Association, CLASS, KEY, type RecordModel, type RecordTable } from "./catalogue.ts";
import type { ExtraColumn } from "./extra-column.ts";
import type { HeldColumns } from "./held-columns.ts";
import { sqlBuilder } from "./statement.ts";
import type { SqlValue } from "./values.ts";

/** What a row gives: its columns, and its records of associations. */
export interface RowShape {
  readonly columns: readonly GivenColumn[];
  /** Those of the columns that the schema lacks: their types change with what they are given. */
  readonly extras: readonly ExtraColumn[];
  /** Those with the key in this row, which must be written before it. */
  readonly owners: readonly Association[];
  /** Those with the key in the other row, or in a table of pairs. */
  readonly owned: readonly Association[];
  /** Statements that write rows of this shape. */
  readonly sql: Map<string, string>;
}

interface GivenColumn {
  readonly name: string;
  readonly type: AttributeType;
}

/** Names of what a row gives: rows of one answer give the same, and so are planned once. */
export function signatureOf(row: Readonly<Record<string, unknown>>): string {
  let signature = "";
  for (const name of Object.keys(row)) {
    const value = row[name];
    // With their lengths: whatever names hold, two lists of them never read alike.
    if (value !== undefined) signature += `${name.length}${isNested(value) ? ";" : ":"}${name}`;
  }
  return signature;
}

/** Sorts what a row gives, and makes the columns that there are not yet. */
export function shapeOf(model: RecordModel, row: Readonly<Record<string, unknown>>, held: HeldColumns): RowShape {
  const columns: GivenColumn[] = [];
  const extras: ExtraColumn[] = [];
  const associations: Association[] = [];
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    const listed = model.table.columns.get(name);
    const association = model.associations.get(name);
    if (association !== undefined && (isNested(value) || listed === undefined)) associations.push(association);
    else if (name === KEY) held.hold(model.table, name, "integer");
    else if (listed === undefined) extras.push(held.extra(model.table, name));
    else {
      held.hold(model.table, name, listed.type);
      columns.push(listed);
    }
  }
  return {
    columns: [...columns, ...extras],
    extras,
    sql: new Map(),
    owners: associations.filter(isOwner),
    owned: associations.filter((association) => !isOwner(association)),
  };
}

function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Whether the row that has the association holds the key of the other. */
function isOwner({ join }: Association): boolean {
  return join.kind === "key" && join.ownColumn !== KEY;
}

/** How sure a row's class is: said by the caller or the row, or only by the association that led to it. */
export type Certainty = "said" | "implied";

/** Models of a family that say less of a row, and such as say more. */
export interface Kin {
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/**
 * SQL that writes a row: columns that are given replace, others stay. A class that says less never replaces one that says more,
 * and an implied one replaces only what says less.
 */
export function upsertSql(table: RecordTable, columns: readonly string[], kin: Kin, certainty: Certainty): string {
  const names = [KEY, ...columns, CLASS];
  const changes: (readonly [string, Expression<SqlValue>])[] = columns.map((name) => [name, given(name)]);
  if (kin.above.length > 0) changes.push([CLASS, classToKeep(table, kin, certainty)]);
  // Of the values, which come with each row, only the places are of use.
  const insert = sqlBuilder.insertInto(table.name).values(Object.fromEntries(names.map((name) => [name, 0])));
  return insert
    .onConflict((conflict) => {
      const same = conflict.column(KEY);
      return changes.length === 0 ? same.doNothing() : same.doUpdateSet(Object.fromEntries(changes));
    })
    .compile().sql;
}

/** The value of a column in the row that is being written. */
function given(column: string): RawBuilder<SqlValue> {
  return sql.ref(`excluded.${column}`);
}

function classToKeep(table: RecordTable, { above, below }: Kin, certainty: Certainty): RawBuilder<SqlValue> {
  const held = sql.ref<SqlValue>(`${table.name}.${CLASS}`);
  const [names, inThem, otherwise] = certainty === "said" ? [below, held, given(CLASS)] : [above, given(CLASS), held];
  if (names.length === 0) return otherwise;
  return sql`case when ${held} in (${sql.join(names.map((name) => sql.lit(name)))}) then ${inThem} else ${otherwise} end`;
}
