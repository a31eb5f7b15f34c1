import type { RequestLimits } from "./options.ts";

/** How often and how soon something is asked for again. */
export type RetryLimits = Pick<RequestLimits, "retries" | "backoffMs" | "maxBackoffMs">;

const IDEMPOTENT: ReadonlySet<string> = new Set(["GET", "HEAD"]);
const MAY_PASS: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Whether a method is one that may be sent twice. */
export function isIdempotent(method: string): boolean {
  return IDEMPOTENT.has(method);
}

/** Whether a status tells of a state that may pass. */
export function mayPass(status: number): boolean {
  return MAY_PASS.has(status);
}

/**
 * Pause before the next attempt, in ms, or `undefined` when there shall be none.
 *
 * Full jitter: drawn evenly from 0 to a bound that doubles with each attempt. A `Retry-After` is obeyed as it is, and ends
 * the request when it asks for more than `maxBackoffMs`.
 *
 * @param attempt Number of the attempt that failed, from 1.
 * @param random Evenly distributed number from 0 to 1.
 */
export function retryDelay(
  attempt: number,
  retryAfterMs: number | undefined,
  limits: RetryLimits,
  random: number,
): number | undefined {
  if (attempt > limits.retries) return undefined;
  if (retryAfterMs !== undefined) return retryAfterMs <= limits.maxBackoffMs ? retryAfterMs : undefined;
  return random * Math.min(limits.maxBackoffMs, limits.backoffMs * 2 ** (attempt - 1));
}

/**
 * Reads a `Retry-After` header: seconds, or a date (RFC 9110 §10.2.3).
 *
 * @returns The time to wait, in ms, 0 for a date gone by; `undefined` when there is none or it says nothing.
 * @example parseRetryAfter("2", 0) // → 2000
 */
export function parseRetryAfter(text: string | null, nowMs: number): number | undefined {
  if (text === null) return undefined;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  // Date.parse() alone would read "-5" or "soon 1" as dates.
  const date = / GMT$/.test(text.trim()) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
