import type { Options } from "@brainatlas/sdk/rma";
import type { Column } from "../records/catalogue.ts";
import { columnsOf, isNamed, splitName } from "./columns.ts";
import { printNearNames, quote } from "./near-names.ts";
import { QueryError } from "./result.ts";
import type { Scope, ScopeNode } from "./scope.ts";

/**
 * Which columns the rows of each place show: those that the store holds, cut by `only` and `except` (reference §3.4). A name
 * without a table is one of the model's own; with `only`, a place none of whose columns it names shows none, but keeps what it
 * includes. A `*` stands for any part of a column's name. Names that mean nothing are refused, as those of filters are.
 *
 * @throws {QueryError} If an option names what is not there.
 */
export function visibleColumns(scope: Scope, { only, except }: Options): (node: ScopeNode) => readonly Column[] {
  const keeps = only?.map((name) => readName(name, "only", scope));
  const drops = except?.map((name) => readName(name, "except", scope)) ?? [];
  return (node) =>
    [...columnsOf(node.model).values()]
      .filter(({ isHeld }) => isHeld)
      .filter((column) => keeps === undefined || keeps.some((means) => means(node, column)))
      .filter((column) => !drops.some((means) => means(node, column)));
}

function readName(name: string, option: string, scope: Scope): (node: ScopeNode, column: Column) => boolean {
  const { table, column } = splitName(name);
  const nodes = table === undefined ? [scope.root] : scope.nodes.filter((node) => isNamed(node, table));
  if (nodes.length === 0)
    throw new QueryError(`Cannot use ${option} ${quote(name)}: the query joins no ${quote(table ?? "")}`);
  const matches = matcherOf(column);
  const names = nodes.flatMap((node) => [...columnsOf(node.model).keys()]);
  if (!names.some(matches)) {
    throw new QueryError(
      `Cannot use ${option} ${quote(name)}: there is no such column${printNearNames(column, names)}`,
    );
  }
  return (node, each) => nodes.includes(node) && matches(each.name);
}

/** Tests names against one that may hold `*`. */
export function matcherOf(pattern: string): (name: string) => boolean {
  if (!pattern.includes("*")) return (name) => name === pattern;
  const parts = pattern.split("*");
  const [first = "", last = ""] = [parts[0], parts.at(-1)];
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
    let rest = name.slice(first.length, name.length - last.length);
    for (const part of parts.slice(1, -1)) {
      const at = rest.indexOf(part);
      if (at < 0) return false;
      rest = rest.slice(at + part.length);
    }
    return true;
  };
}
