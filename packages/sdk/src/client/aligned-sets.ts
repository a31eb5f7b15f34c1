import { checkCount } from "../check.ts";
import { DecodeError } from "../errors.ts";
import { ofDataSets, ofImagesOf, ofSectionImages } from "../queries/alignments.ts";
import { idList, type OneOrMore } from "../queries/values.ts";
import { rma } from "../rma/builder.ts";
import type { TypedQuery } from "../rma/builder-stages.ts";
import type { AlignedSet, SetSection } from "../sync/aligned-set.ts";
import { parseAlignedSet } from "../sync/parse-aligned-set.ts";
import { Rows } from "./rows.ts";
import type { Sender } from "./sender.ts";
import type { SyncOptions } from "./sync-result.ts";

/** A row that may have an alignment: what has none is not aligned. */
interface Alignable {
  readonly alignment3d?: unknown;
  readonly alignment2d?: unknown;
}

/** Fetches the alignments of a data set. */
export async function fetchAlignedSet(sender: Sender, dataSetId: number, options: SyncOptions): Promise<AlignedSet> {
  const set = await findAlignedSet(sender, checkCount("dataSetId", dataSetId, 1), options);
  return set ?? missing(sender, `data set ${dataSetId}`, "a SectionDataSet or AtlasDataSet that is aligned");
}

/** Fetches the alignments of data sets, `undefined` for those that are not there or not aligned. */
export async function fetchAlignedSets(
  sender: Sender,
  dataSetIds: OneOrMore<number>,
  options: SyncOptions,
): Promise<(AlignedSet | undefined)[]> {
  return await Promise.all(idList("dataSetIds", dataSetIds).map((id) => findAlignedSet(sender, id, options)));
}

/** Fetches the alignments of one image. */
export async function fetchAlignedSection(sender: Sender, imageId: number, options: SyncOptions): Promise<SetSection> {
  const section = await findAlignedSection(sender, checkCount("imageId", imageId, 1), options);
  return section ?? missing(sender, `image ${imageId}`, "a SectionImage or AtlasImage that is aligned");
}

/** Fetches the alignments of images, `undefined` for those that are not there or not aligned. */
export async function fetchAlignedSections(
  sender: Sender,
  imageIds: OneOrMore<number>,
  options: SyncOptions,
): Promise<(SetSection | undefined)[]> {
  return await Promise.all(idList("imageIds", imageIds).map((id) => findAlignedSection(sender, id, options)));
}

/** Fetches the alignments of an atlas's annotated plates. */
export async function fetchAlignedAtlas(sender: Sender, atlasId: number, options: SyncOptions): Promise<AlignedSet> {
  checkCount("atlasId", atlasId, 1);
  const ofAtlas = rma("AtlasDataSet")
    .via("atlases", (atlas) => atlas.where("id", "eq", atlasId))
    .include("alignment3d");
  const dataSet = await firstOf(sender, ofAtlas, options);
  const plates = rma("AtlasImage")
    .where("annotated", "eq", true)
    .where("data_set_id", "eq", checkCount("id", dataSet?.id ?? 1, 1))
    .include("alignment2d");
  const images = dataSet === undefined ? [] : await new Rows(sender, plates, options).all();
  const set = parseIfAligned(dataSet, images)?.annotated();
  return set ?? missing(sender, `atlas ${atlasId}`, "an Atlas with annotated plates that are aligned");
}

/** Two requests, which run side by side. */
async function findAlignedSet(sender: Sender, id: number, options: SyncOptions): Promise<AlignedSet | undefined> {
  const [dataSet, images] = await Promise.all([
    findDataSet(sender, id, options),
    new Rows(sender, ofImagesOf(id), options).all(),
  ]);
  return parseIfAligned(dataSet, images);
}

async function findAlignedSection(sender: Sender, id: number, options: SyncOptions): Promise<SetSection | undefined> {
  const image = await firstOf(sender, ofSectionImages(id), options);
  if (image === undefined) return undefined;
  const dataSet = await findDataSet(sender, checkCount("data_set_id", image.data_set_id, 1), options);
  return parseIfAligned(dataSet, [image])?.nearest(0);
}

/** What is there and has no alignment is no fault; what is no alignment is one. */
function parseIfAligned(dataSet: Alignable | undefined, images: readonly Alignable[]): AlignedSet | undefined {
  const isAligned = (value: unknown): boolean => value !== null && value !== undefined;
  if (!isAligned(dataSet?.alignment3d) || !images.some(({ alignment2d }) => isAligned(alignment2d))) return undefined;
  return parseAlignedSet(dataSet, images);
}

/** Sets of atlases are a model of their own. */
async function findDataSet(sender: Sender, id: number, options: SyncOptions): Promise<Alignable | undefined> {
  const section = await firstOf(sender, ofDataSets(id), options);
  if (section !== undefined) return section;
  return await firstOf(sender, rma("AtlasDataSet").where("id", "eq", id).include("alignment3d"), options);
}

function firstOf<Row>(sender: Sender, query: TypedQuery<Row>, options: SyncOptions): Promise<Row | undefined> {
  return new Rows(sender, query, options).first();
}

function missing(sender: Sender, what: string, expected: string): never {
  throw new DecodeError(what, {
    at: "msg[0]",
    expected: `the id of ${expected}`,
    found: "no row",
    url: sender.baseUrl,
  });
}
