import type { Options } from "@brainatlas/sdk/rma";
import type { Column } from "../records/catalogue.ts";
import { columnsOf, isNamed, splitName } from "./columns.ts";
import { printNearNames, quote } from "./near-names.ts";
import { QueryError } from "./result.ts";
import type { Scope, ScopeNode } from "./scope.ts";

/**
 * Which columns the rows of each place show: those that the store holds, cut by `only` and `except` (reference §3.4). A name
 * without a table is one of the model's own, or else of whatever place is included; with `only`, a place none of whose columns
 * it names shows none, but keeps what it includes. A `*` stands for any part of a column's name. A name in `only` that means
 * nothing is refused, as those of filters are; in `except` there is nothing to leave out: AllenSDK writes `except$eqt,a,g,s`
 * for `tags`, and is answered.
 *
 * @throws {QueryError} If `only` names what is not there.
 */
export function visibleColumns(scope: Scope, { only, except }: Options): (node: ScopeNode) => readonly Column[] {
  const keeps = only?.map((name) => readOnly(name, scope));
  const drops = except?.map((name) => readName(name, scope)) ?? [];
  return (node) =>
    [...columnsOf(node.model).values()]
      .filter(({ isHeld }) => isHeld)
      .filter((column) => keeps === undefined || keeps.some((means) => means(node, column)))
      .filter((column) => !drops.some((means) => means?.(node, column) === true));
}

type Meaning = (node: ScopeNode, column: Column) => boolean;

function readOnly(name: string, scope: Scope): Meaning {
  const means = readName(name, scope);
  if (means !== undefined) return means;
  const { table, column } = splitName(name);
  const nodes = table === undefined ? scope.nodes : placesOf(table, scope);
  const names = nodes.flatMap((node) => [...columnsOf(node.model).keys()]);
  const reason =
    nodes.length === 0
      ? `the query joins no ${quote(table ?? "")}`
      : `there is no such column${printNearNames(column, names)}`;
  throw new QueryError(`Cannot use only ${quote(name)}: ${reason}`);
}

/** What a name means; `undefined` where it means nothing. */
function readName(name: string, scope: Scope): Meaning | undefined {
  const { table, column } = splitName(name);
  const matches = matcherOf(column);
  const hasColumn = (node: ScopeNode): boolean => [...columnsOf(node.model).keys()].some(matches);
  const isOwn = table === undefined && hasColumn(scope.root);
  const places = isOwn ? [scope.root] : table === undefined ? scope.nodes : placesOf(table, scope);
  const nodes = places.filter(hasColumn);
  return nodes.length === 0 ? undefined : (node, each) => nodes.includes(node) && matches(each.name);
}

function placesOf(table: string, { nodes }: Scope): readonly ScopeNode[] {
  return nodes.filter((node) => isNamed(node, table));
}

/** Tests names against one that may hold `*`. */
export function matcherOf(pattern: string): (name: string) => boolean {
  if (!pattern.includes("*")) return (name) => name === pattern;
  const parts = pattern.split(/\*+/); // Many stars mean what one does, and would each be looked for.
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
