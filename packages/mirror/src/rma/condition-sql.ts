import { sql } from "kysely";
import type { ComparisonTest, Condition, ScopeNode } from "./scope.ts";
import { type Sql, slot } from "./template.ts";

const SIGNS: Readonly<Record<ComparisonTest, Sql>> = {
  eq: sql`=`,
  ne: sql`<>`,
  lt: sql`<`,
  gt: sql`>`,
  le: sql`<=`,
  ge: sql`>=`,
};

/** A condition on a place's table, whose alias is numbered as the place is. */
export function conditionSql(node: ScopeNode, { column, test, other, slot: index }: Condition): Sql {
  const left = sql.id(`a${node.index}`, column.name);
  if (test === "isNull") return sql`${left} is null`;
  if (test === "isNotNull") return sql`${left} is not null`;
  if (test === "isBlank") return sql`(${left} is null or ${left} = '')`;
  if (test === "isNotBlank") return sql`${left} <> ''`; // Never true where there is no value.
  const right = other === undefined ? slot(index ?? 0) : sql.id(`a${other.node.index}`, other.column.name);
  if (test === "in") return sql`${left} in (select value from json_each(${right}))`;
  if (test === "notIn") return sql`${left} not in (select value from json_each(${right}))`;
  if (test === "glob") return sql`${left} glob ${right}`;
  if (test === "like") return sql`${left} like ${right} escape '\\'`;
  return sql`${left} ${SIGNS[test]} ${right}`;
}
