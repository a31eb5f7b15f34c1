import type { BrainAtlas } from "@brainatlas/sdk";
import { rma } from "@brainatlas/sdk/rma";
import type { SeriesRef } from "../model/view.ts";
import { heldRows } from "./atlases.ts";

/**
 * The series that an image is of: the first atlas whose data set has it, else its experiment.
 *
 * @returns `undefined` where the API has no such image.
 */
export async function findSeriesOfImage(
  api: BrainAtlas,
  imageId: number,
  signal: AbortSignal,
): Promise<SeriesRef | undefined> {
  const atlases = rma("Atlas")
    .via("atlas_data_sets", (set) => set.via("atlas_images", (image) => image.where("id", "eq", imageId)))
    .orderBy("id");
  const [atlas] = await heldRows(api.rows(atlases, { signal }));
  if (atlas !== undefined) return { kind: "atlas", id: atlas.id };
  const [section] = await heldRows(api.rows(rma("SectionImage").where("id", "eq", imageId), { signal }));
  const dataSetId = section?.data_set_id;
  return dataSetId == null ? undefined : { kind: "dataset", id: dataSetId };
}

/** An experiment that has sections, for a store without plates; `undefined` where there is none either. */
export async function findPicturedDataSet(api: BrainAtlas, signal: AbortSignal): Promise<SeriesRef | undefined> {
  const query = rma("SectionDataSet").via("section_images").orderBy("id").limit(1);
  const [row] = await heldRows(api.rows(query, { signal }));
  return row && { kind: "dataset", id: row.id };
}
