import type { Column, RecordModel } from "../records/catalogue.ts";
import { printNearNames, quote } from "./near-names.ts";
import { QueryError } from "./result.ts";
import type { ColumnPlace, Scope, ScopeNode } from "./scope.ts";

const columnsOfModels = new WeakMap<RecordModel, ReadonlyMap<string, Column>>();

/** Columns of a model by name, in the order of the schema; its table may have more, of other models of its family. */
export function columnsOf(model: RecordModel): ReadonlyMap<string, Column> {
  const known = columnsOfModels.get(model);
  if (known !== undefined) return known;
  const columns = new Map<string, Column>();
  for (const name of model.columns) {
    const column = model.table.columns.get(name);
    if (column !== undefined) columns.set(name, column);
  }
  columnsOfModels.set(model, columns);
  return columns;
}

/**
 * Finds the column that a query means by `column` or `table.column`, at a place of its tree. A table's name means the nearest
 * place that has it: the one at hand, then the others as the query names them; an association's name does as well. A column
 * without a table may be one of the places above: the service takes
 * `model::WellKnownFile,rma::criteria,well_known_file_type[name$eq'x'][attachable_id$eq1]`.
 *
 * @throws {QueryError} If nothing that the query joins has it. The service takes some unknown columns, such as the
 * `atlas_data_set_id` of an AtlasImage, and finds no rows (reference §3.4); whoever asks is better told.
 */
export function findColumn(name: string, at: ScopeNode, { nodes }: Scope): ColumnPlace {
  const { table, column } = splitName(name);
  const node = table === undefined ? at : findTable(table, at, nodes);
  if (node === undefined) {
    throw new QueryError(
      `Cannot find ${quote(name)}: the query joins no ${quote(table ?? "")}; it has ${reach(nodes)}`,
    );
  }
  for (
    let each: ScopeNode | undefined = node;
    each !== undefined;
    each = table === undefined ? each.parent : undefined
  ) {
    const found = columnsOf(each.model).get(column);
    if (found !== undefined) return { node: each, column: found };
  }
  const near = printNearNames(column, columnsOf(node.model).keys());
  throw new QueryError(`Cannot find column ${quote(column)} of ${node.model.name}${near}`);
}

/** The column that a text names, or nothing. */
export function seekColumn(name: string, at: ScopeNode, { nodes }: Scope): ColumnPlace | undefined {
  const { table, column } = splitName(name);
  const node = table === undefined ? at : findTable(table, at, nodes);
  const found = node && columnsOf(node.model).get(column);
  return found && { node, column: found };
}

export function splitName(name: string): { readonly table: string | undefined; readonly column: string } {
  const dot = name.indexOf(".");
  return dot < 0 ? { table: undefined, column: name } : { table: name.slice(0, dot), column: name.slice(dot + 1) };
}

/** Whether a query may call a place so. */
export function isNamed(node: ScopeNode, name: string): boolean {
  return node.model.table.name === name || node.association?.name === name;
}

function findTable(name: string, at: ScopeNode, nodes: readonly ScopeNode[]): ScopeNode | undefined {
  return isNamed(at, name) ? at : nodes.find((node) => isNamed(node, name));
}

function reach(nodes: readonly ScopeNode[]): string {
  return [...new Set(nodes.map(({ model }) => model.table.name))].join(", ");
}
