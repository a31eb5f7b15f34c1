import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { idList, type OneOrMore } from "./values.ts";

/**
 * The bounds that the colours of data sets are stretched between, from 0 to 4095: the ranges of an image download.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(ofDataSets(100141599)) // → "model::Equalization,rma::criteria,[section_data_set_id$in100141599]"
 */
export function ofDataSets(dataSetIds: OneOrMore<number>): QueryOf<"Equalization"> {
  return rma("Equalization").where("section_data_set_id", "in", idList("dataSetIds", dataSetIds));
}

/**
 * The bounds of the data sets that section images belong to; images of one data set share a row.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(ofSectionImages([126862575, 297225768])) // → "model::Equalization,rma::criteria,section_data_set(section_images[id$in126862575,297225768])"
 */
export function ofSectionImages(imageIds: OneOrMore<number>): QueryOf<"Equalization"> {
  const wanted = idList("imageIds", imageIds);
  return rma("Equalization").via("section_data_set", (set) =>
    set.via("section_images", (image) => image.where("id", "in", wanted)),
  );
}
