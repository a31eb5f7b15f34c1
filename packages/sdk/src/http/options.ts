import { checkCount, checkPositive } from "../check.ts";
import type { HttpEvent } from "./event.ts";

/** Header fields as they are given; names count in any case. */
export type HeaderFields = Headers | Readonly<Record<string, string>> | [string, string][];

/** Header fields with their names in lower case, each once. */
export type HeaderPairs = readonly (readonly [string, string])[];

/** The part of the platform's `fetch` that the transport needs; a mirror's `fetch` fits too. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/** Limits and habits of a client; each request may override those of {@link RequestOptions}. */
export interface HttpOptions extends Omit<RequestOptions, "signal"> {
  /**
   * Sends one request.
   * @default the platform's `fetch`
   */
  fetch?: FetchLike | undefined;
  /**
   * Requests under way at once; further ones wait in order.
   * @default 6
   */
  concurrency?: number | undefined;
  /** Sent with every request; dropped when a redirect leaves the origin, as `authorization` and `cookie` must be. */
  headers?: HeaderFields | undefined;
  /** Called at each step of a request, for logs and progress. What it throws is ignored. */
  onEvent?: ((event: HttpEvent) => void) | undefined;
}

/** What one request may set for itself. */
export interface RequestOptions {
  /** Ends the request; the call rejects with `signal.reason` as it is. */
  signal?: AbortSignal | undefined;
  /**
   * Limit of one attempt, redirects and body included, in ms; `Infinity` for none.
   * @default 60000
   */
  timeoutMs?: number | undefined;
  /**
   * Limit of the whole request, waiting and retries included, in ms; `Infinity` for none.
   * @default 300000
   */
  totalTimeoutMs?: number | undefined;
  /**
   * How often a request that only reads is sent again after a failure that may pass.
   * @default 3
   */
  retries?: number | undefined;
  /**
   * Upper bound of the first pause before a retry, in ms; it doubles each time, and the pause is drawn from 0 to it.
   * @default 300
   */
  backoffMs?: number | undefined;
  /**
   * Longest pause before a retry, in ms. A `Retry-After` that asks for longer ends the request.
   * @default 30000
   */
  maxBackoffMs?: number | undefined;
  /**
   * Redirects that are followed.
   * @default 10
   */
  maxRedirects?: number | undefined;
  /**
   * Bytes of a body, after decompression.
   * @default 536870912
   */
  maxBodyBytes?: number | undefined;
  /**
   * Whether a status outside of 200 to 299 rejects; `false` gives the response, for `raiseForStatus()`.
   * @default true
   */
  throwHttpErrors?: boolean | undefined;
}

/** Complete and valid limits of one request. */
export interface RequestLimits {
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly retries: number;
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  readonly maxRedirects: number;
  readonly maxBodyBytes: number;
  readonly throwHttpErrors: boolean;
}

/** Complete and valid options of a client. */
export interface HttpSettings {
  readonly fetch: FetchLike;
  readonly concurrency: number;
  readonly headers: HeaderPairs;
  readonly onEvent: ((event: HttpEvent) => void) | undefined;
  readonly limits: RequestLimits;
}

const DEFAULTS = {
  concurrency: 6,
  timeoutMs: 60_000,
  totalTimeoutMs: 300_000,
  retries: 3,
  backoffMs: 300,
  maxBackoffMs: 30_000,
  maxRedirects: 10,
  maxBodyBytes: 512 * 1024 * 1024,
  throwHttpErrors: true,
} as const;

/** Applies the defaults to a client's options and checks every value. */
export function normaliseHttpOptions(options: HttpOptions): HttpSettings {
  const { fetch: given, headers, onEvent } = options;
  if (given !== undefined && typeof given !== "function") {
    throw new TypeError(`Cannot use ${typeof given} as fetch; give a function like the platform's fetch`);
  }
  return {
    limits: normaliseLimits(options, DEFAULTS),
    concurrency: checkCount("concurrency", options.concurrency ?? DEFAULTS.concurrency, 1),
    // Looked up at each call, so that a fetch replaced later (by a test, an instrumentation) is the one called.
    fetch: given ?? ((url, init) => globalThis.fetch(url, init)),
    headers: [...new Headers(headers)],
    onEvent,
  };
}

/** Applies a client's settings to one request's options and checks every value. */
export function normaliseLimits(options: RequestOptions, base: RequestLimits): RequestLimits {
  return {
    timeoutMs: checkPositive("timeoutMs", options.timeoutMs ?? base.timeoutMs),
    totalTimeoutMs: checkPositive("totalTimeoutMs", options.totalTimeoutMs ?? base.totalTimeoutMs),
    retries: checkCount("retries", options.retries ?? base.retries, 0),
    backoffMs: checkPositive("backoffMs", options.backoffMs ?? base.backoffMs),
    maxBackoffMs: checkPositive("maxBackoffMs", options.maxBackoffMs ?? base.maxBackoffMs),
    maxRedirects: checkCount("maxRedirects", options.maxRedirects ?? base.maxRedirects, 0),
    maxBodyBytes: checkPositive("maxBodyBytes", options.maxBodyBytes ?? base.maxBodyBytes),
    throwHttpErrors: options.throwHttpErrors ?? base.throwHttpErrors,
  };
}
