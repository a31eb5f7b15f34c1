import type { Filter, ModelStage, Term } from "@brainatlas/sdk/rma";
import { SCHEMA } from "@brainatlas/sdk/rma/schema";
import { type Association, type Catalogue, type Column, KEY, type RecordModel } from "../records/catalogue.ts";
import { checkCount } from "./limits.ts";
import { linkedBy } from "./linked-key.ts";
import { printNearNames, quote } from "./near-names.ts";
import { QueryError, type QueryLimits, UnsupportedStageError } from "./result.ts";

/**
 * A place in the tree of what a stage joins: the model itself at the root, its associations below. An association that criteria
 * and include both name, or that is named twice, is one place: its filters all count, for what is included too (reference §3.4).
 */
export interface ScopeNode {
  /** Place in the order in which the query names them; 0 is the model. */
  readonly index: number;
  readonly model: RecordModel;
  readonly parent: ScopeNode | undefined;
  readonly association: Association | undefined;
  readonly children: ScopeNode[];
  readonly conditions: Condition[];
  /** Whether rows without such an associated row are left out: criteria named it, or a filter speaks of it. */
  isRequired: boolean;
  isIncluded: boolean;
}

/** A test of a column, made of a filter. */
export interface Condition {
  readonly column: Column;
  readonly test: Test;
  /** The column that it is compared with; `undefined` where it is a value, or where the test needs none. */
  readonly other: ColumnPlace | undefined;
  /** Where the value stands among those of the stage. */
  readonly slot: number | undefined;
}

export type Test = ComparisonTest | "in" | "notIn" | "glob" | "like" | NullTest;
export type ComparisonTest = "eq" | "ne" | "lt" | "gt" | "le" | "ge";
/** The blank tests count empty text as no value. */
export type NullTest = "isNull" | "isNotNull" | "isBlank" | "isNotBlank";

/** A column of a place. */
export interface ColumnPlace {
  readonly node: ScopeNode;
  readonly column: Column;
}

/** The tree of a stage. */
export interface Scope {
  readonly root: ScopeNode;
  /** By their indexes. */
  readonly nodes: readonly ScopeNode[];
  /** The filters, each with the place where it is written: they may speak of places that come later. */
  readonly filters: readonly { readonly node: ScopeNode; readonly filter: Filter }[];
}

/**
 * Finds what a stage joins.
 *
 * @throws {QueryError} If there is no such model or association, or there are too many.
 * @throws {UnsupportedStageError} If the service has such an association, and its schema says too little to hold it here.
 */
export function createScope(catalogue: Catalogue, stage: ModelStage, limits: QueryLimits): Scope {
  const root = createNode(0, findModel(catalogue, stage.model), undefined, undefined);
  const nodes = [root];
  const filters: { node: ScopeNode; filter: Filter }[] = [];

  function addTerms(terms: readonly Term[], node: ScopeNode, isIncluded: boolean): void {
    for (const term of terms) {
      const target = term.kind === "filters" ? node : childOf(node, term.name);
      for (const filter of term.filters) addFilter(filter, target);
      if (term.kind === "filters") continue;
      if (isIncluded) target.isIncluded = true;
      else target.isRequired = true;
      addTerms(term.terms, target, isIncluded);
    }
  }

  function addFilter(filter: Filter, node: ScopeNode): void {
    const link = linkedBy(filter.column, node.model);
    if (link === undefined) filters.push({ node, filter });
    else filters.push({ node: childOf(node, link), filter: { ...filter, column: KEY } });
  }

  function childOf(node: ScopeNode, name: string): ScopeNode {
    const known = node.children.find((child) => child.association?.name === name);
    if (known !== undefined) return known;
    const association = findAssociation(node.model, name);
    const child = createNode(nodes.length, findModel(catalogue, association.model), node, association);
    checkCount(nodes.length, limits.maxAssociations, "associations");
    nodes.push(child);
    node.children.push(child);
    return child;
  }

  addTerms(stage.criteria, root, false);
  addTerms(stage.include, root, true);
  // Whoever names columns has those.
  if (stage.options.only === undefined && stage.options.tabular === undefined) {
    for (const { name, isImplied } of root.model.associations.values()) {
      if (isImplied === true) childOf(root, name).isIncluded = true;
    }
  }
  checkCount(filters.length, limits.maxFilters, "filters");
  return { root, nodes, filters };
}

/** Says that rows need an associated row here, and on the way here. */
export function requireNode(node: ScopeNode): void {
  for (let each: ScopeNode | undefined = node; each !== undefined; each = each.parent) each.isRequired = true;
}

function createNode(
  index: number,
  model: RecordModel,
  parent: ScopeNode | undefined,
  association: Association | undefined,
): ScopeNode {
  const isRequired = parent === undefined;
  return { index, model, parent, association, children: [], conditions: [], isRequired, isIncluded: false };
}

function findModel(catalogue: Catalogue, name: string): RecordModel {
  const model = catalogue.model(name);
  if (model !== undefined) return model;
  throw new QueryError(`Cannot find model ${quote(name)}${printNearNames(name, catalogue.models)}`);
}

function findAssociation(model: RecordModel, name: string): Association {
  const association = model.associations.get(name);
  if (association !== undefined) return association;
  const named = SCHEMA[model.name]?.associations;
  if (named !== undefined && Object.hasOwn(named, name)) {
    throw new UnsupportedStageError(
      `This mirror holds nothing of the association ${quote(name)} of ${model.name}: its schema does not tell the columns of ${named[name]?.model}`,
    );
  }
  const near = printNearNames(name, model.associations.keys());
  throw new QueryError(`Cannot find association ${quote(name)} of ${model.name}${near}`);
}
