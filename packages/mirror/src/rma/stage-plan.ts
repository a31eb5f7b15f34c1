import type { ModelStage, Options } from "@brainatlas/sdk/rma";
import type { Catalogue } from "../records/catalogue.ts";
import { keep } from "../records/prepared.ts";
import type { SqlValue } from "../records/values.ts";
import { addConditions, type Variables } from "./conditions.ts";
import { checkCount, MAX_OPTION_COLUMNS } from "./limits.ts";
import type { QueryLimits } from "./result.ts";
import { planRows, type StagePlan } from "./root-plan.ts";
import { createScope, type Scope, type ScopeNode } from "./scope.ts";
import { planTabular } from "./tabular-plan.ts";

/** Plans that are kept: building one takes longer than most queries do. */
const MAX_PLANS = 500;

const plansOf = new WeakMap<Catalogue, Map<string, StagePlan>>();

/** Longest form that is kept with its plan, in characters: names that the query makes up are part of it. */
const MAX_FORM_CHARACTERS = 2000;

/** A stage, ready to be read. */
export interface BoundStage {
  readonly plan: StagePlan;
  readonly values: readonly SqlValue[];
}

/**
 * Plans a stage. Its form and its values are taken apart, and a plan belongs to the form: queries that differ in values alone
 * share it.
 *
 * @throws {QueryError} If the stage names what is not there, or asks for more than the limits allow.
 */
export function planStage(
  catalogue: Catalogue,
  stage: ModelStage,
  variables: Variables,
  limits: QueryLimits,
): BoundStage {
  const { only, except, tabular, order } = stage.options;
  for (const columns of [only, except, tabular, order]) {
    checkCount(columns?.length ?? 0, MAX_OPTION_COLUMNS, "columns of an option");
  }
  const scope = createScope(catalogue, stage, limits);
  const values = addConditions(scope, variables, limits);
  const key = formOf(scope, stage.options);
  const plans = plansOf.get(catalogue) ?? new Map<string, StagePlan>();
  plansOf.set(catalogue, plans);
  const plan = plans.get(key) ?? build(scope, stage.options);
  if (key.length <= MAX_FORM_CHARACTERS) keep(plans, key, plan, MAX_PLANS);
  return { plan, values };
}

function build(scope: Scope, options: Options): StagePlan {
  return options.tabular === undefined ? planRows(scope, options) : planTabular(scope, options, options.tabular);
}

/** All that a plan depends on, and no value. The names in it are the catalogue's, but for those of the options. */
function formOf({ nodes }: Scope, { only, except, order, tabular }: Options): string {
  const places = nodes.map(formOfNode).join(";");
  const hasOptions = only !== undefined || except !== undefined || order !== undefined || tabular !== undefined;
  return hasOptions ? `${places} ${JSON.stringify([only, except, order, tabular])}` : places;
}

function formOfNode({ parent, association, model, isRequired, isIncluded, conditions }: ScopeNode): string {
  const name = association === undefined ? model.name : `${parent?.index}.${association.name}`;
  let form = `${name}${isRequired ? "!" : ""}${isIncluded ? "+" : ""}`;
  for (const { column, test, other, slot } of conditions) {
    form += ` ${column.name} ${test} ${other === undefined ? slot : `${other.node.index}.${other.column.name}`},`;
  }
  return form;
}
