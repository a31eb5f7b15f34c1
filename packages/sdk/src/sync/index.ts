export {
  type Affine2d,
  type Affine3d,
  applyAffine2d,
  applyAffine3d,
  type ImagePoint,
  invertAffine2d,
  invertAffine3d,
  type SpacePoint,
} from "./affine.ts";
export {
  type AlignedImage,
  AlignedSet,
  type AlignedSetParts,
  type SectionPlace,
  type SetSection,
} from "./aligned-set.ts";
export { type Alignment2d, type Alignment3d, parseAlignment2d, parseAlignment3d } from "./alignment.ts";
export { imageToReferenceAll, type PlacedPoints, referenceToImageAll } from "./batch.ts";
export { imageToImage } from "./image-to-image.ts";
export { type NumberedSection, nearestSection } from "./nearest-section.ts";
export { parseAlignedSet } from "./parse-aligned-set.ts";
export { ADULT_MOUSE_EXTENT_UM, spaceTransform } from "./reference-spaces.ts";
export {
  MAX_REGISTERED_PIXELS,
  type PlaneRegion,
  type RegisteredSection,
  type RegisterOptions,
  registerSection,
  type SectionPixels,
} from "./register-section.ts";
export {
  type Axis,
  PLANE_AXES,
  planeOf,
  type SectionPlane,
  type SectionPlaneName,
  sectionPlane,
} from "./section-plane.ts";
export { type AlignedSection, imageToImage2d, imageToReference, referenceToImage } from "./transform.ts";
