import { sql } from "kysely";
import { CLASS, type Column, KEY } from "../records/catalogue.ts";
import { isToOne } from "./joined-places.ts";
import type { RowShape, ShapeInclude } from "./result.ts";
import type { ScopeNode } from "./scope.ts";
import { columnSql, createIncludeSource, selectSql } from "./sources.ts";
import { type Sql, slot, type Template, toTemplate } from "./template.ts";

/** What the rows of a place hold: the columns of its shape, then what the engine needs of those that it does not show. */
export interface RowPlan {
  readonly shape: RowShape;
  /** Columns after those of the shape. */
  readonly hidden: readonly string[];
  readonly idIndex: number;
  /** The class of all rows, or where a row says its own. */
  readonly rowClass: { readonly name: string | undefined } | { readonly index: number };
  readonly includes: readonly IncludePlan[];
}

/** How the rows of one association are read, for a batch of rows that have it. */
export interface IncludePlan {
  readonly name: string;
  readonly isMany: boolean;
  /** Its rows by their owners' keys, which are bound as `keys`; the owner's key stands after all values. */
  readonly rows: Template;
  /** Where the key stands in the rows that own them. */
  readonly keyIndex: number;
  readonly ownerIndex: number;
  readonly row: RowPlan;
}

/** Plans the rows of a place, with what they include. */
export function rowPlan(node: ScopeNode, visible: (node: ScopeNode) => readonly Column[]): RowPlan {
  const inOrder = visible(node);
  const columns = [...inOrder].sort((one, other) => (one.name < other.name ? -1 : 1));
  const included = node.children.filter(({ isIncluded }) => isIncluded);
  const shown = columns.map(({ name }) => name);
  const { classes, table } = node.model;
  const isOneClass = table.family.length === 1 || classes?.length === 1;
  const needed = [KEY, ...(isOneClass ? [] : [CLASS]), ...included.map(keyOf)];
  const hidden = [...new Set(needed)].filter((name) => !shown.includes(name));
  const indexOf = (name: string): number => [...shown, ...hidden].indexOf(name);
  const includes = included.map((child) => planInclude(child, indexOf(keyOf(child)), visible));
  const shape: RowShape = {
    model: node.model.name,
    columns: columns.map(({ name, type }) => ({ name, type })),
    schemaOrder: inOrder.map((column) => columns.indexOf(column)),
    includes: includes.map(({ name, isMany, row }): ShapeInclude => ({ name, isMany, shape: row.shape })),
  };
  const rowClass = isOneClass ? { name: classes?.[0] ?? node.model.name } : { index: indexOf(CLASS) };
  return { shape, hidden, idIndex: indexOf(KEY), rowClass, includes };
}

/** The columns of a place's rows, as its plan says. */
export function rowColumns(node: ScopeNode, { shape, hidden }: RowPlan): Sql {
  const names = [...shape.columns.map(({ name }) => name), ...hidden];
  return sql.join(names.map((name, index) => sql`${columnSql(node, name)} as ${sql.id(`c${index}`)}`));
}

function keyOf({ association }: ScopeNode): string {
  return association?.join.kind === "key" ? association.join.ownColumn : KEY;
}

function planInclude(node: ScopeNode, keyIndex: number, visible: (node: ScopeNode) => readonly Column[]): IncludePlan {
  const row = rowPlan(node, visible);
  const { owner, ...source } = createIncludeSource(node);
  const id = columnSql(node, KEY);
  const isSingle = source.nodes.every((each) => each === node || isToOne(each));
  const chosen = selectSql(sql`${rowColumns(node, row)}, ${owner} as owner`, source);
  const grouped = isSingle ? chosen : sql`${chosen} group by ${owner}, ${id}`;
  return {
    name: node.association?.name ?? "",
    isMany: node.association?.isMany ?? false,
    rows: toTemplate(
      sql`with page as materialized (${grouped} order by ${id} limit ${slot("limit")}) select * from page`,
    ),
    keyIndex,
    ownerIndex: row.shape.columns.length + row.hidden.length,
    row,
  };
}
