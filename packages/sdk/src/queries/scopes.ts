import type { CriteriaScope } from "../rma/builder-scopes.ts";
import type { Models } from "../rma/schema.generated.ts";
import type { Keys } from "./values.ts";

type Condition<Shape extends Models[keyof Models]> = (scope: CriteriaScope<Shape>) => CriteriaScope<Shape>;

/** Products by their ids or abbreviations, for `via`. */
export function productIn(keys: Keys): Condition<Models["Product"]> {
  return (product) =>
    "ids" in keys ? product.where("id", "in", keys.ids) : product.where("abbreviation", "in", keys.names);
}

/** Genes by their ids or acronyms, for `via`. */
export function geneIn(keys: Keys): Condition<Models["Gene"]> {
  return (gene) => ("ids" in keys ? gene.where("id", "in", keys.ids) : gene.where("acronym", "in", keys.names));
}
