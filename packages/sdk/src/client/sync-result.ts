import type { RequestOptions } from "../http/options.ts";
import type { ImagePoint } from "../sync/affine.ts";

/** What one request may set for itself. */
export type SyncOptions = Omit<RequestOptions, "throwHttpErrors">;

/** A place in an image. */
export interface SyncPlace extends ImagePoint {
  /** Id of the SectionImage or AtlasImage. */
  imageId: number;
  /** Place of the section in its stack; `undefined` where the answer does not say it. */
  sectionNumber: number | undefined;
}

/** What the service found in one of the things that it was asked about. */
export interface SyncResult {
  /** Data set that was searched, where the answer names it. */
  readonly dataSetId: number | undefined;
  /** Structure that was looked for, where the answer names it. */
  readonly structureId: number | undefined;
  /**
   * The nearest section and the place in it, which may lie outside of its image; `undefined` where the service found none, or a mirror
   * does not hold what was asked about. If it holds nothing of all that was asked about, the call rejects with a `NotMirroredError`.
   */
  readonly place: SyncPlace | undefined;
  /** Whether a mirror said that it does not hold what was asked about, by its header `x-brainatlas-not-held`. */
  readonly notHeld: boolean;
}
