import type { ApiKind, ApiOptions } from "../api.ts";
import { UsageError } from "../errors.ts";

/** Options of every `brainatlas pull …`. */
export interface PullOptions extends ApiOptions {
  /** Folder that plain files go into. */
  readonly to?: string | undefined;
  /** Folder of the store that everything goes into, where `to` is not given. */
  readonly store?: string | undefined;
  /** The finest tier of pictures that is taken. */
  readonly downsample?: number | undefined;
  /** JPEG quality of pictures; the service's own by default. */
  readonly quality?: number | undefined;
  /** Most connections at once. */
  readonly concurrency?: number | undefined;
  /** Requests that a connection carries at once. */
  readonly pipelining?: number | undefined;
  /** How files that are there already are looked at. */
  readonly verify?: "hash" | "size" | undefined;
  /** Whether what a store holds already is fetched all the same, and pictures of a folder may be replaced by those of another tier or quality. */
  readonly refresh?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** How often a file is asked for again. */
export const RETRIES = 5;
/** The live service is shared by many. */
const LIVE_CONCURRENCY = 6;
/** A server that answers once too often is not found out where a request was sent ahead; what stands before the service is not known. */
const LIVE_PIPELINING = 1;
/** A mirror answers each request once. */
const MIRROR_PIPELINING = 2;
export const MAX_CONCURRENCY = 64;
export const MAX_PIPELINING = 16;
const MAX_DOWNSAMPLE = 16;

/** How much is asked for at once: with numbers of one's own, or those that suit who answers. */
export function loadOf(
  kind: ApiKind,
  { concurrency, pipelining }: Pick<PullOptions, "concurrency" | "pipelining">,
): { readonly concurrency: number | undefined; readonly pipelining: number } {
  const isLive = kind === "live";
  return {
    concurrency: concurrency ?? (isLive ? LIVE_CONCURRENCY : undefined),
    pipelining: pipelining ?? (isLive ? LIVE_PIPELINING : MIRROR_PIPELINING),
  };
}

/**
 * Checks what can be checked before anything is asked.
 *
 * @throws {UsageError} If a number is out of its range, or two options exclude each other.
 */
export function checkPullOptions(options: PullOptions): void {
  const { to, store } = options;
  if (to !== undefined && store !== undefined) {
    throw new UsageError("Cannot pull into a folder and a store at once; give --to or --store");
  }
  checkRange("--downsample", options.downsample, 0, MAX_DOWNSAMPLE);
  checkRange("--quality", options.quality, 0, 100);
  checkRange("--concurrency", options.concurrency, 1, MAX_CONCURRENCY);
  checkRange("--pipelining", options.pipelining, 1, MAX_PIPELINING);
}

function checkRange(name: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (value >= min && value <= max)) return;
  throw new UsageError(`Cannot use ${name} ${value}; give a whole number from ${min} to ${max}`);
}
