import { checkPositive } from "../check.ts";
import { applyAffine3d, type ImagePoint, type SpacePoint } from "./affine.ts";
import type { Alignment2d, Alignment3d } from "./alignment.ts";
import { nearestSection } from "./nearest-section.ts";
import { type AlignedSection, referenceToImage } from "./transform.ts";

/** An image of a data set with its 2-D alignment. */
export interface AlignedImage {
  /** Id of the SectionImage or AtlasImage. */
  readonly imageId: number;
  /** Place of the section in its stack, a whole number. */
  readonly sectionNumber: number;
  readonly alignment2d: Alignment2d;
  /**
   * Whether it is an annotated plate of an atlas.
   * @default false
   */
  readonly annotated?: boolean | undefined;
}

/** What a data set is made of. */
export interface AlignedSetParts {
  /** Id of the SectionDataSet or AtlasDataSet. */
  readonly id: number;
  /** Distance between consecutive section numbers, in µm. */
  readonly thicknessUm: number;
  readonly alignment3d: Alignment3d;
  /** Id of the reference space that it is aligned to; `undefined` where that is not known. */
  readonly referenceSpaceId?: number | undefined;
  readonly images: readonly AlignedImage[];
}

/** A section of an aligned data set. */
export interface SetSection extends AlignedSection {
  readonly imageId: number;
  readonly annotated: boolean;
  readonly dataSetId: number;
  /** `undefined` where it is not known. */
  readonly referenceSpaceId: number | undefined;
}

/** Where a point fell: an image, and a place in it. */
export interface SectionPlace extends ImagePoint {
  /** Id of the SectionImage or AtlasImage. */
  imageId: number;
  sectionNumber: number;
}

/**
 * The sections of a data set with their alignments: what it takes to map points between its images and reference space, without a
 * request for each.
 *
 * @example for (const section of set.sections) console.log(section.imageId, imageToReference(section, 0, 0));
 */
export class AlignedSet {
  readonly id: number;
  /** Distance between consecutive section numbers, in µm. */
  readonly thicknessUm: number;
  readonly alignment3d: Alignment3d;
  /** Id of the reference space that it is aligned to; `undefined` where that is not known. */
  readonly referenceSpaceId: number | undefined;
  /** The sections by their numbers, those of one number by their image ids. */
  readonly sections: readonly SetSection[];
  readonly #byImage: ReadonlyMap<number, SetSection>;

  /**
   * @throws {RangeError} If the thickness is not above 0, there is no image, or a section number is no whole number.
   */
  constructor({ id, thicknessUm, alignment3d, referenceSpaceId, images }: AlignedSetParts) {
    if (images.length === 0) throw new RangeError(`Cannot align data set ${id}: it has no image; give at least one`);
    this.id = id;
    this.thicknessUm = checkPositive("thicknessUm", thicknessUm);
    this.alignment3d = alignment3d;
    this.referenceSpaceId = referenceSpaceId;
    const common = { thicknessUm, alignment3d, dataSetId: id, referenceSpaceId };
    this.sections = images
      .map(({ annotated = false, ...image }) => ({ ...image, ...common, annotated }))
      .sort((one, other) => one.sectionNumber - other.sectionNumber || one.imageId - other.imageId);
    for (const { imageId, sectionNumber } of this.sections) {
      if (Number.isSafeInteger(sectionNumber)) continue;
      throw new RangeError(`Cannot use sectionNumber ${sectionNumber} of image ${imageId}; give a whole number`);
    }
    this.#byImage = new Map(this.sections.map((section) => [section.imageId, section]));
  }

  /** The section of an image; `undefined` if it is none of this set. */
  section(imageId: number): SetSection | undefined {
    return this.#byImage.get(imageId);
  }

  /**
   * The nearest section to a place in the stack; see {@link nearestSection}.
   *
   * @throws {RangeError} If the place is NaN.
   */
  nearest(wanted: number): SetSection {
    // The index is one of the list's.
    return this.sections[nearestSection(this.sections, wanted)] as SetSection;
  }

  /**
   * Where a point of the set's reference space falls: what `reference_to_image` answers, to the last bit (reference §5.4). The point
   * is projected along the stack to the nearest section, and may fall outside of the image.
   *
   * @param x To posterior, in µm.
   * @param y To inferior, in µm.
   * @param z To the right, in µm.
   * @throws {RangeError} If a coordinate is no finite number.
   */
  referenceToImage(x: number, y: number, z: number): SectionPlace {
    if (!Number.isFinite(x + y + z)) throw new RangeError(`Cannot use point ${x}, ${y}, ${z}; give finite numbers`);
    const inStack: SpacePoint = applyAffine3d(this.alignment3d.trv, x, y, z);
    const section = this.nearest(inStack.z / this.thicknessUm);
    const { imageId, sectionNumber } = section;
    return { imageId, sectionNumber, ...referenceToImage(section, x, y, z) };
  }

  /** The same set with its annotated plates alone; `undefined` if it has none. */
  annotated(): AlignedSet | undefined {
    const images = this.sections.filter((section) => section.annotated);
    return images.length === 0 ? undefined : new AlignedSet({ ...this, images });
  }
}
