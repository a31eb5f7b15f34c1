import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { idList, type OneOrMore, textList } from "./values.ts";
import { explained, explainedIds } from "./why-empty.ts";
import { checkProduct } from "./why-no-data-sets.ts";

/**
 * All products, some sixty.
 *
 * @example String(all()) // → "model::Product"
 */
export function all(): QueryOf<"Product"> {
  return rma("Product");
}

/**
 * Products by their ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(1)) // → "model::Product,rma::criteria,[id$in1]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"Product"> {
  const wanted = idList("ids", ids);
  const query = all().where("id", "in", wanted);
  return explainedIds("product", wanted, query, "products.all() lists what there is");
}

/**
 * Products by their abbreviations, such as `Mouse` or `HumanMA`; case-sensitive.
 *
 * @throws {RangeError} If there is no abbreviation.
 * @example String(byAbbreviation("HumanMA")) // → "model::Product,rma::criteria,[abbreviation$in'HumanMA']"
 */
export function byAbbreviation(abbreviations: OneOrMore<string>): QueryOf<"Product"> {
  const wanted = textList("abbreviations", abbreviations);
  return explained(all().where("abbreviation", "in", wanted), checkProduct({ names: wanted }));
}
