export type { AnnotatedDataSetRow } from "./client/annotated.ts";
export {
  BrainAtlas,
  DEFAULT_BASE_URL,
  type PathOptions,
  type QueryParameters,
} from "./client/brain-atlas.ts";
export type { CsvOptions } from "./client/csv-rows.ts";
export type { DrawingOptions, DrawingParameters, SvgOptions } from "./client/drawings.ts";
export type { AtlasEvent, RowsEvent } from "./client/event.ts";
export type { FileBytesOptions, FileServices } from "./client/files.ts";
export type { BrainAtlasOptions } from "./client/options.ts";
export type { Page } from "./client/page-course.ts";
export { DEFAULT_PAGE_ROWS } from "./client/page-plan.ts";
export { MAX_URL_CHARACTERS, type QueryFormat, type QueryRequestOptions } from "./client/query-request.ts";
export type { CsvRow } from "./client/read-csv.ts";
export type { AtlasImage, ProjectionImage, RemoteImage, SectionImage, SubImage } from "./client/remote-image.ts";
export type { FileStream, FileStreamOptions } from "./client/resumed-stream.ts";
export { type AllRowsOptions, Rows, type RowsOptions } from "./client/rows.ts";
export type { StreamOptions } from "./client/sender.ts";
export type { TreeModel, TreeSearchOptions } from "./client/structures.ts";
export type { SyncServices } from "./client/sync.ts";
export type { SyncOptions, SyncPlace, SyncResult } from "./client/sync-result.ts";
export type {
  AnnotationOptions,
  ExpressionGridOptions,
  ResolutionOptions,
  VolumeFile,
  VolumeRequestOptions,
  VolumeServices,
} from "./client/volumes.ts";
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
export { AtlasStream } from "./http/atlas-stream.ts";
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
