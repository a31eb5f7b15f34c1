import {
  type AlignedSet,
  applyAffine3d,
  type ImagePoint,
  imageToImage,
  imageToImage2d,
  imageToReference,
  type SectionPlace,
  type SpacePoint,
} from "@brainatlas/sdk/sync";
import type { AlignmentReader } from "./read-alignments.ts";

/** What the service says of one target: without an image where it found none (reference §5.1). */
export interface SyncItem {
  /** As text, as it was recorded. */
  readonly section_data_set_id?: string;
  readonly section_image_id?: number;
  readonly section_number?: number;
  /** Inferred (reference §5.1, §12). */
  readonly structure_id?: number;
  readonly x?: number;
  readonly y?: number;
}

/** An answer, or in words what is not held without which there is none. */
export type Outcome<T> = { readonly found: T } | { readonly notHeld: string };

/** What is asked. */
export interface SyncQuestion {
  /** Id in the path: of an image, a reference space or a data set. */
  readonly id: number;
  readonly point: SpacePoint;
  /** Ids of targets: data sets, images, structures, or one atlas. */
  readonly targets: readonly number[];
}

type List = Promise<Outcome<readonly SyncItem[]>>;

/** The nearest section of each data set to a point of an image: to reference space and from there (inferred, reference §5.4). */
export async function syncImageToImage(records: AlignmentReader, { id, point, targets }: SyncQuestion): List {
  const seed = await records.section(id);
  if (seed === undefined) return unaligned(id);
  return await each(targets, async (target) => {
    const set = await records.set(target);
    const map = await records.transform(seed.referenceSpaceId, set?.referenceSpaceId);
    const place = set && map && imageToImage(seed, set, point.x, point.y, map);
    return { section_data_set_id: String(target), ...itemOf(place) };
  });
}

/** A point of an image on others, by the 2-D alignments alone (inferred from the documentation, reference §5.4). */
export async function syncImageToImage2d(records: AlignmentReader, { id, point, targets }: SyncQuestion): List {
  const seed = await records.section(id);
  if (seed === undefined) return unaligned(id);
  return await each(targets, async (target) => {
    const section = await records.section(target);
    if (section === undefined) return {};
    const { imageId, sectionNumber, alignment2d } = section;
    return itemOf({ imageId, sectionNumber, ...imageToImage2d(seed.alignment2d, alignment2d, point.x, point.y) });
  });
}

/** The nearest annotated plate of an atlas. Of an atlas of several data sets the first that has such plates counts. */
export async function syncImageToAtlas(
  records: AlignmentReader,
  { id, point, targets: [atlasId = 0] }: SyncQuestion,
): Promise<Outcome<SyncItem>> {
  const seed = await records.section(id);
  if (seed === undefined) return unaligned(id);
  const plates = await readPlates(records, atlasId);
  if (plates === undefined) return { notHeld: `no aligned plates of atlas ${atlasId}` };
  const map = await records.transform(seed.referenceSpaceId, plates.referenceSpaceId);
  return { found: itemOf(map && imageToImage(seed, plates, point.x, point.y, map)) };
}

/** A point of an image in its reference space. */
export async function syncImageToReference(
  records: AlignmentReader,
  { id, point }: SyncQuestion,
): Promise<Outcome<SpacePoint>> {
  const section = await records.section(id);
  return section === undefined ? unaligned(id) : { found: imageToReference(section, point.x, point.y) };
}

/** The nearest section of each data set to a point of a reference space, which is mapped to the set's own. */
export async function syncReferenceToImage(records: AlignmentReader, { id, point, targets }: SyncQuestion): List {
  return await each(targets, async (target) => {
    const set = await records.set(target);
    return { section_data_set_id: String(target), ...itemOf(set && (await project(records, set, id, point))) };
  });
}

/**
 * The section of a data set that is nearest to the middle of each structure. Of an atlas's set any image may be it: whether the service
 * keeps to annotated plates, as `image_to_atlas` does, is *unknown*.
 */
export async function syncStructureToImage(records: AlignmentReader, { id, targets }: SyncQuestion): List {
  const set = await records.set(id);
  if (set === undefined) return { notHeld: `no data set ${id} with its alignments` };
  return await each(targets, async (target) => {
    const centre = await records.centre(target, set.referenceSpaceId);
    const place = centre && (await project(records, set, centre.spaceId, centre));
    return { section_data_set_id: String(id), ...itemOf(place), structure_id: target };
  });
}

async function project(
  records: AlignmentReader,
  set: AlignedSet,
  spaceId: number,
  { x, y, z }: SpacePoint,
): Promise<SectionPlace | undefined> {
  const map = await records.transform(spaceId, set.referenceSpaceId);
  if (map === undefined) return undefined;
  const point = applyAffine3d(map, x, y, z);
  return set.referenceToImage(point.x, point.y, point.z);
}

async function readPlates(records: AlignmentReader, atlasId: number): Promise<AlignedSet | undefined> {
  for (const dataSetId of await records.dataSetsOf(atlasId)) {
    const plates = (await records.set(dataSetId))?.annotated();
    if (plates !== undefined) return plates;
  }
  return undefined;
}

async function each(targets: readonly number[], find: (target: number) => Promise<SyncItem>): List {
  const items: SyncItem[] = [];
  for (const target of targets) items.push(await find(target));
  return { found: items };
}

function itemOf(place: (ImagePoint & Pick<SectionPlace, "imageId" | "sectionNumber">) | undefined): SyncItem {
  if (place === undefined) return {};
  return { section_image_id: place.imageId, section_number: place.sectionNumber, x: place.x, y: place.y };
}

function unaligned(imageId: number): { readonly notHeld: string } {
  return { notHeld: `no image ${imageId} with its alignments` };
}
