import { ConnectionError, isAtlasError, TimeoutError } from "../errors.ts";
import { attemptOnce, type Call } from "./attempt.ts";
import { createDeadline, type Deadline, isExpiry, sleep } from "./deadline.ts";
import type { HttpEvent } from "./event.ts";
import { describeFailure } from "./failure.ts";
import {
  type HeaderFields,
  type HttpSettings,
  normaliseLimits,
  type RequestLimits,
  type RequestOptions,
} from "./options.ts";
import { createPool } from "./pool.ts";
import type { Received } from "./response.ts";
import { isRetryable, mayPass, parseRetryAfter, retryDelay } from "./retry.ts";
import { createSharing } from "./share.ts";
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

  async function run(call: Call, limits: RequestLimits, signal: AbortSignal | undefined): Promise<Received> {
    const total = createDeadline(signal, "total", limits.totalTimeoutMs);
    try {
      return await withRetries(call, limits, total);
    } finally {
      total.close();
    }
  }

  async function withRetries(call: Call, limits: RequestLimits, total: Deadline): Promise<Received> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await pool
        .run(() => tryOnce(call, limits, total, attempt), total.signal)
        .catch((error: unknown) => ({ failed: toFailure(error, call, attempt, total) }));
      const retryAfterMs =
        "failed" in outcome ? undefined : parseRetryAfter(outcome.headers.get("retry-after"), Date.now());
      const reason = "failed" in outcome ? retryReason(outcome.failed) : statusReason(outcome.status);
      const delayMs =
        reason !== undefined && isRetryable(call.method)
          ? retryDelay(attempt, retryAfterMs, limits, Math.random())
          : undefined;
      if (delayMs === undefined || reason === undefined) {
        if ("failed" in outcome) throw outcome.failed;
        return outcome;
      }
      emit({ type: "retry", method: call.method, url: call.url, attempt, delayMs, reason });
      await sleep(delayMs, total.signal).catch((error: unknown) => {
        throw toFailure(error, call, attempt, total);
      });
    }
  }

  async function tryOnce(call: Call, limits: RequestLimits, total: Deadline, attempt: number): Promise<Received> {
    const deadline = createDeadline(total.signal, "attempt", limits.timeoutMs);
    try {
      return await attemptOnce(call, { settings, limits, attempt, deadline, emit });
    } finally {
      deadline.close();
    }
  }

  function emit(event: HttpEvent): void {
    try {
      settings.onEvent?.(event);
    } catch {
      // A listener that fails is not the request's concern.
    }
  }

  return {
    request({ url, method = "GET", headers, body }, options) {
      const { signal } = options;
      const limits = normaliseLimits(options, settings.limits);
      const call: Call = { method, url, headers: mergeHeaders(settings.headers, headers), body };
      if (method !== "GET") return run(call, limits, signal);
      return share(shareKey(call, limits), (shared) => run(call, limits, shared), signal);
    },
  };
}

/** The platform's failure as an error of the family; an abort that the caller asked for stays as it is. */
function toFailure(error: unknown, call: Call, attempts: number, total: Deadline): unknown {
  const facts = { method: call.method, url: call.url, attempts };
  const reason: unknown = total.signal.aborted ? total.signal.reason : error;
  if (isExpiry(reason)) return new TimeoutError(facts, reason.timeoutMs, reason.expired);
  if (total.signal.aborted) return reason;
  if (isAtlasError(error)) return error;
  return new ConnectionError(facts, describeFailure(error), { cause: error });
}

function retryReason(error: unknown): string | undefined {
  const mayPassLater =
    isAtlasError(error, "ATLAS_CONNECTION") || (isAtlasError(error, "ATLAS_TIMEOUT") && error.scope === "attempt");
  return mayPassLater ? error.message : undefined;
}

function statusReason(status: number): string | undefined {
  return mayPass(status) ? `${status} ${statusName(status)}` : undefined;
}

function mergeHeaders(base: Headers, own: HeaderFields | undefined): Headers {
  const merged = new Headers(base);
  for (const [name, value] of new Headers(own)) merged.set(name, value);
  return merged;
}

function shareKey(call: Call, limits: RequestLimits): string {
  return JSON.stringify([call.url, [...call.headers], limits]);
}
