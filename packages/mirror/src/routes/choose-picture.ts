import { type AnyImageParameters, type ImageService, picturePath, type SubImageRecord } from "@brainatlas/sdk/image";
import type { StoredRecord } from "../store/atlas-store.ts";

/** The server path of the picture that is meant, or why there is none. */
export type PictureChoice = { readonly path: string } | { readonly refused: string };

/** Kind of the coloured plates of each atlas (reference §4.3). */
const IMAGE_TYPE_OF_ATLAS: ReadonlyMap<number, string> = new Map([
  ...[1, 2, 602630314].map((atlas) => [atlas, "Atlas - Adult Mouse"] as const),
  ...[181276165, 181276164, 181276162, 181276160, 181276151, 181276130, 181275741].map(
    (atlas) => [atlas, "Atlas - Developing Mouse"] as const,
  ),
  ...[138322605, 265297126].map((atlas) => [atlas, "Atlas - Developing Human"] as const),
]);

/** Whether a service answers for an image of this class: an AtlasImage is a SectionImage is a SubImage (reference §1.1). */
export function answersFor(service: ImageService, { model }: StoredRecord): boolean {
  if (service === "any") return true;
  return service === "atlas" ? model === "AtlasImage" : model === "AtlasImage" || model === "SectionImage";
}

/** The picture that the parameters mean: the stain, its coloured plate, or a mask (reference §1.2, §1.5). */
export function choosePicture(row: SubImageRecord, parameters: AnyImageParameters): PictureChoice {
  const { annotation, atlas, view, expression, projection, tumorFeatureAnnotation, tumorFeatureBoundary } = parameters;
  if (annotation === true) return chooseAnnotated(row, atlas);
  if (view?.startsWith("tumor") || tumorFeatureAnnotation || tumorFeatureBoundary) {
    return { refused: `This mirror holds no tumor feature overlay of image ${row.id}` };
  }
  const mask = view ?? (projection === true ? "projection" : expression === true ? "expression" : undefined);
  const path = picturePath(row, mask === "expression" || mask === "projection" ? mask : "primary");
  const what = mask === undefined ? "picture" : `${mask} mask`;
  return path === undefined ? { refused: `This mirror holds no ${what} of image ${row.id}` } : { path };
}

/** Without an atlas the first coloured plate, as was seen; of an atlas that is not known, none. */
function chooseAnnotated(row: SubImageRecord, atlas: number | undefined): PictureChoice {
  const imageType = atlas === undefined ? undefined : (IMAGE_TYPE_OF_ATLAS.get(atlas) ?? "");
  const path = picturePath(row, "annotated", { imageType });
  const which = atlas === undefined ? "" : ` for atlas ${atlas}`;
  return path === undefined
    ? { refused: `This mirror holds no annotated picture of image ${row.id}${which}` }
    : { path };
}
