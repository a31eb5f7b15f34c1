import { rma } from "../rma/builder.ts";
import { type DataSetFilter, type FindOptions, readFilter } from "./data-set-filter.ts";
import type { QueryOf } from "./model-types.ts";
import { geneIn, productIn } from "./scopes.ts";
import { idList, type OneOrMore } from "./values.ts";
import { explained, explainedIds } from "./why-empty.ts";
import { checkDataSets } from "./why-no-data-sets.ts";

export type { FindOptions };

/**
 * Section data sets that meet all of the conditions.
 *
 * @throws {RangeError} If a list is empty, an id is no whole number above 0, or a plane is unknown.
 * @throws {TypeError} If a condition mixes ids and names.
 * @example String(find({ gene: "Snca", product: "Mouse", plane: "sagittal" })) // → "model::SectionDataSet,rma::criteria,[failed$eqfalse],products[abbreviation$in'Mouse'],plane_of_section[name$in'sagittal'],genes[acronym$in'Snca']"
 */
export function find(options: FindOptions = {}): QueryOf<"SectionDataSet"> {
  const filter = readFilter(options);
  return explained(toQuery(filter), checkDataSets(filter));
}

function toQuery(filter: DataSetFilter): QueryOf<"SectionDataSet"> {
  const { failed, specimenIds, spaceIds, product, planes, gene, ages, treatments } = filter;
  let query = rma("SectionDataSet");
  if (failed !== "any") query = query.where("failed", "eq", failed);
  if (specimenIds) query = query.where("specimen_id", "in", specimenIds);
  if (spaceIds) query = query.where("reference_space_id", "in", spaceIds);
  if (product) query = query.via("products", productIn(product));
  if (planes) query = query.via("plane_of_section", (plane) => plane.where("name", "in", planes));
  if (gene) query = query.via("genes", geneIn(gene));
  if (ages)
    query = query.via("specimen", (specimen) =>
      specimen.via("donor", (donor) => donor.via("age", (age) => age.where("name", "in", ages))),
    );
  if (treatments) query = query.via("treatments", (treatment) => treatment.where("name", "in", treatments));
  return query;
}

/**
 * Section data sets by their ids, failed ones too.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(986)) // → "model::SectionDataSet,rma::criteria,[id$in986]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"SectionDataSet"> {
  const wanted = idList("ids", ids);
  return explainedIds(
    "section data set",
    wanted,
    rma("SectionDataSet").where("id", "in", wanted),
    "sectionDataSets.find() finds those of a gene",
  );
}
