import type { DownloadedFile, DownloadSummary } from "@brainatlas/sdk/node";
import type { Api } from "../api.ts";
import type { Context } from "../context.ts";
import type { Emit } from "./events.ts";
import type { PullPlan } from "./plan.ts";
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
  /** Things that a store holds already. */
  readonly held: number;
  /** Folder that files are downloaded into. */
  readonly directory: string;
  /** Makes what is to be there before the first file, records included. */
  begin(): Promise<void>;
  /** Takes each file that is complete. */
  onFile(file: DownloadedFile<PullItem>): Promise<void>;
  /** Is called once when all has gone well, so that nothing is left over. */
  end(): Promise<void>;
  /** Is called in any case, and last: waits for what is under way, and closes what is open. */
  close(): Promise<void>;
}

/** What came of the files of a pull. */
export type Downloaded = Pick<
  DownloadSummary<PullItem>,
  "fetched" | "kept" | "failures" | "receivedBytes" | "completeBytes" | "elapsedMs"
>;
