import type { Filter, Operator, Value } from "@brainatlas/sdk/rma";
import type { SqlValue } from "../records/values.ts";
import { findColumn, seekColumn } from "./columns.ts";
import { testOf } from "./filter-tests.ts";
import { checkCount } from "./limits.ts";
import { quote } from "./near-names.ts";
import { groupOf, isNil, type Literal } from "./operands.ts";
import { QueryError, type QueryLimits } from "./result.ts";
import {
  type ColumnPlace,
  type ComparisonTest,
  type Condition,
  requireNode,
  type Scope,
  type ScopeNode,
} from "./scope.ts";

/** What pipes before the stage bound: values by the variable's name. */
export type Variables = ReadonlyMap<string, readonly Literal[]>;

/**
 * Puts the filters of a stage onto the places that they speak of, as conditions. A place with a condition is required: a filter
 * within an include restricts the rows of the model too (reference §3.4).
 *
 * @returns The values, by the slots of the conditions.
 * @throws {QueryError} If a filter speaks of what is not there, or compares what cannot be compared.
 */
export function addConditions(scope: Scope, variables: Variables, limits: QueryLimits): readonly SqlValue[] {
  const values: SqlValue[] = [];
  for (const { node, filter } of scope.filters) {
    const place = findColumn(filter.column, node, scope);
    const operands = literalsOf(filter, variables, limits);
    const other = otherColumn(filter, place, node, scope);
    const { test, value } =
      other === undefined
        ? testOf(filter, place.column, operands)
        : { test: filter.operator as ComparisonTest, value: undefined };
    const condition: Condition = {
      column: place.column,
      test,
      other,
      slot: value === undefined ? undefined : values.length,
    };
    if (value !== undefined) values.push(value);
    place.node.conditions.push(condition);
    requireNode(place.node);
    if (other !== undefined) requireNode(other.node);
  }
  return values;
}

/** The values of a filter, with those of a variable in its place. */
export function literalsOf({ column, values }: Filter, variables: Variables, limits: QueryLimits): readonly Literal[] {
  const found = values.flatMap((value: Value): readonly Literal[] => {
    if (value.kind !== "variable") return [value];
    const bound = variables.get(value.name);
    if (bound !== undefined) return bound;
    throw new QueryError(`Cannot find variable ${quote(`$${value.name}`)}: no pipe before binds it`);
  });
  checkCount(found.length, limits.maxListValues, `values of ${quote(column)}`);
  return found;
}

/** Bare words that name a column: the right side of a filter may be one (reference §3.2). */
function otherColumn(filter: Filter, left: ColumnPlace, node: ScopeNode, scope: Scope): ColumnPlace | undefined {
  const [value, second] = filter.values;
  if (value?.kind !== "word" || second !== undefined || !COMPARISONS.has(filter.operator)) return undefined;
  const group = groupOf(left.column.type);
  if (isNil(value) || (group === "boolean" && /^(?:t|f|true|false)$/i.test(value.text))) return undefined;
  const other = seekColumn(value.text, node, scope);
  if (other === undefined || group === "opaque") return undefined;
  if (group === groupOf(other.column.type)) return other;
  if (group === "text") return undefined; // Text that is spelt as a column is.
  throw new QueryError(
    `Cannot compare ${left.column.name} with ${quote(value.text)}: they hold values of types ${left.column.type} and ${other.column.type}; give columns of one type`,
  );
}

const COMPARISONS: ReadonlySet<Operator | undefined> = new Set(["eq", "ne", "lt", "gt", "le", "ge"] as const);
