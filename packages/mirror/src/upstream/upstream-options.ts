import { DEFAULT_BASE_URL, type FetchLike } from "@brainatlas/sdk";
import { DEFAULT_DOWNLOAD_URL } from "@brainatlas/sdk/volume";
import type { TargetKind } from "./target.ts";
import type { UpstreamEvent } from "./upstream-event.ts";

/** Where a mirror asks for what it lacks, and how. */
export interface UpstreamOptions {
  /** Base URL of the API, http or https; a path of it goes before the API's own. */
  url: string;
  /**
   * Base URL of the archive of volumes (`/informatics-archive/…`).
   * @default the institute's where `url` is the institute's, else `url`
   */
  archiveUrl?: string | undefined;
  /**
   * Sends one request, and follows no redirect.
   * @default the platform's `fetch`
   */
  fetch?: FetchLike | undefined;
  /**
   * How long answers of a kind count as fresh where the upstream does not say, in ms; the others keep their defaults.
   * @default pictures and files a year, drawings and graphs 30 days, all else a day
   */
  freshMs?: Partial<Readonly<Record<TargetKind, number>>> | undefined;
  /**
   * Requests to each host at once; further ones wait in order.
   * @default 6
   */
  concurrency?: number | undefined;
  /**
   * Requests to each host that may wait; who asks for more is told to ask again later (503).
   * @default 256
   */
  maxWaiting?: number | undefined;
  /**
   * Longest wait for the head of an answer, in ms.
   * @default 30000
   */
  headTimeoutMs?: number | undefined;
  /**
   * Longest silence in the middle of an answer, in ms; of a client, too, to whom one is handed on that is not kept.
   * @default 30000
   */
  idleTimeoutMs?: number | undefined;
  /**
   * Largest answer that is taken, in bytes: it goes through the store's disk.
   * @default 68719476736
   */
  maxBytes?: number | undefined;
  /**
   * Is told what passes between the mirror and the upstream.
   * @default nobody
   */
  onEvent?: ((event: UpstreamEvent) => void) | undefined;
  /**
   * The time, in ms since 1970.
   * @default Date.now
   */
  now?: (() => number) | undefined;
}

/** Complete and valid options. */
export interface UpstreamSettings {
  readonly apiUrl: string;
  readonly archiveUrl: string;
  readonly fetch: FetchLike;
  /** Whether that is the platform's, which tells how a body is delimited. */
  readonly isPlatformFetch: boolean;
  readonly freshMs: Readonly<Record<TargetKind, number>>;
  readonly concurrency: number;
  readonly maxWaiting: number;
  readonly headTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly maxBytes: number;
  readonly onEvent: (event: UpstreamEvent) => void;
  readonly now: () => number;
}

const DAY_MS = 24 * 3600 * 1000;
/** Pictures and files do not change (the service says 52 weeks of pictures, reference §10); rows are added to now and then. */
const FRESH_MS: Readonly<Record<TargetKind, number>> = {
  picture: 365 * DAY_MS,
  file: 365 * DAY_MS,
  drawing: 30 * DAY_MS,
  graph: 30 * DAY_MS,
  sync: DAY_MS,
  query: DAY_MS,
};
const DEFAULT_CONCURRENCY = 6;
const DEFAULT_MAX_WAITING = 256;
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 64 * 2 ** 30;

/**
 * Completes the options.
 *
 * @throws {TypeError} If a URL is none of http or https, or has more than an origin and a path.
 * @throws {RangeError} If a bound is no number above 0.
 */
export function completeUpstream(options: UpstreamOptions): UpstreamSettings {
  const apiUrl = readBaseUrl("upstream", options.url);
  const ownArchive = isInstitute(apiUrl) ? DEFAULT_DOWNLOAD_URL : apiUrl;
  return {
    apiUrl,
    archiveUrl: options.archiveUrl === undefined ? ownArchive : readBaseUrl("archive URL", options.archiveUrl),
    // Called unbound; looked up at each call, as whoever replaces the platform's expects.
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    isPlatformFetch: options.fetch === undefined,
    freshMs: { ...FRESH_MS, ...checkTimes(options.freshMs ?? {}) },
    concurrency: checkBound("concurrency", options.concurrency ?? DEFAULT_CONCURRENCY),
    maxWaiting: checkBound("maxWaiting", options.maxWaiting ?? DEFAULT_MAX_WAITING),
    headTimeoutMs: checkBound("headTimeoutMs", options.headTimeoutMs ?? DEFAULT_TIMEOUT_MS),
    idleTimeoutMs: checkBound("idleTimeoutMs", options.idleTimeoutMs ?? DEFAULT_TIMEOUT_MS),
    maxBytes: checkBound("maxBytes", options.maxBytes ?? DEFAULT_MAX_BYTES),
    onEvent: options.onEvent ?? (() => {}),
    now: options.now ?? Date.now,
  };
}

function readBaseUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && `${url.search}${url.hash}${url.username}${url.password}` === "";
  if (isPlain && (url.protocol === "http:" || url.protocol === "https:")) return url.href.replace(/\/+$/, "");
  throw new TypeError(
    `Cannot use ${name} ${JSON.stringify(text.slice(0, 80))}; give an origin of http or https, with a path at most, such as ${DEFAULT_BASE_URL}`,
  );
}

function isInstitute(url: string): boolean {
  return new URL(url).host === new URL(DEFAULT_BASE_URL).host;
}

function checkTimes(times: NonNullable<UpstreamOptions["freshMs"]>): Partial<Record<TargetKind, number>> {
  const given = Object.entries(times).filter(([, ms]) => ms !== undefined);
  for (const [kind, ms] of given) {
    if (!(ms >= 0)) throw new RangeError(`Cannot use freshMs.${kind} ${ms}; give a number of ms, 0 or more`);
  }
  return Object.fromEntries(given);
}

function checkBound(name: string, value: number): number {
  if (value > 0) return value;
  throw new RangeError(`Cannot use ${name} ${value} of upstream; give a number above 0`);
}
