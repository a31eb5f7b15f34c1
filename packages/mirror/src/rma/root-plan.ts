import type { Options } from "@brainatlas/sdk/rma";
import { sql } from "kysely";
import { type Column, KEY } from "../records/catalogue.ts";
import { type RowPlan, rowColumns, rowPlan } from "./include-plan.ts";
import { isToOne, pathTo } from "./joined-places.ts";
import { groupOf } from "./operands.ts";
import { findOrder, isById, keySql, type OrderColumn } from "./order.ts";
import type { Scope, ScopeNode } from "./scope.ts";
import { columnSql, createSource, type Source, selectSql } from "./sources.ts";
import { type Sql, slot, type Template, toTemplate } from "./template.ts";
import { visibleColumns } from "./visible-columns.ts";

/** How an answer is read: statements without values, and what their rows hold. */
export interface StagePlan {
  readonly row: RowPlan;
  readonly isTabular: boolean;
  /** One page: the rows, and after their values the number of all that match. */
  readonly page: Template;
  /** The same, with no more counted than the page tells. */
  readonly uncounted: Template;
  readonly count: Template;
  /** The one row that an id may have; `undefined` where the query may find more. */
  readonly point: Template | undefined;
  /** The same, where it is a look-up by the key and nothing more. */
  readonly lookUp: Template | undefined;
  /** The rows after an id; `undefined` where reading them in pieces would do the same work again for each. */
  readonly after: Template | undefined;
}

/** Plans an answer of a model's rows. */
export function planRows(scope: Scope, options: Options): StagePlan {
  const { root } = scope;
  const order = findOrder(scope, options);
  const row = rowPlan(root, visibleColumns(scope, options));
  const columns = rowColumns(root, row);
  const rows = sourceOf(root, order);
  const matches = createSource(root, new Set());
  const count = multiplies(matches, root)
    ? selectSql(sql`count(distinct ${columnSql(root, KEY)})`, matches)
    : selectSql(sql`count(*)`, matches);
  const unordered = selectSql(columns, rows);
  // An order by several associated rows would repeat the one row.
  const point = isPoint(root) && !rows.isGrouped ? toTemplate(unordered) : undefined;
  return {
    row,
    isTabular: false,
    ...pagesOf(sql`${unordered}${orderSql(order, rows, root)}`, count),
    point,
    lookUp: row.includes.length === 0 && isAlone(root) ? point : undefined,
    after: canContinue(root, order) ? planAfter(root, columns, rows) : undefined,
  };
}

/** Statements of a page, and of the count. */
export function pagesOf(ordered: Sql, count: Sql): Pick<StagePlan, "page" | "uncounted" | "count"> {
  const page = sql`with page as materialized (${ordered} limit ${slot("limit")} offset ${slot("start")})`;
  const seen = sql`(select count(*) from page)`;
  // A page that is not full is the last one; a full one does not tell.
  const total = sql`case when ${seen} < ${slot("limit")} then ${slot("start")} + ${seen} else (${count}) end`;
  return {
    page: toTemplate(sql`${page} select page.*, ${total} from page`),
    uncounted: toTemplate(sql`${page} select page.*, ${slot("start")} + ${seen} from page`),
    count: toTemplate(count),
  };
}

/** Whether a row of the root may come more than once, for places other than those wanted. */
export function multiplies({ nodes }: Source, root: ScopeNode, wanted: ReadonlySet<ScopeNode> = new Set()): boolean {
  return nodes.some((node) => node !== root && !isToOne(node) && !wanted.has(node));
}

interface RowSource extends Source {
  readonly isGrouped: boolean;
}

function sourceOf(root: ScopeNode, order: readonly OrderColumn[]): RowSource {
  const source = createSource(root, new Set(order.map(({ node }) => node)));
  if (!multiplies(source, root)) return { ...source, isGrouped: false };
  if (order.some(({ node }) => node !== root)) return { ...source, isGrouped: true };
  // The ids alone are made distinct: columns are read for the rows of the page only.
  const table = sql`${sql.table(root.model.table.name)} as ${sql.id(`a${root.index}`)}`;
  const ids = sql`${columnSql(root, KEY)} in (${selectSql(columnSql(root, KEY), source)})`;
  return { from: table, where: [ids], nodes: [root], isGrouped: false };
}

function orderSql(order: readonly OrderColumn[], { isGrouped }: RowSource, root: ScopeNode): Sql {
  const id = columnSql(root, KEY);
  if (isById(order)) return isGrouped ? sql` group by ${id} order by ${id}` : sql` order by ${id}`;
  const keys = order.map(({ node, column, descending }) => {
    const value = columnSql(node, column.name);
    const isOne = [...pathTo(node, root)].every(isToOne);
    // Of several associated rows the least value counts.
    return keySql(isOne ? value : sql`min(${value})`, descending);
  });
  return sql`${isGrouped ? sql` group by ${id}` : sql``} order by ${sql.join([...keys, id])}`;
}

/** Whether the query asks for one id: at most one row can match. */
function isPoint(root: ScopeNode): boolean {
  return root.conditions.some(({ column, test, other }) => column.name === KEY && test === "eq" && other === undefined);
}

/**
 * Whether "the next rows after this id" is found at once: rows are met in the order of their ids if nothing is joined and no index
 * leads elsewhere. Columns of these types have none.
 */
function canContinue(root: ScopeNode, order: readonly OrderColumn[]): boolean {
  const isPlain = ({ type }: Column): boolean => groupOf(type) === "boolean" || type === "float";
  return (
    isById(order) &&
    isAlone(root) &&
    root.conditions.every(({ column, other }) => isPlain(column) && other === undefined)
  );
}

/** Whether no associated rows are asked for which rows match. */
function isAlone(root: ScopeNode): boolean {
  return root.children.every(({ isRequired }) => !isRequired);
}

function planAfter(root: ScopeNode, columns: Sql, source: Source): Template {
  const id = columnSql(root, KEY);
  const rest: Source = { ...source, where: [...source.where, sql`${id} > ${slot("after")}`] };
  return toTemplate(
    sql`with page as materialized (${selectSql(columns, rest)} order by ${id} limit ${slot("limit")}) select * from page`,
  );
}
