import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { FetchLike } from "@brainatlas/sdk";

/** Where text and bytes go: what the program uses of a stream. */
export interface Output {
  /** Returns `false` when the reader lags behind; `drain` tells when it has caught up. */
  write(chunk: string | Uint8Array): unknown;
  once?(event: "drain", listener: () => void): unknown;
  off?(event: "drain", listener: () => void): unknown;
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal, in characters. */
  readonly columns?: number | undefined;
  /** Height of the terminal, in lines. */
  readonly rows?: number | undefined;
}

/** Where text comes from. */
export interface Input extends AsyncIterable<string | Uint8Array> {
  readonly isTTY?: boolean | undefined;
  /** Ends the reading with this error. */
  destroy?(reason: Error): unknown;
}

/** What a command needs of the world around it; tests give their own. */
export interface Context {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly homeDirectory: string;
  readonly platform: NodeJS.Platform;
  /** Says that the result is files: the program goes on when nobody reads standard output any more. */
  readonly outliveReader?: () => void;
  /** Aborted, with an {@link Interrupt} as its reason, when the user or the system ends the program. */
  readonly signal: AbortSignal;
  /** Sends requests to a live API or to a mirror on a port; `undefined` for the platform's. */
  readonly fetch: FetchLike | undefined;
  /** Packages that only some commands need, loaded when they do. */
  readonly load: Loaders;
}

/** Loads what is not needed to start. */
export interface Loaders {
  sdk(): Promise<typeof import("@brainatlas/sdk")>;
  rma(): Promise<typeof import("@brainatlas/sdk/rma")>;
  queries(): Promise<typeof import("@brainatlas/sdk/queries")>;
  mirror(): Promise<typeof import("@brainatlas/mirror")>;
  sharp(): Promise<typeof import("sharp")>;
  /** Folder of the built viewer. */
  viewer(): Promise<string>;
  /** Opens a file, or a page by its URL, with the program that the desktop uses for it. */
  open(target: string): Promise<unknown>;
}

/** Why the program was asked to end. */
export class Interrupt extends Error {
  readonly signalName: "SIGINT" | "SIGTERM";

  constructor(signalName: "SIGINT" | "SIGTERM") {
    super(signalName === "SIGINT" ? "Interrupted" : "Asked to end");
    this.name = "Interrupt";
    this.signalName = signalName;
  }
}

/** Packages as they are installed. */
export const INSTALLED: Loaders = {
  sdk: () => import("@brainatlas/sdk"),
  rma: () => import("@brainatlas/sdk/rma"),
  queries: () => import("@brainatlas/sdk/queries"),
  mirror: () =>
    import("@brainatlas/mirror").catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Cannot load the mirror: ${reason}; "brainatlas doctor" says more`, { cause });
    }),
  sharp: () => import("sharp"),
  viewer: async () => {
    try {
      return dirname(createRequire(import.meta.url).resolve("@brainatlas/viewer/index.html"));
    } catch (cause) {
      const message = 'Cannot find the viewer: it is not built; run "npm run build", or install brainatlas anew';
      throw new Error(message, { cause });
    }
  },
  open: async (target) => {
    // `open` has a default export only.
    const { default: open } = await import("open");
    return await open(target);
  },
};
