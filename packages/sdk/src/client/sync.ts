import type { OneOrMore } from "../queries/values.ts";
import type { ImagePoint, SpacePoint } from "../sync/affine.ts";
import type { AlignedSet, SetSection } from "../sync/aligned-set.ts";
import type { Sender } from "./sender.ts";
import type { SyncOptions, SyncPlace, SyncResult } from "./sync-result.ts";

/** What asks and reads is loaded by those alone who synchronise. */
const load = (): Promise<typeof import("./sync-calls.ts")> => import("./sync-calls.ts");

/**
 * Maps points between the images of data sets and reference space (reference §5): pixels of the full resolution, relative to a
 * section's box, and µm.
 *
 * The six services answer one point a request. For many points `alignedSet` fetches the alignments once, and `@brainatlas/sdk/sync`
 * computes the same answers from them.
 *
 * All methods reject with a `RangeError` before anything is sent if an id is no whole number above 0, a list is empty, or a coordinate is
 * no number; with an `ApiError` if the service refuses; and with a `DecodeError` if the answer is not as promised.
 */
export class SyncServices {
  readonly #sender: Sender;

  /** @internal */
  constructor(sender: Sender) {
    this.#sender = sender;
  }

  /**
   * The nearest section of each data set to a point of an image (`image_to_image`).
   *
   * @param imageId Id of the SectionImage that the point is of.
   * @returns One a data set.
   * @example (await allen.sync.imageToImage(68173101, { x: 6208, y: 2368 }, [67810540, 69782969]))[0]?.place?.imageId;
   */
  async imageToImage(
    imageId: number,
    point: Readonly<ImagePoint>,
    dataSetIds: OneOrMore<number>,
    options: SyncOptions = {},
  ): Promise<SyncResult[]> {
    const call = { service: "image_to_image", id: imageId, point, ids: dataSetIds } as const;
    return await (await load()).askList(this.#sender, call, options);
  }

  /**
   * A point of an image on other images of its specimen, by their 2-D alignments alone (`image_to_image_2d`).
   *
   * @param imageId Id of the SectionImage that the point is of.
   * @returns One an image.
   */
  async imageToImage2d(
    imageId: number,
    point: Readonly<ImagePoint>,
    imageIds: OneOrMore<number>,
    options: SyncOptions = {},
  ): Promise<SyncResult[]> {
    const call = { service: "image_to_image_2d", id: imageId, point, ids: imageIds } as const;
    return await (await load()).askList(this.#sender, call, options);
  }

  /**
   * The nearest annotated plate of an atlas to a point of an image (`image_to_atlas`); `undefined` if the service finds none.
   *
   * @param imageId Id of the SectionImage that the point is of.
   */
  async imageToAtlas(
    imageId: number,
    point: Readonly<ImagePoint>,
    atlasId: number,
    options: SyncOptions = {},
  ): Promise<SyncPlace | undefined> {
    return await (await load()).askAtlas(this.#sender, imageId, point, atlasId, options);
  }

  /**
   * A point of an image in the reference space of its data set, in µm (`image_to_reference`): x to posterior, y to inferior, z to the
   * right.
   *
   * @param imageId Id of the SectionImage that the point is of.
   */
  async imageToReference(imageId: number, point: Readonly<ImagePoint>, options: SyncOptions = {}): Promise<SpacePoint> {
    return await (await load()).askReference(this.#sender, imageId, point, options);
  }

  /**
   * The nearest section of each data set to a point of reference space (`reference_to_image`).
   *
   * @param spaceId Id of the ReferenceSpace that the point is of. Which one a data set lies in, its record says (`reference_space_id`); of
   *   the adult mouse it is 9 or 10, which have left and right exchanged.
   * @param point In µm.
   * @returns One a data set.
   */
  async referenceToImage(
    spaceId: number,
    point: Readonly<SpacePoint>,
    dataSetIds: OneOrMore<number>,
    options: SyncOptions = {},
  ): Promise<SyncResult[]> {
    const call = { service: "reference_to_image", id: spaceId, point, ids: dataSetIds } as const;
    return await (await load()).askList(this.#sender, call, options);
  }

  /**
   * The section of a data set that is nearest to the middle of each structure (`structure_to_image`).
   *
   * @param dataSetId Id of the SectionDataSet or AtlasDataSet.
   * @returns One a structure.
   */
  async structureToImage(
    dataSetId: number,
    structureIds: OneOrMore<number>,
    options: SyncOptions = {},
  ): Promise<SyncResult[]> {
    const call = { service: "structure_to_image", id: dataSetId, ids: structureIds } as const;
    return await (await load()).askList(this.#sender, call, options);
  }

  /**
   * The sections of a data set with their alignments, to map any number of points without further requests.
   *
   * @param dataSetId Id of the SectionDataSet or AtlasDataSet.
   * @throws {DecodeError} If there is no such data set, or it is not aligned.
   */
  async alignedSet(dataSetId: number, options: SyncOptions = {}): Promise<AlignedSet> {
    const { fetchAlignedSet } = await import("./aligned-sets.ts");
    return await fetchAlignedSet(this.#sender, dataSetId, options);
  }

  /**
   * The sections of several data sets with their alignments: what `alignedSet` gives, without an error for those that are missing.
   *
   * @param dataSetIds Ids of SectionDataSets or AtlasDataSets.
   * @returns One a data set, in their order; `undefined` where there is no such data set, or it is not aligned.
   */
  async alignedSets(dataSetIds: OneOrMore<number>, options: SyncOptions = {}): Promise<(AlignedSet | undefined)[]> {
    const { fetchAlignedSets } = await import("./aligned-sets.ts");
    return await fetchAlignedSets(this.#sender, dataSetIds, options);
  }

  /**
   * One section with its alignments: what it takes to map its points to reference space.
   *
   * @param imageId Id of the SectionImage or AtlasImage.
   * @throws {DecodeError} If there is no such image, or it is not aligned.
   */
  async alignedSection(imageId: number, options: SyncOptions = {}): Promise<SetSection> {
    const { fetchAlignedSection } = await import("./aligned-sets.ts");
    return await fetchAlignedSection(this.#sender, imageId, options);
  }

  /**
   * Several sections with their alignments: what `alignedSection` gives, without an error for those that are missing.
   *
   * @param imageIds Ids of SectionImages or AtlasImages.
   * @returns One an image, in their order; `undefined` where there is no such image, or it is not aligned.
   */
  async alignedSections(imageIds: OneOrMore<number>, options: SyncOptions = {}): Promise<(SetSection | undefined)[]> {
    const { fetchAlignedSections } = await import("./aligned-sets.ts");
    return await fetchAlignedSections(this.#sender, imageIds, options);
  }

  /**
   * The annotated plates of an atlas with their alignments: what `image_to_atlas` searches.
   *
   * @throws {DecodeError} If there is no such atlas, or it has no plates that are aligned.
   */
  async alignedAtlas(atlasId: number, options: SyncOptions = {}): Promise<AlignedSet> {
    const { fetchAlignedAtlas } = await import("./aligned-sets.ts");
    return await fetchAlignedAtlas(this.#sender, atlasId, options);
  }
}
