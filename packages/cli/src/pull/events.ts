import type { Context } from "../context.ts";

/** What happens in a pull, for programs: `--json` prints each as one line. */
export type PullEvent =
  | {
      readonly event: "plan";
      readonly title: string;
      readonly pictures: number;
      readonly drawings: number;
      readonly files: number;
      /** Requests of a complete pull, one a file. */
      readonly requests: number;
      /** Pixels of the pictures at the finest tier that is taken. */
      readonly pixels: number;
      /** Bytes of the files whose length is known. */
      readonly knownBytes: number;
      readonly unknownFiles: number;
      readonly records: Readonly<Record<string, number>>;
      readonly notes: readonly string[];
      readonly synthetic: boolean;
      readonly target: "folder" | "store";
      readonly directory: string;
    }
  | {
      readonly event: "start";
      /** Files that this run looks at. */
      readonly files: number;
      /** What a store holds already. */
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
