import type { RawBuilder } from "kysely";
import { sql } from "kysely";
import { checkParameters, type Statement, sqlBuilder } from "../records/statement.ts";
import type { SqlValue } from "../records/values.ts";

/** A place in a statement for a value that comes later: by number one of the query's, by name one of the engine's. */
interface Slot {
  readonly slot: number | string;
}

/** A statement that waits for its values: it is built once, and filled for each query of its form. */
export interface Template {
  readonly sql: string;
  readonly parameters: readonly (Slot | SqlValue)[];
}

/** A piece of SQL. */
export type Sql = RawBuilder<unknown>;

/** Stands for a value that `fillTemplate` puts in. */
export function slot(name: number | string): Sql {
  const marker: Slot = { slot: name };
  return sql`${sql.val(marker)}`;
}

export function toTemplate(built: Sql): Template {
  const { sql: text, parameters } = built.compile(sqlBuilder);
  const constants = parameters.filter((each) => !isSlot(each));
  checkParameters(constants);
  return { sql: text, parameters: parameters as readonly (Slot | SqlValue)[] }; // What is no slot was checked above.
}

/** @param named The engine's own values. */
export function fillTemplate(
  template: Template,
  values: readonly SqlValue[],
  named: Readonly<Record<string, SqlValue>>,
): Statement {
  const parameters = template.parameters.map((each): SqlValue => {
    if (!isSlot(each)) return each;
    const value = typeof each.slot === "number" ? values[each.slot] : named[each.slot];
    if (value === undefined) throw new Error(`A statement lacks its value ${each.slot}`);
    return value;
  });
  return { sql: template.sql, parameters };
}

function isSlot(value: unknown): value is Slot {
  return typeof value === "object" && value !== null && "slot" in value;
}
