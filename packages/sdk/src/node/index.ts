export { downloadAll } from "./download/download-all.ts";
export { isDownloading } from "./download/lock.ts";
export { removeDownloads } from "./download/remove-downloads.ts";
export type {
  DownloadedFile,
  DownloadItem,
  DownloadOptions,
  DownloadProgress,
  DownloadRetry,
  DownloadSummary,
  FailedDownload,
  FileKind,
  ManifestLine,
} from "./download/types.ts";
export { verifyDownloads } from "./download/verify-downloads.ts";
export type { VerifiedFile, VerifyDownloadsOptions, VerifySummary } from "./download/verify-types.ts";
export { downloadInRegions } from "./regions/download-in-regions.ts";
export type { JoinedPicture, RegionsOptions, RegionsProgress } from "./regions/types.ts";
export { type FileContent, writeFileWhole } from "./write-file-whole.ts";
