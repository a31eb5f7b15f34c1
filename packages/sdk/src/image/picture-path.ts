import type { AlternateImage, SubImageRecord } from "./sub-image-record.ts";

/**
 * A stored picture of an image: as it was taken, coloured by structure, or the mask of its expression or projection (reference §1.2).
 */
export type PictureName = "primary" | "annotated" | "expression" | "projection";

/** Which of several coloured plates is meant. */
export interface PicturePathOptions {
  /**
   * Kind of the coloured plates of an atlas, its column `image_type`, where two atlases share an image.
   * @default the first that there is, as the service chooses
   */
  readonly imageType?: string | undefined;
}

/** The types of coloured plates begin with it, such as `Atlas - Adult Mouse`. */
const ATLAS_TYPE = "Atlas";

/**
 * The coloured plates that are made of an image: one for each atlas whose image it is (reference §1.5).
 *
 * @example colouredPlates({ alternate_images: [{ id: 7, image_type: "Atlas - Adult Mouse", path: "/a.aff" }] }).length // → 1
 */
export function colouredPlates({ alternate_images }: Pick<SubImageRecord, "alternate_images">): AlternateImage[] {
  return (alternate_images ?? []).filter(({ image_type }) => image_type.startsWith(ATLAS_TYPE));
}

/**
 * Path of a stored picture of an image, as the download services choose it (reference §1.2, §1.5): the coloured plate is one of the
 * row's `alternate_images`, or, of an annotated image without any, its own picture; both masks stand in `expression_path`.
 *
 * @returns `undefined` if the row names no such picture.
 * @example picturePath(record, "annotated", { imageType: "Atlas - Adult Mouse" })
 */
export function picturePath(
  record: Pick<SubImageRecord, "path" | "expression_path" | "annotated" | "alternate_images">,
  picture: PictureName,
  { imageType }: PicturePathOptions = {},
): string | undefined {
  if (picture === "primary") return record.path || undefined;
  if (picture !== "annotated") return record.expression_path || undefined;
  const plates = colouredPlates(record);
  if (plates.length === 0) return (record.annotated === true && record.path) || undefined;
  return plates.find(({ image_type }) => imageType === undefined || image_type === imageType)?.path;
}
