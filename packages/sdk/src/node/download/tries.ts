import { isAtlasError } from "../../errors.ts";
import { mayPass, type RetryLimits, retryDelay } from "../../http/retry.ts";
import { codeOf } from "./disk.ts";

/** Bytes that have to come between two failures for the count of tries to begin anew. */
const PROGRESS_BYTES = 1024 * 1024;

/** Whether a failure is one that may pass. */
export function mayHelpAgain(error: unknown): boolean {
  if (isAtlasError(error, "ATLAS_HTTP")) return mayPass(error.status) || error.status > 505;
  if (isAtlasError(error, "ATLAS_CONNECTION", "ATLAS_TIMEOUT", "ATLAS_DECODE", "ATLAS_API")) return true;
  const code = codeOf(error);
  return code === "EMFILE" || code === "ENFILE";
}

/** Whether a failure is a sign that the server is asked too much. */
export function isOverload(error: unknown): boolean {
  if (isAtlasError(error, "ATLAS_HTTP")) return error.status === 429 || error.status === 503;
  return isAtlasError(error, "ATLAS_CONNECTION", "ATLAS_TIMEOUT");
}

/** How long the server wants to be left alone, in ms; of other states `Retry-After` says nothing on the server. */
export function askedDelay(error: unknown): number | undefined {
  return isAtlasError(error, "ATLAS_HTTP") && isOverload(error) ? error.retryAfterMs : undefined;
}

/** The tries of an item; those that got on well do not count. */
export class Tries {
  readonly #limits: RetryLimits;
  #failures = 0;
  /** Bytes at the last failure that began the count anew: from zero again is no progress. */
  #furthestBytes = 0;

  constructor(limits: RetryLimits) {
    this.#limits = limits;
  }

  /**
   * Pause before the next try, in ms; `undefined` when there shall be none.
   *
   * @param receivedBytes Of the file so far.
   */
  next(error: unknown, receivedBytes: number): number | undefined {
    if (receivedBytes - this.#furthestBytes >= PROGRESS_BYTES) {
      this.#failures = 0;
      this.#furthestBytes = receivedBytes;
    }
    this.#failures += 1;
    if (!mayHelpAgain(error)) return undefined;
    return retryDelay(this.#failures, askedDelay(error), this.#limits, Math.random());
  }
}
