import type { DownloadedFile, DownloadSummary, FailedDownload } from "@brainatlas/sdk/node";
import type { Api } from "../api.ts";
import type { Context } from "../context.ts";
import type { Emit } from "./events.ts";
import type { PullPlan, PullThing } from "./plan.ts";
import type { PullItem } from "./pull-item.ts";
import type { PullOptions } from "./pull-options.ts";
import type { PullRequest } from "./pull-request.ts";
import type { Target } from "./target.ts";

/** A pull of which is known what there is. */
export interface Pull {
  readonly context: Context;
  readonly api: Api;
  readonly options: PullOptions;
  readonly request: PullRequest;
  readonly target: Target;
  readonly plan: PullPlan;
  /** The finest tier of pictures that is taken. */
  readonly downsample: number;
  readonly emit: Emit;
}

/** What is left to be done, and where. */
export interface Prepared {
  /** The files that are looked at, and fetched if they are not there. */
  readonly items: readonly PullItem[];
  /** Files of what a store holds already; they are none of the items. */
  readonly held: number;
  /** Those of the items that a folder seems to have already. */
  readonly there: number;
  /** The things that are to be fetched, as far as that is known before. */
  readonly missing: ReadonlySet<PullThing>;
  /** What is to be said beside the notes of the plan. */
  readonly notes: readonly string[];
  /** Folder that files are downloaded into. */
  readonly directory: string;
  /** Parts of pictures that came whole and were not put, so far; they are not there. */
  readonly refused: readonly FailedDownload<PullItem>[];
  /** Makes what is to be there before the first file, records included; gives those records that could not be written. */
  begin(): Promise<readonly FailedDownload[]>;
  /** Takes each file that is complete. */
  onFile(file: DownloadedFile<PullItem>): Promise<void>;
  /** Is called once when all has gone well, so that nothing is left over. */
  end(): Promise<void>;
  /** Is called in any case, and last: waits for what is under way, and closes what is open. */
  close(): Promise<void>;
}

/** What came of the files of a pull. */
export interface Downloaded extends Pick<DownloadSummary, "fetched" | "kept" | "receivedBytes" | "elapsedMs"> {
  /** Records that were not written, files that were not had, and parts of pictures that were not put. */
  readonly failures: readonly FailedDownload[];
}
