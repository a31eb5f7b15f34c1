import { checkCount } from "../check.ts";
import { DecodeError } from "../errors.ts";
import { ofDataSets, ofImagesOf, ofSectionImages } from "../queries/alignments.ts";
import { rma } from "../rma/builder.ts";
import type { TypedQuery } from "../rma/builder-stages.ts";
import type { AlignedSet, SetSection } from "../sync/aligned-set.ts";
import { parseAlignedSet } from "../sync/parse-aligned-set.ts";
import { Rows } from "./rows.ts";
import type { Sender } from "./sender.ts";
import type { SyncOptions } from "./sync-result.ts";

/** Fetches the alignments of a data set: two requests, which run side by side. */
export async function fetchAlignedSet(sender: Sender, dataSetId: number, options: SyncOptions): Promise<AlignedSet> {
  checkCount("dataSetId", dataSetId, 1);
  const [dataSet, images] = await Promise.all([
    fetchDataSet(sender, dataSetId, options),
    new Rows(sender, ofImagesOf(dataSetId), options).all(),
  ]);
  return parseAlignedSet(dataSet, images);
}

/** Fetches the alignments of one image. */
export async function fetchAlignedSection(sender: Sender, imageId: number, options: SyncOptions): Promise<SetSection> {
  const image = await fetchRow(sender, ofSectionImages(imageId), `image ${imageId}`, options);
  const dataSet = await fetchDataSet(sender, checkCount("data_set_id", image.data_set_id, 1), options);
  return parseAlignedSet(dataSet, [image]).nearest(0);
}

/** Fetches the alignments of an atlas's annotated plates. */
export async function fetchAlignedAtlas(sender: Sender, atlasId: number, options: SyncOptions): Promise<AlignedSet> {
  checkCount("atlasId", atlasId, 1);
  const ofAtlas = rma("AtlasDataSet")
    .via("atlases", (atlas) => atlas.where("id", "eq", atlasId))
    .include("alignment3d");
  const dataSet = await fetchRow(sender, ofAtlas, `a data set of atlas ${atlasId}`, options);
  const plates = rma("AtlasImage")
    .where("annotated", "eq", true)
    .where("data_set_id", "eq", checkCount("id", dataSet.id, 1))
    .include("alignment2d");
  const images = await new Rows(sender, plates, options).all();
  const set = parseAlignedSet(dataSet, images).annotated();
  if (set === undefined) throw missing(`an annotated plate of atlas ${atlasId}`);
  return set;
}

/** Sets of atlases are a model of their own. */
async function fetchDataSet(sender: Sender, id: number, options: SyncOptions): Promise<unknown> {
  const section = await new Rows(sender, ofDataSets(id), options).first();
  if (section !== undefined) return section;
  const atlas = rma("AtlasDataSet").where("id", "eq", id).include("alignment3d");
  return await fetchRow(sender, atlas, `data set ${id}`, options);
}

async function fetchRow<Row>(sender: Sender, query: TypedQuery<Row>, what: string, options: SyncOptions): Promise<Row> {
  const row = await new Rows(sender, query, options).first();
  if (row === undefined) throw missing(what);
  return row;
}

function missing(what: string): DecodeError {
  return new DecodeError("the alignments", { at: "msg[0]", expected: what, found: "no row" });
}
