import { rma } from "../rma/builder.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import { productIn } from "./scopes.ts";
import { keyList, type OneOrMore, textList } from "./values.ts";

/** Which samples `samples` gives; conditions add up. */
export interface SampleOptions {
  /** Product, by its abbreviation, such as `HumanMA`, or id. @default any */
  readonly product?: OneOrMore<number> | OneOrMore<string> | undefined;
  /** Donor by its name, such as `H0351.2001`. @default any */
  readonly donor?: OneOrMore<string> | undefined;
  /** Structure by its acronym, such as `DG`. @default any */
  readonly structure?: OneOrMore<string> | undefined;
}

/** What comes with a sample. */
export interface WithSlides {
  microarray_slides: (ModelRow<"MicroarraySlide"> & { well_known_files: ModelRow<"WellKnownFile">[] })[];
}

/**
 * Tissue samples of microarray data sets, with their slides and the files of these.
 *
 * @throws {RangeError} If a list is empty, or an id is no whole number above 0.
 * @throws {TypeError} If the product mixes ids and abbreviations.
 * @example String(samples({ product: "HumanMA", donor: "H0351.2001", structure: "DG" })) // → "model::Sample,rma::criteria,microarray_data_set(products[abbreviation$in'HumanMA'],specimen(donor[name$in'H0351.2001'])),structure[acronym$in'DG'],rma::include,microarray_slides(well_known_files)"
 */
export function samples({ product, donor, structure }: SampleOptions = {}): QueryOf<"Sample", WithSlides> {
  let query = rma("Sample");
  if (product !== undefined || donor !== undefined) {
    query = query.via("microarray_data_set", (set) => {
      let scope = set;
      if (product !== undefined) scope = scope.via("products", productIn(keyList("product", product)));
      if (donor === undefined) return scope;
      const names = textList("donor", donor);
      return scope.via("specimen", (specimen) => specimen.via("donor", (each) => each.where("name", "in", names)));
    });
  }
  if (structure !== undefined) {
    const acronyms = textList("structure", structure);
    query = query.via("structure", (each) => each.where("acronym", "in", acronyms));
  }
  return query.include("microarray_slides", (slide) => slide.include("well_known_files"));
}
