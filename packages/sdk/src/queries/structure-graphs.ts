import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { idList, type OneOrMore, textList } from "./values.ts";
import { explained, explainedIds } from "./why-empty.ts";
import { checkGraph } from "./why-no-structures.ts";

/**
 * All structure graphs.
 *
 * @example String(all()) // → "model::StructureGraph"
 */
export function all(): QueryOf<"StructureGraph"> {
  return rma("StructureGraph");
}

/**
 * Structure graphs by their ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(1)) // → "model::StructureGraph,rma::criteria,[id$in1]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"StructureGraph"> {
  const wanted = idList("ids", ids);
  return explainedIds(
    "structure graph",
    wanted,
    rma("StructureGraph").where("id", "in", wanted),
    "structureGraphs.all() lists what there is",
  );
}

/**
 * Structure graphs by their names; case-sensitive.
 *
 * @throws {RangeError} If there is no name.
 * @example String(byName("a name")) // → "model::StructureGraph,rma::criteria,[name$in'a name']"
 */
export function byName(names: OneOrMore<string>): QueryOf<"StructureGraph"> {
  const keys = { names: textList("names", names) };
  return explained(rma("StructureGraph").where("name", "in", keys.names), checkGraph(keys));
}
