export {
  BrainAtlas,
  type BrainAtlasOptions,
  DEFAULT_BASE_URL,
  type QueryParameters,
} from "./client/brain-atlas.ts";
export type { AtlasImage, ProjectionImage, RemoteImage, SectionImage, SubImage } from "./client/remote-image.ts";
export {
  ApiError,
  AtlasError,
  type AtlasErrorCode,
  ConnectionError,
  DecodeError,
  type ErrorByCode,
  type Hop,
  HttpError,
  type HttpErrorInit,
  isAtlasError,
  NotMirroredError,
  type RequestFacts,
  TimeoutError,
  type TimeoutScope,
  TooManyRedirectsError,
  UnsupportedError,
} from "./errors.ts";
export type { HttpEvent } from "./http/event.ts";
export type { FetchLike, HeaderFields, HttpOptions, RequestOptions } from "./http/options.ts";
export { AtlasResponse } from "./http/response.ts";
export { STATUS, statusName } from "./http/status.ts";
export type { Colormap, ColormapName, ColormapThreshold } from "./image/colormap.ts";
export type { ImageBox, ImageRegion, ImageSize } from "./image/geometry.ts";
export type {
  AtlasImageParameters,
  ChannelRange,
  ImageView,
  ProjectionImageParameters,
  RegionParameters,
  SectionImageParameters,
  SubImageParameters,
} from "./image/parameters.ts";
export type { ImageService, ParametersByService } from "./image/services.ts";
export type { AlternateImage, SubImageRecord } from "./image/sub-image-record.ts";
export type { Decoder, Pixels } from "./pixels.ts";
