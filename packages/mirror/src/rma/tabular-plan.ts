import type { Options, TabularColumn } from "@brainatlas/sdk/rma";
import { sql } from "kysely";
import { KEY } from "../records/catalogue.ts";
import { columnsOf, findColumn, splitName } from "./columns.ts";
import { isToOne, pathTo } from "./joined-places.ts";
import { checkCount, MAX_FLAT_COLUMNS } from "./limits.ts";
import { quote } from "./near-names.ts";
import { findOrder, keySql, type OrderColumn } from "./order.ts";
import { QueryError, type RowShape } from "./result.ts";
import { multiplies, pagesOf, type StagePlan } from "./root-plan.ts";
import type { ColumnPlace, Scope, ScopeNode } from "./scope.ts";
import { columnSql, createSource, type Source, selectSql } from "./sources.ts";
import type { Sql } from "./template.ts";
import { matcherOf } from "./visible-columns.ts";

interface FlatColumn extends ColumnPlace {
  readonly name: string;
}

/**
 * Plans flat rows: those of the join of the places whose columns the rows or the order use. Other associations restrict them, and
 * repeat none: the service's rule is not known, and a repeated row would tell nothing. What is included, and used, is joined
 * where it is there; `only` and `except` mean nothing here. A column marked `distinct` makes the whole rows so.
 */
export function planTabular(scope: Scope, options: Options, tabular: readonly TabularColumn[]): StagePlan {
  const { root } = scope;
  const columns = tabular.flatMap((each) => findFlat(each, scope));
  checkCount(columns.length, MAX_FLAT_COLUMNS, "columns of flat rows");
  const order = findOrder(scope, options);
  const used = new Set([...columns, ...order].flatMap(({ node }) => [...pathTo(node, root)]));
  const source = createSource(root, used);
  const isDistinct = tabular.some(({ distinct }) => distinct);
  const groups = groupsOf(columns, used, source, root, isDistinct);
  const grouped = groups === undefined ? sql`` : sql` group by ${sql.join(groups)}`;
  const selected = sql.join(columns.map((each, index) => sql`${placeSql(each)} as ${sql.id(`c${index}`)}`));
  const keys = orderKeys(order, columns, used, root, isDistinct);
  const ordered = sql`${selectSql(selected, source)}${grouped} order by ${sql.join(keys)}`;
  const count =
    groups === undefined
      ? selectSql(sql`count(*)`, source)
      : sql`select count(*) from (${selectSql(sql`1`, source)}${grouped})`;
  return {
    row: flatRow(scope, columns),
    isTabular: true,
    ...pagesOf(ordered, count),
    point: undefined,
    lookUp: undefined,
    after: undefined,
  };
}

function findFlat({ column, alias }: TabularColumn, scope: Scope): FlatColumn[] {
  if (!column.includes("*")) {
    const place = findColumn(column, scope.root, scope);
    return [{ ...place, name: alias ?? place.column.name }];
  }
  const { table, column: pattern } = splitName(column);
  const { node } = findColumn(table === undefined ? KEY : `${table}.${KEY}`, scope.root, scope);
  const matches = matcherOf(pattern);
  const found = [...columnsOf(node.model).values()].filter(({ name, isHeld }) => isHeld && matches(name));
  if (found.length === 0) throw new QueryError(`Cannot make rows of ${quote(column)}: no column is named so`);
  return found.map((each) => ({ node, column: each, name: each.name }));
}

/** What makes two rows one: all their columns, or the records that they are of. */
function groupsOf(
  columns: readonly FlatColumn[],
  used: ReadonlySet<ScopeNode>,
  source: Source,
  root: ScopeNode,
  isDistinct: boolean,
): readonly Sql[] | undefined {
  if (isDistinct) return columns.map(placeSql);
  return multiplies(source, root, used) ? idsOf(used, root) : undefined;
}

function orderKeys(
  order: readonly OrderColumn[],
  columns: readonly FlatColumn[],
  used: ReadonlySet<ScopeNode>,
  root: ScopeNode,
  isDistinct: boolean,
): Sql[] {
  if (!isDistinct) {
    return [...order.map((key) => keySql(placeSql(key), key.descending)), ...idsOf(used, root)];
  }
  const shown = ({ node, column }: ColumnPlace): boolean =>
    columns.some((each) => each.node === node && each.column === column);
  const keys = order.map((key) => keySql(shown(key) ? placeSql(key) : sql`min(${placeSql(key)})`, key.descending));
  return [...keys, sql`min(${columnSql(root, KEY)})`, ...columns.map(placeSql)];
}

/** The records that a row is of; one that the others determine adds nothing. */
function idsOf(used: ReadonlySet<ScopeNode>, root: ScopeNode): Sql[] {
  return [root, ...[...used].filter((node) => !isToOne(node))].map((node) => columnSql(node, KEY));
}

function placeSql({ node, column }: ColumnPlace): Sql {
  return columnSql(node, column.name);
}

function flatRow({ root }: Scope, columns: readonly FlatColumn[]): StagePlan["row"] {
  const shape: RowShape = {
    model: root.model.name,
    columns: columns.map(({ name, column }) => ({ name, type: column.type })),
    schemaOrder: columns.map((_, index) => index),
    includes: [],
  };
  return { shape, hidden: [], idIndex: -1, rowClass: { name: undefined }, includes: [] };
}
