import type { ModelRow, QueryOf } from "./model-types.ts";
import { byId as dataSetsById } from "./section-data-sets.ts";
import { ofDataSet, byId as sectionImagesById } from "./section-images.ts";
import type { OneOrMore } from "./values.ts";

/** The 2-D alignment of an image; `null` where it has none. */
export interface WithAlignment2d {
  alignment2d: ModelRow<"Alignment2d"> | null;
}

/** The 3-D alignment of a data set; `null` where it has none. */
export interface WithAlignment3d {
  alignment3d: ModelRow<"Alignment3d"> | null;
}

/**
 * Section images with their 2-D alignments: from pixels of an image to µm of the data set's volume (`tsv`), and back (`tvs`).
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(ofSectionImages(101945191)) // → "model::SectionImage,rma::criteria,[id$in101945191],rma::include,alignment2d"
 */
export function ofSectionImages(imageIds: OneOrMore<number>): QueryOf<"SectionImage", WithAlignment2d> {
  return sectionImagesById(imageIds).include("alignment2d");
}

/**
 * All section images of data sets with their 2-D alignments, in the order of sections.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(ofImagesOf(479)) // → "model::SectionImage,rma::criteria,[data_set_id$in479],rma::include,alignment2d,rma::options[order$eq'sub_images.section_number,sub_images.id']"
 */
export function ofImagesOf(dataSetIds: OneOrMore<number>): QueryOf<"SectionImage", WithAlignment2d> {
  return ofDataSet(dataSetIds).include("alignment2d");
}

/**
 * Section data sets with their 3-D alignments: from µm of the data set's volume to µm of reference space (`tvr`), and back (`trv`).
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(ofDataSets(479)) // → "model::SectionDataSet,rma::criteria,[id$in479],rma::include,alignment3d"
 */
export function ofDataSets(dataSetIds: OneOrMore<number>): QueryOf<"SectionDataSet", WithAlignment3d> {
  return dataSetsById(dataSetIds).include("alignment3d");
}
