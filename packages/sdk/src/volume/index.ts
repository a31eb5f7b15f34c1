export {
  type ArchiveFile,
  parseArchivePath,
  printAgeAtlasPath,
  printAnnotationPath,
  printArchivePath,
  printNisslPath,
  printStructureMaskPath,
  printStructureMeshPath,
  printTemplatePath,
} from "./archive-paths.ts";
export type { TreeLike } from "./count.ts";
export type { ByteSource } from "./exact-bytes.ts";
export {
  type ExpressionGridRequest,
  type ProjectionGridOptions,
  type ProjectionGridRequest,
  parseExpressionGridPath,
  parseProjectionGridPath,
  printExpressionGridPath,
  printProjectionGridPath,
} from "./grid-paths.ts";
export { type MetaImageHeader, parseMetaImageHeader } from "./meta-header.ts";
export { type NrrdEncoding, type NrrdHeader, parseNrrdHeader } from "./nrrd-header.ts";
export type { GrayOptions, LabelColours, PaintedSlice } from "./paint.ts";
export type { RangeOptions, ValueRange } from "./range.ts";
export { type GridZip, NO_DATA, readGridZip } from "./read-grid-zip.ts";
export { readMetaImage } from "./read-meta-image.ts";
export { type ReadVolumeOptions, type ResolveFile, readNrrd } from "./read-nrrd.ts";
export type { Axis, SlicePlane, VolumeSlice } from "./slice.ts";
export { Volume, type VolumeOptions } from "./volume.ts";
export {
  ANNOTATION_RELEASES,
  type AnnotationRelease,
  DEFAULT_DOWNLOAD_URL,
  DEFAULT_RELEASE,
  EXPRESSION_VOLUMES,
  type ExpressionVolume,
  PROJECTION_IMAGES,
  type ProjectionVolume,
  RESOLUTIONS_UM,
  type ResolutionUm,
} from "./volume-names.ts";
export { type Endian, MAX_VOLUME_BYTES, type Triple, type VoxelArray, type VoxelType } from "./voxels.ts";
export { type WriteNrrdOptions, writeNrrd } from "./write-nrrd.ts";
export { type ReadZipOptions, readZip, type ZipEntry } from "./zip.ts";
