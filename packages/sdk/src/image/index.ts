export { COLORMAPS, type Colormap, type ColormapName, type ColormapThreshold, colormapNumber } from "./colormap.ts";
export {
  clampDownsample,
  type ImageBox,
  type ImageRegion,
  type ImageSize,
  regionOf,
  type TierWindow,
  tierCount,
  tierSize,
  windowOf,
} from "./geometry.ts";
export {
  IMAGE_SERVICE_PATH,
  type ImageServiceRequest,
  imageServiceExtras,
  parseImageServiceRequest,
  printImageServicePath,
  requestedRegion,
} from "./image-service.ts";
export { type JpegFault, jpegFault } from "./media.ts";
export {
  type AnyImageParameters,
  type AtlasImageParameters,
  type ChannelRange,
  checkImageParameters,
  IMAGE_PARAMETER_NAMES,
  type ImageParameterName,
  type ImageView,
  type ProjectionImageParameters,
  parseImageParameters,
  printImageParameters,
  type RegionParameters,
  type SectionImageParameters,
  type SubImageParameters,
} from "./parameters.ts";
export { colouredPlates, type PictureName, type PicturePathOptions, picturePath } from "./picture-path.ts";
export {
  checkImageId,
  IMAGE_SERVICES,
  type ImageService,
  type ImageServiceSpec,
  type ParametersByService,
  printImageUrl,
} from "./services.ts";
export { type AlternateImage, parseSubImageRecord, type SubImageRecord } from "./sub-image-record.ts";
export { BLOCK_PX, isOnBlockGrid, TILE_PX, type TileSpan, tilesOf, tileWindow } from "./tiles.ts";
