import { type PlanRow, rowsIn } from "./row-values.ts";

/**
 * The alternate image that is the drawn and coloured plate: that of an atlas, since two may share a plate, or the first (reference §1.5). A
 * plate without any is a drawn one itself, as those of some developing brains.
 *
 * @param imageType The atlas's `image_type`, such as `Atlas - Adult Mouse`; by default the first of any atlas is meant.
 * @returns `"itself"`, or `undefined` where there are such images of other atlases alone, or none of an image without a drawing.
 */
export function findAnnotatedPlate(row: PlanRow, imageType: unknown): PlanRow | "itself" | undefined {
  const ofAtlases = rowsIn(row.alternate_images).filter((each) => String(each.image_type).startsWith("Atlas"));
  if (ofAtlases.length === 0) return row.annotated === true ? "itself" : undefined;
  return typeof imageType === "string" ? ofAtlases.find((each) => each.image_type === imageType) : ofAtlases[0];
}

/** Folder of the drawn plates of an atlas: those of two may be of one image. */
export function annotationFolder(atlasId: number | undefined): string {
  return atlasId === undefined ? "annotations" : `annotations/atlas-${atlasId}`;
}
