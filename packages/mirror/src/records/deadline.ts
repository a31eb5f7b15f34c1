import { QueryTimeError, type ReadLimits } from "./reader.ts";

/** Bounds on the statements of one answer. */
export interface Deadline extends ReadLimits {
  /** Aborted by the request, and with a {@link QueryTimeError} when the time is over. */
  readonly signal: AbortSignal;
  /** Throws what the signal says, also where nothing has let the signal's clock run. */
  check(): void;
}

/**
 * Does work whose statements share one limit of time, however many they are.
 *
 * @throws {QueryTimeError} If it takes longer.
 */
export async function withDeadline<T>(
  { timeLimitMs, signal }: ReadLimits,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const end = performance.now() + timeLimitMs;
  const timer = setTimeout(() => late.abort(new QueryTimeError(timeLimitMs)), timeLimitMs);
  const either = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
  const check = (): void => {
    either.throwIfAborted();
    if (performance.now() > end) throw new QueryTimeError(timeLimitMs);
  };
  try {
    return await work({ timeLimitMs, signal: either, check });
  } finally {
    clearTimeout(timer);
  }
}
