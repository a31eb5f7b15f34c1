import { sql } from "kysely";
import { CLASS, KEY } from "../records/catalogue.ts";
import { conditionSql } from "./condition-sql.ts";
import { isBelow, joinedBelow } from "./joined-places.ts";
import { checkJoinedTables } from "./limits.ts";
import type { ScopeNode } from "./scope.ts";
import { type Sql, slot } from "./template.ts";

/** What rows are chosen from: tables joined, and what must be true. */
export interface Source {
  readonly from: Sql;
  readonly where: readonly Sql[];
  /** Places that are joined, the root first. */
  readonly nodes: readonly ScopeNode[];
}

/** The tables' aliases are numbered as the places are; those of pairs have names of their own. */
export function columnSql({ index }: ScopeNode, column: string): Sql {
  return sql`${sql.id(`a${index}`, column)}`;
}

function pairSql({ index }: ScopeNode, column: string): Sql {
  return sql`${sql.id(`p${index}`, column)}`;
}

/**
 * The source of a place's rows.
 *
 * @param wanted Places whose columns are wanted beside.
 */
export function createSource(root: ScopeNode, wanted: ReadonlySet<ScopeNode>): Source {
  return grow(root, baseSql(root), [], wanted, 0);
}

/** The table of a place, under its alias. */
function baseSql(node: ScopeNode): Sql {
  return sql`${sql.table(node.model.table.name)} as ${sql.id(`a${node.index}`)}`;
}

/** @param depth How many times "there is one" is asked around this. */
function grow(
  root: ScopeNode,
  base: Sql,
  first: readonly Sql[],
  wanted: ReadonlySet<ScopeNode>,
  depth: number,
): Source {
  const joined = joinedBelow(root, wanted, depth);
  const joins: Sql[] = [base];
  const where: Sql[] = [...first, ...ownTests(root), ...conditionsOf(root, root)];
  const nodes: ScopeNode[] = [root];
  const visit = (node: ScopeNode): void => {
    for (const child of node.children) {
      if (joined.has(child)) {
        joins.push(...joinSql(child));
        if (child.isRequired) where.push(...conditionsOf(child, root));
        nodes.push(child);
        visit(child);
      } else if (child.isRequired) where.push(existsSql(child, depth + 1));
    }
  };
  visit(root);
  checkJoinedTables(joins.length);
  return { from: sql.join(joins, sql` `), where, nodes };
}

/**
 * The conditions of a place, for rows of a root. A comparison with a column that is not below the root says which rows of the
 * model match; it does not restrict what they include.
 */
function conditionsOf(node: ScopeNode, root: ScopeNode): Sql[] {
  return node.conditions
    .filter(({ other }) => other === undefined || isBelow(other.node, root))
    .map((condition) => conditionSql(node, condition));
}

/** Rows of other classes of the family are not the model's. */
function ownTests({ model, index }: ScopeNode): Sql[] {
  return model.classes === undefined ? [] : [isOneOf(sql`${sql.id(`a${index}`, CLASS)}`, model.classes)];
}

function joinSql(node: ScopeNode): Sql[] {
  const how = node.isRequired ? sql`inner join` : sql`left join`;
  const { pair, on } = linkTests(node);
  const table = sql`${how} ${baseSql(node)} on ${allOf([...on, ...ownTests(node)])}`;
  return pair === undefined ? [table] : [sql`${how} ${pair.table} on ${pair.on}`, table];
}

/** How a place's rows hang on those of the place above. */
function linkTests(node: ScopeNode): { pair?: { table: Sql; on: Sql }; on: Sql[] } {
  const { association, parent } = node;
  if (association === undefined || parent === undefined) throw new Error("The root is joined to nothing");
  const { join } = association;
  if (join.kind === "link") {
    const table = sql`${sql.table(join.table)} as ${sql.id(`p${node.index}`)}`;
    const on = sql`${pairSql(node, join.ownColumn)} = ${columnSql(parent, KEY)}`;
    return { pair: { table, on }, on: [sql`${columnSql(node, KEY)} = ${pairSql(node, join.otherColumn)}`] };
  }
  const on = [sql`${columnSql(node, join.otherColumn)} = ${columnSql(parent, join.ownColumn)}`];
  if (join.classes !== undefined) on.push(isOneOf(columnSql(node, join.classes.column), join.classes.values));
  return { on };
}

function existsSql(node: ScopeNode, depth: number): Sql {
  const { pair, on } = linkTests(node);
  const tests = pair === undefined ? on : [pair.on, ...on];
  const base = pair === undefined ? baseSql(node) : sql`${pair.table} cross join ${baseSql(node)}`;
  return sql`exists (${selectSql(sql`1`, grow(node, base, tests, new Set(), depth))})`;
}

/** The rows of a place by the keys of those above that have them, bound as one JSON text. */
export function createIncludeSource(node: ScopeNode): Source & { readonly owner: Sql } {
  const join = node.association?.join;
  if (join === undefined) throw new Error("The root is included nowhere");
  const { pair, on } = linkTests(node);
  const keys = sql`(select value from json_each(${slot("keys")}))`;
  if (join.kind === "link" && pair !== undefined) {
    const owner = pairSql(node, join.ownColumn);
    const base = sql`${pair.table} inner join ${baseSql(node)} on ${allOf(on)}`;
    return { ...grow(node, base, [sql`${owner} in ${keys}`], new Set(), 0), owner };
  }
  const owner = columnSql(node, join.kind === "key" ? join.otherColumn : KEY);
  const classes = join.kind === "key" ? join.classes : undefined;
  const tests = classes === undefined ? [] : [isOneOf(columnSql(node, classes.column), classes.values)];
  return { ...grow(node, baseSql(node), [sql`${owner} in ${keys}`, ...tests], new Set(), 0), owner };
}

export function selectSql(columns: Sql, { from, where }: Source): Sql {
  return where.length === 0
    ? sql`select ${columns} from ${from}`
    : sql`select ${columns} from ${from} where ${allOf(where)}`;
}

function allOf(tests: readonly Sql[]): Sql {
  return sql`${sql.join(tests, sql` and `)}`;
}

function isOneOf(value: Sql, names: readonly string[]): Sql {
  return sql`${value} in (${sql.join(names)})`;
}
