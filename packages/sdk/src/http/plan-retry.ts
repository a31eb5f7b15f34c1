import { isAtlasError } from "../errors.ts";
import type { RequestLimits } from "./options.ts";
import type { Received } from "./response.ts";
import { mayPass, parseRetryAfter, retryDelay } from "./retry.ts";
import { statusName } from "./status.ts";

/** How an attempt ended. */
export type Outcome<T> = T | { readonly failed: unknown };

/** The part of an answer that every kind of it has. */
export type Answer = Omit<Received, "body">;

/** A pause, and the reason for it. */
export interface RetryPlan {
  readonly delayMs: number;
  readonly reason: string;
}

/**
 * Whether and when to try again, or `undefined`.
 *
 * @param findFault Says of an answer with a good status why it should be asked for again.
 */
export function planRetry<T extends Answer>(
  outcome: Outcome<T>,
  attempt: number,
  limits: RequestLimits,
  findFault: ((answer: T) => string | undefined) | undefined,
): RetryPlan | undefined {
  const answer = "failed" in outcome ? undefined : outcome;
  const reason = "failed" in outcome ? failureReason(outcome.failed) : answerReason(outcome, findFault);
  if (reason === undefined) return undefined;
  const retryAfterMs = answer && parseRetryAfter(answer.headers.get("retry-after"), Date.now());
  const delayMs = retryDelay(attempt, retryAfterMs, limits, Math.random());
  return delayMs === undefined ? undefined : { delayMs, reason };
}

function failureReason(error: unknown): string | undefined {
  const mayPassLater =
    isAtlasError(error, "ATLAS_CONNECTION") || (isAtlasError(error, "ATLAS_TIMEOUT") && error.scope === "attempt");
  return mayPassLater ? error.message : undefined;
}

function answerReason<T extends Answer>(
  answer: T,
  findFault: ((answer: T) => string | undefined) | undefined,
): string | undefined {
  const { status } = answer;
  return mayPass(status) ? `${status} ${statusName(status)}` : findFault?.(answer);
}
