import type { ModelStage, TabularColumn, Term } from "@brainatlas/sdk/rma";
import { type Association, type Catalogue, KEY, type RecordModel } from "../records/catalogue.ts";
import type { ModelRow } from "../records/model-row.ts";
import type { GivenRow } from "./given-row.ts";
import { madeUpId } from "./made-up-id.ts";

type Row = Readonly<Record<string, unknown>>;

/** A model on the paths of a query, with the columns of flat rows that are its. */
interface Node {
  readonly model: RecordModel;
  /** Column of the model, column of the flat row. */
  readonly columns: (readonly [string, string])[];
  readonly children: Map<string, Child>;
}

interface Child {
  readonly association: Association;
  readonly node: Node;
}

/**
 * Makes nested rows of flat ones, which a query's `tabular` tells the columns of: those of one table become one record, and those
 * of the tables on the way to it become records that join them.
 *
 * A record whose id is not among the columns gets one that is made up of its content, below 0: rows that have the same content of a
 * table share a record.
 *
 * @throws {TypeError} If a column is of a table that the query does not lead to, or leads to twice.
 */
export function* rebuildRows(
  catalogue: Catalogue,
  stage: ModelStage,
  tabular: readonly TabularColumn[],
  rows: Iterable<GivenRow>,
): Generator<ModelRow> {
  const root = createNode(modelOf(catalogue, stage.model));
  addTerms(catalogue, root, [...stage.criteria, ...stage.include]);
  for (const column of tabular) addColumn(root, column);
  for (const { row } of rows) {
    checkColumns(tabular, row);
    yield { model: stage.model, row: buildRecord(root, row, undefined) ?? {} };
  }
}

function createNode(model: RecordModel): Node {
  return { model, columns: [], children: new Map() };
}

function addTerms(catalogue: Catalogue, node: Node, terms: readonly Term[]): void {
  for (const term of terms) {
    if (term.kind !== "association") continue;
    const association = node.model.associations.get(term.name);
    if (association === undefined) {
      throw new TypeError(
        `Cannot use the query: ${node.model.name} has no association "${term.name}"; give one of its own`,
      );
    }
    const known = node.children.get(term.name);
    const child = known ?? { association, node: createNode(modelOf(catalogue, association.model)) };
    node.children.set(term.name, child);
    addTerms(catalogue, child.node, term.terms);
  }
}

function addColumn(root: Node, { column, alias }: TabularColumn): void {
  const [table, name = ""] = column.includes(".") ? column.split(".", 2) : [root.model.table.name, column];
  const [node, second] = nodesOf(root, table ?? "");
  if (node === undefined) throw columnError(column, `the query leads to no "${table}"`);
  if (second !== undefined) throw columnError(column, `the query leads to "${table}" in two ways`);
  node.columns.push([name, nameIn(column, alias)]);
}

/** Name of a column in flat rows: its alias, or its own without the table's. */
function nameIn(column: string, alias: string | undefined): string {
  return alias ?? column.slice(column.lastIndexOf(".") + 1);
}

function columnError(column: string, reason: string): TypeError {
  return new TypeError(
    `Cannot use the query: its column "${column}" is of no known record, as ${reason}; name the way to it`,
  );
}

function nodesOf(node: Node, table: string): Node[] {
  const below = [...node.children.values()].flatMap((child) => nodesOf(child.node, table));
  return node.model.table.name === table ? [node, ...below] : below;
}

function checkColumns(tabular: readonly TabularColumn[], row: Row): void {
  const named = new Set(tabular.map(({ column, alias }) => nameIn(column, alias)));
  const stray = Object.keys(row).find((name) => !named.has(name)) ?? [...named].find((name) => !(name in row));
  if (stray === undefined) return;
  throw new TypeError(
    `Cannot use the query: its tabular columns and those of the rows differ in "${stray}"; give the query that was asked`,
  );
}

/** The record of a node in a flat row, with those below it; `undefined` where the row has nothing of any. */
function buildRecord(node: Node, row: Row, owner: number | undefined): Row | undefined {
  const record: Record<string, unknown> = {};
  for (const [name, from] of node.columns) record[name] = row[from];
  const known = Object.entries(record).filter(([, value]) => value !== null && value !== undefined);
  const [pointing, pointed] = [childrenOf(node, isPointing), childrenOf(node, (child) => !isPointing(child))];
  const others = pointing.map((child) => addChild(record, child, row, undefined));
  if (known.length === 0 && others.every((id) => id === undefined) && !hasValues(pointed, row)) return undefined;
  // As text: CSV has numbers so, and an answer in JSON is to give the same ids.
  const content = known.map(([name, value]) => [name, String(value)]);
  record[KEY] ??= madeUpId(node.model.table.name, content, others, owner);
  for (const child of pointed) addChild(record, child, row, Number(record[KEY]));
  return record;
}

function childrenOf(node: Node, isMeant: (child: Child) => boolean): Child[] {
  return [...node.children.values()].filter(isMeant);
}

/**
 * Whether the other record is known by itself: the one that has the association points at it, or a pair joins the two. One that
 * holds the key in itself is another record for each owner.
 */
function isPointing({ association: { join } }: Child): boolean {
  return !(join.kind === "key" && join.ownColumn === KEY);
}

function hasValues(children: readonly Child[], row: Row): boolean {
  return children.some(({ node }) => buildRecord(node, row, 0) !== undefined);
}

function addChild(
  record: Record<string, unknown>,
  { association, node }: Child,
  row: Row,
  owner: number | undefined,
): number | undefined {
  const child = buildRecord(node, row, owner);
  if (child === undefined) return undefined;
  record[association.name] = association.isMany ? [child] : child;
  return Number(child[KEY]);
}

function modelOf(catalogue: Catalogue, name: string): RecordModel {
  const model = catalogue.model(name);
  if (model === undefined)
    throw new TypeError(`Cannot use the query: there is no model "${name}"; give one of the service's`);
  return model;
}
