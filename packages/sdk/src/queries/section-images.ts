import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { idList, type OneOrMore } from "./values.ts";
import { explainedIds, missingIds } from "./why-empty.ts";

/**
 * The images of section data sets, in the order of sections.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(ofDataSet(479)) // → "model::SectionImage,rma::criteria,[data_set_id$in479],rma::options[order$eq'sub_images.section_number,sub_images.id']"
 */
export function ofDataSet(dataSetIds: OneOrMore<number>): QueryOf<"SectionImage"> {
  const wanted = idList("dataSetIds", dataSetIds);
  return (
    rma("SectionImage")
      .where("data_set_id", "in", wanted)
      .orderBy("sub_images.section_number")
      // Images of several data sets share their numbers.
      .orderBy("sub_images.id")
      .whenEmpty(
        missingIds(
          "section data set",
          wanted,
          rma("SectionDataSet").where("id", "in", wanted),
          "sectionDataSets.find() finds those of a gene",
        ),
      )
  );
}

/**
 * Section images by their ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId([68173101, 68173103])) // → "model::SectionImage,rma::criteria,[id$in68173101,68173103]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"SectionImage"> {
  const wanted = idList("ids", ids);
  return explainedIds(
    "section image",
    wanted,
    rma("SectionImage").where("id", "in", wanted),
    "sectionImages.ofDataSet() lists those of a data set",
  );
}
