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

/** An answer with the ids of targets that are not held, or in words what is not held without which there is no answer. */
export type Outcome<T> = { readonly found: T; readonly missing?: readonly number[] } | { readonly notHeld: string };

/** What is asked. */
export interface SyncQuestion {
  /** Id in the path: of an image, a reference space or a data set. */
  readonly id: number;
  readonly point: SpacePoint;
  /** Ids of targets: data sets, images, structures, or one atlas. */
  readonly targets: readonly number[];
}

type List = Promise<Outcome<readonly SyncItem[]>>;

/** What the service may find in a target. */
type Place = (ImagePoint & Pick<SectionPlace, "imageId" | "sectionNumber">) | undefined;
/** What was found in a target; `undefined` where it is not held. */
type Sought = { readonly place: Place } | undefined;

/** The nearest section of each data set to a point of an image: to reference space and from there (inferred, reference §5.4). */
export async function syncImageToImage(records: AlignmentReader, { id, point, targets }: SyncQuestion): List {
  const seed = await records.section(id);
  if (seed === undefined) return unaligned(id);
  return await eachSet(records, targets, async (set) => {
    const map = await records.transform(seed.referenceSpaceId, set.referenceSpaceId);
    return map && imageToImage(seed, set, point.x, point.y, map);
  });
}

/** A point of an image on others, by the 2-D alignments alone (inferred from the documentation, reference §5.4). */
export async function syncImageToImage2d(records: AlignmentReader, { id, point, targets }: SyncQuestion): List {
  const seed = await records.section(id);
  if (seed === undefined) return unaligned(id);
  const seek = async (target: number): Promise<Sought> => {
    const section = await records.section(target);
    if (section === undefined) return undefined;
    const { imageId, sectionNumber, alignment2d } = section;
    return { place: { imageId, sectionNumber, ...imageToImage2d(seed.alignment2d, alignment2d, point.x, point.y) } };
  };
  return await each("images with alignments", targets, seek, (_, fields) => fields);
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
  return await eachSet(records, targets, (set) => project(records, set, id, point));
}

/**
 * The section of a data set that is nearest to the middle of each structure. Of an atlas's set any image may be it: whether the service
 * keeps to annotated plates, as `image_to_atlas` does, is *unknown*.
 */
export async function syncStructureToImage(records: AlignmentReader, { id, targets }: SyncQuestion): List {
  const set = await records.set(id);
  if (set === undefined) return { notHeld: `no data set ${id} with its alignments` };
  const seek = async (target: number): Promise<Sought> => {
    const centre = await records.centre(target, set.referenceSpaceId);
    return centre && { place: await project(records, set, centre.spaceId, centre) };
  };
  return await each("structures with a middle", targets, seek, (target, fields) => ({
    section_data_set_id: String(id),
    ...fields,
    structure_id: target,
  }));
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

/** Seeks in data sets. */
async function eachSet(
  records: AlignmentReader,
  targets: readonly number[],
  place: (set: AlignedSet) => Promise<Place>,
): List {
  const seek = async (target: number): Promise<Sought> => {
    const set = await records.set(target);
    return set && { place: await place(set) };
  };
  return await each("data sets with alignments", targets, seek, (target, fields) => ({
    section_data_set_id: String(target),
    ...fields,
  }));
}

/** Ids that a message names. */
const MAX_NAMED = 5;

/**
 * Seeks in each target. The service's form has one word for "nothing there" and for "not held", so that those are told beside it; where
 * nothing at all is held, there is no answer.
 */
async function each(
  what: string,
  targets: readonly number[],
  seek: (target: number) => Promise<Sought>,
  toItem: (target: number, fields: SyncItem) => SyncItem,
): List {
  const items: SyncItem[] = [];
  const missing: number[] = [];
  for (const target of targets) {
    const sought = await seek(target);
    if (sought === undefined) missing.push(target);
    items.push(toItem(target, itemOf(sought?.place)));
  }
  if (missing.length < targets.length) return { found: items, missing };
  const more = missing.length > MAX_NAMED ? ", …" : "";
  return { notHeld: `no ${what} of the ids ${missing.slice(0, MAX_NAMED).join(", ")}${more}` };
}

function itemOf(place: Place): SyncItem {
  if (place === undefined) return {};
  return { section_image_id: place.imageId, section_number: place.sectionNumber, x: place.x, y: place.y };
}

function unaligned(imageId: number): { readonly notHeld: string } {
  return { notHeld: `no image ${imageId} with its alignments` };
}
