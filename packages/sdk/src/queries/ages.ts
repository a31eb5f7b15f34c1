import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { ORGANISMS, type OrganismName } from "./names.ts";
import { checkName, type OneOrMore, textList } from "./values.ts";
import { explained, missingName } from "./why-empty.ts";

/**
 * All ages of donors.
 *
 * @example String(all()) // → "model::Age"
 */
export function all(): QueryOf<"Age"> {
  return rma("Age");
}

/**
 * Ages by their names, such as `P56` or `E11.5`; case-sensitive.
 *
 * @throws {RangeError} If there is no name.
 * @example String(byName("P56")) // → "model::Age,rma::criteria,[name$in'P56']"
 */
export function byName(names: OneOrMore<string>): QueryOf<"Age"> {
  const wanted = textList("names", names);
  const check = missingName("age", wanted, (name) => all().where("name", "il", name), "ages.all() lists what there is");
  return explained(all().where("name", "in", wanted), check);
}

/**
 * The ages of an organism, embryonic ones first, then by days.
 *
 * @throws {RangeError} If the organism is unknown.
 * @example String(ofOrganism("mouse")) // → "model::Age,rma::criteria,[organism_id$eq2],rma::options[order$eq'ages.embryonic$desc,ages.days,ages.id']"
 */
export function ofOrganism(organism: OrganismName): QueryOf<"Age"> {
  const names = Object.keys(ORGANISMS) as OrganismName[]; // Its keys are those of the table.
  return rma("Age")
    .where("organism_id", "eq", ORGANISMS[checkName("organism", organism, names)])
    .orderBy("ages.embryonic", "desc")
    .orderBy("ages.days")
    .orderBy("ages.id");
}
