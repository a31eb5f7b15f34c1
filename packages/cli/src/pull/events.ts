import type { FailedDownload } from "@brainatlas/sdk/node";
import type { Context } from "../context.ts";

/** What happens in a pull, for programs: `--json` prints each as one line. */
export type PullEvent =
  | {
      readonly event: "plan";
      readonly title: string;
      readonly pictures: number;
      readonly drawings: number;
      readonly files: number;
      /** Files that the pull looks at, a request each where they are not there. */
      readonly requests: number;
      /** Those of them that a folder seems to have already. */
      readonly there: number;
      /** Pixels of the pictures at the finest tier that is taken. */
      readonly pixels: number;
      readonly records: Readonly<Record<string, number>>;
      readonly notes: readonly string[];
      /** What was asked for by its id and is not there. */
      readonly unknown: readonly string[];
      readonly synthetic: boolean;
      readonly target: "folder" | "store";
      readonly directory: string;
    }
  | {
      readonly event: "start";
      /** Files that this run looks at. */
      readonly files: number;
      /** Files of what a store holds already. */
      readonly held: number;
    }
  | {
      readonly event: "file";
      readonly name: string;
      readonly url: string;
      readonly bytes: number;
      readonly sha256: string;
      /** Whether it was there already. */
      readonly kept: boolean;
      readonly attempts: number;
    }
  | { readonly event: "failure"; readonly name: string; readonly url: string; readonly reason: string }
  | {
      readonly event: "retry";
      readonly name: string;
      readonly url: string;
      readonly attempt: number;
      readonly delayMs: number;
      readonly reason: string;
    }
  | {
      readonly event: "progress";
      readonly done: number;
      readonly failed: number;
      readonly files: number;
      readonly receivedBytes: number;
      readonly elapsedMs: number;
      readonly connections: number;
    }
  | {
      readonly event: "end";
      /** `failed` when something was not had, or when the run itself could not go on. */
      readonly status: "done" | "failed" | "interrupted";
      readonly fetched: number;
      readonly kept: number;
      readonly held: number;
      readonly failed: number;
      readonly receivedBytes: number;
      readonly elapsedMs: number;
      readonly directory: string;
    };

/** Takes events. */
export type Emit = (event: PullEvent) => void;

/** Prints events as lines of JSON, or nothing where no program asked for them. */
export function createEmitter({ stdout }: Context, isWanted: boolean): Emit {
  if (!isWanted) return () => {};
  return (event) => {
    stdout.write(`${JSON.stringify(event)}\n`);
  };
}

/** Tells programs of what was not had. */
export function emitFailure(emit: Emit, { item, reason }: FailedDownload): void {
  emit({ event: "failure", name: item.name, url: item.url, reason });
}
