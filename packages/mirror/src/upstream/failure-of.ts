import type { Reply } from "./ask.ts";
import { retryAfterMs } from "./retry-after.ts";
import { UpstreamError } from "./upstream-error.ts";

/** Statuses by which a service says what it has to say of the question, as opposed to that it fails. */
export const WORDS: readonly number[] = [400, 404, 405, 406, 410, 413, 414, 415, 416, 422];
/** Statuses that are the service's, whatever is asked. */
const OF_SERVICE: readonly number[] = [429, 502, 503, 504];

/** The failure that an answer is which is neither data nor words. */
export function failureOf({ status, headers }: Pick<Reply, "status" | "headers">, nowMs: number): UpstreamError {
  const isBusy = status === 429 || status === 503;
  return new UpstreamError(`answered ${status}`, {
    reach: OF_SERVICE.includes(status) ? "service" : "question",
    status: isBusy ? 503 : 502,
    retryAfterMs: isBusy ? retryAfterMs(headers, nowMs) : undefined,
  });
}
