import type { Limiter } from "../pixels/limiter.ts";
import type { QueryLimits } from "../rma/result.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import type { PictureMaker } from "./picture-answer.ts";

/** What the routes answer with. */
export interface RouteOptions {
  readonly store: AtlasStore;
  readonly maker: PictureMaker;
  readonly queryLimits: Partial<QueryLimits> | undefined;
  /** Folder of the viewer; `undefined` for none. */
  readonly viewer: string | undefined;
  /** Runs what takes long and is worth no more than a few at once: drawings. */
  readonly run: Limiter;
}
