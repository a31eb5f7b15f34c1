import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { PLANES, type PlaneName } from "./names.ts";
import { nameList, type OneOrMore } from "./values.ts";

/**
 * All planes of section.
 *
 * @example String(all()) // → "model::PlaneOfSection"
 */
export function all(): QueryOf<"PlaneOfSection"> {
  return rma("PlaneOfSection");
}

/**
 * Planes of section by their names.
 *
 * @throws {RangeError} If there is no name, or one that is unknown.
 * @example String(byName("coronal")) // → "model::PlaneOfSection,rma::criteria,[name$in'coronal']"
 */
export function byName(names: OneOrMore<PlaneName>): QueryOf<"PlaneOfSection"> {
  return rma("PlaneOfSection").where("name", "in", nameList("names", names, PLANES));
}
