import type { Failure } from "./failure.ts";
import type { PictureJob, PicturePath } from "./picture-job.ts";

/** What a thread is begun with. */
export interface ThreadData {
  /** Not 0 when nobody wants the job any more that the thread works on. */
  readonly unwanted: Int32Array<SharedArrayBuffer>;
}

/** To a thread: a job, or that a chunk was taken. */
export type Order =
  | { readonly kind: "job"; readonly job: PictureJob; readonly isStreamed: boolean }
  | { readonly kind: "taken" };

/** From a thread, of the job that it works on. A streamed one is begun, comes in chunks and is done; others come whole. */
export type Report =
  | { readonly kind: "begun"; readonly path: PicturePath }
  | { readonly kind: "chunk"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "done" }
  | { readonly kind: "whole"; readonly path: PicturePath; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "failed"; readonly failure: Failure };
