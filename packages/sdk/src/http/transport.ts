import { isAtlasError } from "../errors.ts";
import { attemptOnce, type Call } from "./attempt.ts";
import { Deadline } from "./deadline.ts";
import type { HttpEvent } from "./event.ts";
import { toFailure } from "./failure.ts";
import {
  type HeaderFields,
  type HeaderPairs,
  type HttpSettings,
  normaliseLimits,
  type RequestLimits,
  type RequestOptions,
} from "./options.ts";
import { createPool } from "./pool.ts";
import type { Received } from "./response.ts";
import { isRetryable, mayPass, parseRetryAfter, retryDelay } from "./retry.ts";
import { createSharing, type Running } from "./share.ts";
import { statusName } from "./status.ts";

/** A request as resources state it. */
export interface AtlasRequest {
  readonly url: string;
  /** @default "GET" */
  readonly method?: "GET" | "HEAD" | "POST";
  readonly headers?: HeaderFields;
  readonly body?: string;
}

/** Turns requests into complete answers or errors of the family. */
export interface Transport {
  request(request: AtlasRequest, options: RequestOptions): Promise<Received>;
}

/** A transport with its own pool; identical GETs under way at once are sent as one. */
export function createTransport(settings: HttpSettings): Transport {
  const pool = createPool(settings.concurrency);
  const share = createSharing<Received>();

  function start(call: Call, limits: RequestLimits): Running<Received> {
    const total = new Deadline(undefined, "total", limits.totalTimeoutMs);
    return {
      result: withRetries(call, limits, total).finally(() => total.close()),
      abort: (reason) => total.abort(reason),
    };
  }

  async function withRetries(call: Call, limits: RequestLimits, total: Deadline): Promise<Received> {
    for (let attempt = 1; ; attempt += 1) {
      const { method, url } = call;
      const fail = (error: unknown): unknown => toFailure(error, { method, url, attempts: attempt }, total);
      const outcome = await pool
        .run(() => tryOnce(call, limits, total, attempt), total)
        .catch((error: unknown) => ({ failed: isAtlasError(error) ? error : fail(error) }));
      const retry = isRetryable(method) ? planRetry(outcome, attempt, limits) : undefined;
      if (retry === undefined) {
        if ("failed" in outcome) throw outcome.failed;
        return outcome;
      }
      emit({ type: "retry", method, url, attempt, ...retry });
      await total.sleep(retry.delayMs).catch((error: unknown) => {
        throw fail(error);
      });
    }
  }

  async function tryOnce(call: Call, limits: RequestLimits, total: Deadline, attempt: number): Promise<Received> {
    const deadline = new Deadline(total, "attempt", limits.timeoutMs);
    try {
      return await attemptOnce(call, { settings, limits, attempt, deadline, emit });
    } finally {
      deadline.close();
    }
  }

  function emit(event: HttpEvent): void {
    try {
      const result: unknown = settings.onEvent?.(event);
      if (result instanceof Promise) result.catch(() => {});
    } catch {
      // A listener that fails is not the request's concern.
    }
  }

  return {
    request({ url, method = "GET", headers, body }, options) {
      const limits = normaliseLimits(options, settings.limits);
      const call: Call = { method, url, headers: mergeHeaders(settings.headers, headers), body };
      const key = method === "GET" ? shareKey(call, limits) : undefined;
      return share(key, () => start(call, limits), options.signal);
    },
  };
}

/** Tells apart what must not be shared. Limits are of a fixed number, headers hold no line feed, and the URL comes last. */
function shareKey({ url, headers }: Call, limits: RequestLimits): string {
  return [...Object.values(limits), ...headers.flat(), "", url].join("\n");
}

/** Whether and when to try again, or `undefined`. */
function planRetry(
  outcome: Received | { readonly failed: unknown },
  attempt: number,
  limits: RequestLimits,
): { delayMs: number; reason: string } | undefined {
  const reason = "failed" in outcome ? retryReason(outcome.failed) : statusReason(outcome.status);
  if (reason === undefined) return undefined;
  const retryAfterMs =
    "failed" in outcome ? undefined : parseRetryAfter(outcome.headers.get("retry-after"), Date.now());
  const delayMs = retryDelay(attempt, retryAfterMs, limits, Math.random());
  return delayMs === undefined ? undefined : { delayMs, reason };
}

function retryReason(error: unknown): string | undefined {
  const mayPassLater =
    isAtlasError(error, "ATLAS_CONNECTION") || (isAtlasError(error, "ATLAS_TIMEOUT") && error.scope === "attempt");
  return mayPassLater ? error.message : undefined;
}

function statusReason(status: number): string | undefined {
  return mayPass(status) ? `${status} ${statusName(status)}` : undefined;
}

function mergeHeaders(base: HeaderPairs, own: HeaderFields | undefined): HeaderPairs {
  if (own === undefined) return base;
  const merged = new Map(base);
  for (const [name, value] of new Headers(own)) merged.set(name, value);
  return [...merged];
}
