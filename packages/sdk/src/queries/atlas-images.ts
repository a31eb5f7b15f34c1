import { rma } from "../rma/builder.ts";
import type { StagesQuery } from "../rma/builder-stages.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import { checkText, idList, type OneOrMore } from "./values.ts";
import { checkOf, missingIds } from "./why-empty.ts";

const SECTION = "sub_images.section_number";

/** Which annotated plates `annotated` gives. */
export interface AnnotatedOptions {
  /** Type of the drawn image beside each plate, such as `Atlas - Adult Mouse`; developmental atlases may have none. @default any */
  readonly imageType?: string | undefined;
}

/** Which drawn plates `drawn` gives. */
export interface DrawnOptions {
  /** Ids of graphic group labels, such as 28 for structures of the adult mouse. @default all */
  readonly groupLabelIds?: OneOrMore<number> | undefined;
}

/**
 * All images of an atlas, in the order of sections.
 *
 * @throws {RangeError} If the id is no whole number above 0.
 * @example String(inAtlas(1)) // → "model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$in1]),rma::options[order$eq'sub_images.section_number,sub_images.id']"
 */
export function inAtlas(atlasId: number): QueryOf<"AtlasImage"> {
  const wanted = idList("atlasId", atlasId);
  return (
    rma("AtlasImage")
      .via("atlas_data_set", (set) => set.via("atlases", (atlas) => atlas.where("id", "in", wanted)))
      .orderBy(SECTION)
      // Images of several data sets share their numbers.
      .orderBy("sub_images.id")
      .whenEmpty(
        missingIds("atlas", wanted, rma("Atlas").where("id", "in", wanted), "atlases.all() lists what there is"),
      )
  );
}

/**
 * The annotated plates of an atlas, in the order of sections.
 *
 * @throws {RangeError} If the id is no whole number above 0.
 * @example String(annotated(1, { imageType: "Atlas - Adult Mouse" })) // → "model::AtlasImage,rma::criteria,[annotated$eqtrue],atlas_data_set(atlases[id$in1]),alternate_images[image_type$eq'Atlas - Adult Mouse'],rma::options[order$eq'sub_images.section_number,sub_images.id']"
 */
export function annotated(atlasId: number, { imageType }: AnnotatedOptions = {}): QueryOf<"AtlasImage"> {
  const plates = inAtlas(atlasId).where("annotated", "eq", true);
  if (imageType === undefined) return plates;
  const wanted = checkText("imageType", imageType);
  return plates
    .via("alternate_images", (image) => image.where("image_type", "eq", wanted))
    .whenEmpty(
      checkOf(rma("Atlas").where("id", "eq", atlasId), ([atlas]) => {
        if (atlas === undefined) return `There is no atlas ${atlasId}; atlases.all() lists what there is`;
        if (atlas.image_type === null || atlas.image_type === wanted) return undefined;
        return `Atlas ${atlasId} has no plates of type "${wanted}"; its type is "${atlas.image_type}"`;
      }),
    );
}

/**
 * The annotated plates of an atlas with a drawn image of the atlas's own type, in the order of sections; asks for the type by a
 * stage before.
 *
 * @throws {RangeError} If the id is no whole number above 0.
 * @example annotatedByType(1).toQuery().stages.length // → 3
 */
export function annotatedByType(atlasId: number): StagesQuery<ModelRow<"AtlasImage">> {
  return rma.pipeline(
    rma("Atlas").where("id", "in", idList("atlasId", atlasId)).only("image_type"),
    rma.list({ type_name: "image_type" }),
    annotated(atlasId).via("alternate_images", (image) => image.where("image_type", "eq", rma.variable("type_name"))),
  );
}

/**
 * The plates of an atlas that have a drawing, in the order of sections.
 *
 * @throws {RangeError} If an id is no whole number above 0.
 * @example String(drawn(1, { groupLabelIds: 28 }).only("id")) // → "model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$in1]),graphic_objects(graphic_group_label[id$in28]),rma::options[only$eq'id'][order$eq'sub_images.section_number,sub_images.id']"
 */
export function drawn(atlasId: number, { groupLabelIds }: DrawnOptions = {}): QueryOf<"AtlasImage"> {
  if (groupLabelIds === undefined) return inAtlas(atlasId).via("graphic_objects");
  const labels = idList("groupLabelIds", groupLabelIds);
  return inAtlas(atlasId)
    .via("graphic_objects", (drawing) => drawing.via("graphic_group_label", (label) => label.where("id", "in", labels)))
    .whenEmpty(
      checkOf(rma("Atlas").where("id", "eq", atlasId).include("graphic_group_labels"), ([atlas]) => {
        if (atlas === undefined) return `There is no atlas ${atlasId}; atlases.all() lists what there is`;
        const own = atlas.graphic_group_labels.map((label) => label.id);
        if (own.some((id) => labels.includes(id))) return undefined;
        return `Atlas ${atlasId} has no drawings of group ${labels.join(", ")}; its groups are ${own.join(", ") || "none"}`;
      }),
    );
}
