import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { productIn } from "./scopes.ts";
import { idList, keyList, type OneOrMore, textList } from "./values.ts";
import { explained, explainedIds, missingName } from "./why-empty.ts";

/**
 * Donors by their ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(15496)) // → "model::Donor,rma::criteria,[id$in15496]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"Donor"> {
  const wanted = idList("ids", ids);
  return explainedIds(
    "donor",
    wanted,
    rma("Donor").where("id", "in", wanted),
    "donors.ofProduct() finds those of a product",
  );
}

/**
 * Donors by their names, such as `H0351.1015`; case-sensitive.
 *
 * @throws {RangeError} If there is no name.
 * @example String(byName("H0351.1015")) // → "model::Donor,rma::criteria,[name$in'H0351.1015']"
 */
export function byName(names: OneOrMore<string>): QueryOf<"Donor"> {
  const wanted = textList("names", names);
  const check = missingName(
    "donor",
    wanted,
    (name) => rma("Donor").where("name", "il", name),
    "donors.ofProduct() finds those of a product",
  );
  return explained(rma("Donor").where("name", "in", wanted), check);
}

/**
 * The donors of products, by the products' ids or abbreviations.
 *
 * @throws {RangeError} If there is no product, or an id that is no whole number above 0.
 * @throws {TypeError} If ids and abbreviations are mixed.
 * @example String(ofProduct("HumanMA")) // → "model::Donor,rma::criteria,products[abbreviation$in'HumanMA']"
 */
export function ofProduct(products: OneOrMore<number> | OneOrMore<string>): QueryOf<"Donor"> {
  return rma("Donor").via("products", productIn(keyList("products", products)));
}
