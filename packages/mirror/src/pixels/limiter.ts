import { BusyError } from "../failures.ts";

/**
 * Runs works of which a bounded number goes on at once; further ones wait in order, and leave when their signal aborts.
 *
 * @throws {BusyError} If as many wait as may.
 */
export type Limiter = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Makes a limiter.
 *
 * @param maxWaiting Works that may wait.
 * @example await createLimiter(1)(async () => 7) // → 7
 */
export function createLimiter(concurrency: number, maxWaiting: number = Number.POSITIVE_INFINITY): Limiter {
  /** In the order in which they came. */
  const waiting = new Set<() => void>();
  let running = 0;

  function turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (waiting.size >= maxWaiting) throw new BusyError();
      const go = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        waiting.delete(go);
        reject(signal?.reason);
      };
      waiting.add(go);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  return async (work, signal) => {
    signal?.throwIfAborted();
    if (running >= concurrency) await turn(signal);
    else running += 1;
    try {
      return await work();
    } finally {
      const [next] = waiting;
      // The place goes to the next in line, without being free in between.
      if (next === undefined) running -= 1;
      else {
        waiting.delete(next);
        next();
      }
    }
  };
}
