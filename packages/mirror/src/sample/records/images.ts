import type { ModelRow } from "../../records/model-row.ts";
import { graphicGroupId, plateGroups } from "../drawing.ts";
import type { SamplePlate } from "../plate.ts";
import { alternateId, SAMPLE_PLATES } from "../plates.ts";
import { record } from "./record.ts";

/** Images, their alignments, other pictures of them, and the groups of their drawings. */
export function* imageRecords(): Generator<ModelRow> {
  for (const plate of SAMPLE_PLATES) {
    const { alternate_images: _, ...columns } = plate.record;
    const { id } = columns;
    yield record(plate.model, columns);
    yield record("Alignment2d", { id, section_image_id: id, ...plate.alignment2d });
    for (const [index, { path, imageType }] of plate.alternates.entries()) {
      yield record("AlternateImage", { id: alternateId(id, index), sub_image_id: id, path, image_type: imageType });
    }
    yield* graphicObjects(plate);
  }
}

/** The group of each label alone: the paths of a drawing are traced only when it is asked for. */
function* graphicObjects(plate: SamplePlate): Generator<ModelRow> {
  for (const [index, label] of plateGroups(plate).entries()) {
    yield record("GraphicObject", {
      id: graphicGroupId(plate, label),
      type: "Group",
      order: index + 1,
      graphic_group_label_id: label,
      sub_image_id: plate.record.id,
    });
  }
}
