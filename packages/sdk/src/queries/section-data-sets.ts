import { rma } from "../rma/builder.ts";
import { type DataSetFilter, readFilter } from "./data-set-filter.ts";
import type { QueryOf } from "./model-types.ts";
import type { PlaneName } from "./names.ts";
import { geneIn, productIn } from "./scopes.ts";
import { idList, type OneOrMore } from "./values.ts";
import { explained, missingIds } from "./why-empty.ts";
import { checkDataSets } from "./why-no-data-sets.ts";

/** Which section data sets `find` gives; conditions add up. */
export interface FindOptions {
  /** Gene, by its acronym or id; acronyms are case-sensitive, and mouse has "Pdyn" where human has "PDYN". @default any */
  readonly gene?: OneOrMore<number> | OneOrMore<string> | undefined;
  /** Product, by its abbreviation, such as `Mouse`, or id. @default any */
  readonly product?: OneOrMore<number> | OneOrMore<string> | undefined;
  /** Plane of section. @default any */
  readonly plane?: OneOrMore<PlaneName> | undefined;
  /** Age of the donor by its name, such as `P56` or `E11.5`. @default any */
  readonly age?: OneOrMore<string> | undefined;
  /** Treatment by its name, such as `ISH` or `NISSL`; case-sensitive. @default any */
  readonly treatment?: OneOrMore<string> | undefined;
  /** Id of the specimen. @default any */
  readonly specimenId?: OneOrMore<number> | undefined;
  /** Id of the reference space: 9 of coronal sets, 10 of sagittal ones. @default any */
  readonly referenceSpaceId?: OneOrMore<number> | undefined;
  /** Whether sets that failed the quality control are left out (`false`), are the only ones (`true`), or are among them. @default false */
  readonly failed?: boolean | "any" | undefined;
}

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
  return rma("SectionDataSet")
    .where("id", "in", wanted)
    .whenEmpty(
      missingIds(
        "section data set",
        wanted,
        rma("SectionDataSet").where("id", "in", wanted),
        "sectionDataSets.find() finds those of a gene",
      ),
    );
}
