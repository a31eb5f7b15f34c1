import { checkCount, checkPositive, show } from "../../check.ts";
import type { FetchLike } from "../../http/options.ts";
import type { RetryLimits } from "../../http/retry.ts";
import { checkOptionNames } from "../check-option-names.ts";
import { RESERVED_FIELDS } from "../wire/request-text.ts";
import { checkDirectory } from "./check-directory.ts";
import type { DownloadItem, DownloadOptions } from "./types.ts";

/** How a run works, whatever its items are. */
export interface DownloadLimits {
  /** Absolute. */
  readonly directory: string;
  readonly concurrency: number;
  /** Connections to one origin at the start. */
  readonly firstConnections: number;
  readonly pipelining: number;
  readonly limits: RetryLimits;
  readonly timeoutMs: number;
  readonly minBytesPerSecond: number;
  readonly maxFileBytes: number;
  readonly verify: "hash" | "size";
  readonly fetch: FetchLike | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Complete and valid options of a run. */
export interface DownloadSettings<Item extends DownloadItem>
  extends DownloadLimits,
    Pick<DownloadOptions<Item>, "signal" | "onProgress" | "onFile" | "onFailure" | "onRetry"> {}

/** Every option, by its type: one that is missing here does not compile. */
const OPTION_NAMES = Object.keys({
  directory: true,
  concurrency: true,
  pipelining: true,
  signal: true,
  onProgress: true,
  onFile: true,
  onFailure: true,
  onRetry: true,
  retries: true,
  timeoutMs: true,
  minBytesPerSecond: true,
  backoffMs: true,
  maxBackoffMs: true,
  maxFileBytes: true,
  verify: true,
  fetch: true,
  headers: true,
} satisfies Record<keyof DownloadOptions, true>);

const DEFAULTS = {
  concurrency: 8,
  pipelining: 1,
  retries: 5,
  timeoutMs: 60_000,
  minBytesPerSecond: 256,
  backoffMs: 300,
  maxBackoffMs: 60_000,
  verify: "hash",
} as const;

/** At the start, where nobody said how many: browsers begin with as many, and it takes one step to the default. */
const FIRST_CONNECTIONS = 4;
/** Most at the start, where somebody did: more are reached in a step or two. */
const MAX_FIRST_CONNECTIONS = 16;
/** More connections to one server than this help nobody. */
const MAX_CONCURRENCY = 1024;
const MAX_PIPELINING = 64;
const MAX_BYTES_PER_SECOND = 2 ** 40;

/** Header fields that say which bytes come, and in which form: a download sets these itself. */
const OWN_FIELDS: readonly string[] = ["range", "if-range", "accept-encoding", ...RESERVED_FIELDS];

/** Applies the defaults and checks every value. @throws {TypeError | RangeError} If one is of no use. */
export function normaliseDownloadOptions<Item extends DownloadItem>(
  options: DownloadOptions<Item>,
): DownloadSettings<Item> {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`Cannot use options ${show(options)}; give an object with a directory`);
  }
  checkOptionNames(options, OPTION_NAMES);
  const { directory, signal, onProgress, onFile, onFailure, onRetry, fetch } = options;
  checkFunctions({ onProgress, onFile, onFailure, onRetry, fetch });
  return {
    directory: checkDirectory(directory),
    signal: checkSignal(signal),
    onProgress,
    onFile,
    onFailure,
    onRetry,
    fetch,
    concurrency: checkCount("concurrency", options.concurrency ?? DEFAULTS.concurrency, 1, MAX_CONCURRENCY),
    firstConnections: options.concurrency === undefined ? FIRST_CONNECTIONS : MAX_FIRST_CONNECTIONS,
    pipelining: checkCount("pipelining", options.pipelining ?? DEFAULTS.pipelining, 1, MAX_PIPELINING),
    limits: {
      retries: checkCount("retries", options.retries ?? DEFAULTS.retries, 0),
      backoffMs: checkPositive("backoffMs", options.backoffMs ?? DEFAULTS.backoffMs),
      maxBackoffMs: checkPositive("maxBackoffMs", options.maxBackoffMs ?? DEFAULTS.maxBackoffMs),
    },
    timeoutMs: checkPositive("timeoutMs", options.timeoutMs ?? DEFAULTS.timeoutMs),
    minBytesPerSecond: checkCount(
      "minBytesPerSecond",
      options.minBytesPerSecond ?? DEFAULTS.minBytesPerSecond,
      0,
      MAX_BYTES_PER_SECOND,
    ),
    maxFileBytes: checkPositive("maxFileBytes", options.maxFileBytes ?? Number.POSITIVE_INFINITY),
    verify: checkVerify(options.verify ?? DEFAULTS.verify),
    headers: checkHeaders(options.headers),
  };
}

function checkSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined || typeof signal?.addEventListener === "function") return signal;
  throw new TypeError(`Cannot use signal ${show(signal)}; give that of an AbortController`);
}

function checkFunctions(given: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && typeof value !== "function") {
      throw new TypeError(`Cannot use ${name} ${show(value)}; give a function`);
    }
  }
}

function checkVerify(verify: unknown): "hash" | "size" {
  if (verify === "hash" || verify === "size") return verify;
  throw new RangeError(`Cannot use verify ${show(verify)}; give "hash" or "size"`);
}

function checkHeaders(given: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  const headers = Object.fromEntries(new Headers(given));
  const own = OWN_FIELDS.find((name) => name in headers);
  if (own === undefined) return headers;
  throw new TypeError(`Cannot send header field "${own}": a download sets it itself; leave it out`);
}
