import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { idList, type OneOrMore, textList } from "./values.ts";
import { explained, explainedIds } from "./why-empty.ts";
import { checkSet } from "./why-no-structures.ts";

/**
 * All structure sets.
 *
 * @example String(all()) // → "model::StructureSet"
 */
export function all(): QueryOf<"StructureSet"> {
  return rma("StructureSet");
}

/**
 * Structure sets by their ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(12)) // → "model::StructureSet,rma::criteria,[id$in12]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"StructureSet"> {
  const wanted = idList("ids", ids);
  return explainedIds(
    "structure set",
    wanted,
    rma("StructureSet").where("id", "in", wanted),
    "structureSets.all() lists what there is",
  );
}

/**
 * Structure sets by their names; case-sensitive.
 *
 * @throws {RangeError} If there is no name.
 * @example String(byName("a name")) // → "model::StructureSet,rma::criteria,[name$in'a name']"
 */
export function byName(names: OneOrMore<string>): QueryOf<"StructureSet"> {
  const keys = { names: textList("names", names) };
  return explained(rma("StructureSet").where("name", "in", keys.names), checkSet(keys));
}
