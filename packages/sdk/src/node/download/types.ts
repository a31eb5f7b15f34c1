import type { FetchLike } from "../../http/options.ts";

/** What a file has to be, looked at before it has its name. */
export type FileKind = "jpeg" | "svg" | "zip" | "nrrd" | "json" | "xml" | "csv" | "any";

/** One thing to be downloaded. */
export interface DownloadItem {
  /** Where it is had from: http or https. */
  readonly url: string;
  /** Path below the directory, its parts divided by `/`. */
  readonly name: string;
  /**
   * What it has to be.
   * @default by the ending of the name; an HTML page is refused of any name that does not end in .html
   */
  readonly kind?: FileKind | undefined;
  /** Its length, where it is known before. */
  readonly sizeBytes?: number | undefined;
  /** SHA-256 that it has to have, hexadecimal, where it is known before. */
  readonly sha256?: string | undefined;
  /**
   * Most bytes that it may have, where its length is not known: more than any such file has.
   * @default `maxFileBytes` of the run
   */
  readonly maxBytes?: number | undefined;
}

/** A file that is complete and checked. */
export interface DownloadedFile<Item extends DownloadItem = DownloadItem> {
  readonly item: Item;
  /** Absolute path. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Of the answer; `""` when it had none. */
  readonly mediaType: string;
  /** `Last-Modified` of the answer as it came. */
  readonly lastModified: string | undefined;
  /** Header fields of the answer; `undefined` for a file that was there already. */
  readonly headers: Headers | undefined;
  /** Whether it was there already, complete, and nothing was fetched. */
  readonly isKept: boolean;
  /** Requests that were sent for it, in this run. */
  readonly attempts: number;
}

/** An item that was not had. */
export interface FailedDownload<Item extends DownloadItem = DownloadItem> {
  readonly item: Item;
  /** Why, in words, and what would help. */
  readonly reason: string;
  readonly error: unknown;
  readonly attempts: number;
}

/** How far a run is. */
export interface DownloadProgress {
  /** Items that the source has given so far. */
  readonly found: number;
  /** Whether the source has given its last one. */
  readonly isComplete: boolean;
  /** Items that were fetched. */
  readonly fetched: number;
  /** Items that were there already. */
  readonly kept: number;
  readonly failed: number;
  /** Items under way. */
  readonly active: number;
  /** Connections that are allowed at present. */
  readonly connections: number;
  /** Bytes that arrived in this run, those of failed attempts too. */
  readonly receivedBytes: number;
  /** Bytes of the files that are complete, those that were there already included. */
  readonly completeBytes: number;
  readonly elapsedMs: number;
}

/** How much is downloaded at once, where to, and within which limits. */
export interface DownloadOptions<Item extends DownloadItem = DownloadItem> {
  /** Folder of the files; it is made, and all above it that is missing. */
  readonly directory: string;
  /**
   * Most connections to one origin at once. It begins with few, or with up to 16 of those that are given here, and grows while that helps.
   * @default 8
   */
  readonly concurrency?: number | undefined;
  /**
   * Requests that one connection may carry at once, the next sent before the answer to the first is read: it hides the way to the server and
   * back. 1 sends none ahead. After a connection was reset, or brought what nobody asked for, there is 1 for its origin.
   *
   * Give more than 1 only for servers that are known to answer each request once: an answer too many cannot be told from that to a request that
   * was sent ahead.
   * @default 1
   */
  readonly pipelining?: number | undefined;
  /** Ends the run: what is complete stays, what is half done can be gone on with. The call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is told how far the run is when that has changed, at most ten times a second, and at its end. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Takes each complete file, new or kept; as long as it takes, its place is not given to another. What it throws makes the item fail. */
  readonly onFile?: ((file: DownloadedFile<Item>) => void | Promise<void>) | undefined;
  /** Is told of each item that failed, when it has. */
  readonly onFailure?: ((failure: FailedDownload<Item>) => void) | undefined;
  /** Is told before an item is asked for again. */
  readonly onRetry?: ((retry: DownloadRetry<Item>) => void) | undefined;
  /**
   * How often an item is asked for again after a failure that may pass; progress of a large file does not count.
   * @default 5
   */
  readonly retries?: number | undefined;
  /**
   * Longest wait for a connection and the whole head of an answer, or for the next piece of a body, in ms.
   * @default 60000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * What a body has to bring on average over a minute, in bytes a second, or it is asked for again; 0 takes any rate.
   * @default 256
   */
  readonly minBytesPerSecond?: number | undefined;
  /**
   * Upper bound of the first pause before an item is asked for again, in ms; it doubles each time, and the pause is drawn from 0 to it.
   * @default 300
   */
  readonly backoffMs?: number | undefined;
  /**
   * Longest pause, in ms. A `Retry-After` of a 429 or 503 holds back all items of its origin; one that asks for longer makes its item fail, and
   * holds back the others for this long; if the origin asks so again after that, and answered nothing well in between, all of them fail.
   * @default 60000
   */
  readonly maxBackoffMs?: number | undefined;
  /**
   * Longest file, in bytes.
   * @default no limit
   */
  readonly maxFileBytes?: number | undefined;
  /**
   * How a file that is there already is looked at: its bytes against the hash of the manifest, or its length alone.
   * @default "hash"
   */
  readonly verify?: "hash" | "size" | undefined;
  /**
   * Sends the requests, instead of our own connections; it follows no redirects by itself.
   * @default connections of our own, which are cheaper
   */
  readonly fetch?: FetchLike | undefined;
  /** Sent with every request; not sent to another origin that a redirect leads to. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Why an item is asked for again. */
export interface DownloadRetry<Item extends DownloadItem = DownloadItem> {
  readonly item: Item;
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly reason: string;
}

/** What came of a run. */
export interface DownloadSummary<Item extends DownloadItem = DownloadItem> {
  readonly fetched: number;
  readonly kept: number;
  /** Those that were not had, in the order in which they failed. */
  readonly failures: readonly FailedDownload<Item>[];
  readonly receivedBytes: number;
  readonly completeBytes: number;
  readonly elapsedMs: number;
}

/** One line of the manifest, `manifest.ndjson`: of a name the last one that is done counts, and without one the last. */
export interface ManifestLine {
  readonly name: string;
  readonly url: string;
  readonly status: "done" | "failed";
  /** Length of the file; absent of one that failed. */
  readonly bytes?: number | undefined;
  /** Hexadecimal; absent of one that failed. */
  readonly sha256?: string | undefined;
  readonly mediaType?: string | undefined;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly attempts: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601. */
  readonly finishedAt: string;
  /** Why it failed. */
  readonly reason?: string | undefined;
}
