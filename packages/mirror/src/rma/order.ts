import type { Options } from "@brainatlas/sdk/rma";
import { sql } from "kysely";
import { KEY } from "../records/catalogue.ts";
import { findColumn } from "./columns.ts";
import type { ColumnPlace, Scope } from "./scope.ts";
import type { Sql } from "./template.ts";

/** One key of an order, whose column was found. */
export interface OrderColumn extends ColumnPlace {
  readonly descending: boolean;
}

/** @throws {QueryError} If a key names no column that the query joins, in criteria or include. */
export function findOrder(scope: Scope, { order = [] }: Options): readonly OrderColumn[] {
  return order.map(({ column, descending }) => ({ ...findColumn(column, scope.root, scope), descending }));
}

/** Whether rows come by their ids alone, as they do without an order. */
export function isById(order: readonly OrderColumn[]): boolean {
  const [first] = order;
  return first === undefined || (first.node.parent === undefined && first.column.name === KEY && !first.descending);
}

/** Rows without a value come last, and first where the order descends, as in the service's own database. */
export function keySql(value: Sql, descending: boolean): Sql {
  return descending ? sql`${value} desc nulls first` : sql`${value} asc nulls last`;
}
