/** Lets a bounded number of tasks run at once; further ones wait in order. */
export interface Pool {
  /** Runs a task when there is room; rejects with `signal.reason` when it aborts before that. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function createPool(concurrency: number): Pool {
  const waiting = new Set<() => void>();
  let running = 0;

  function leave(): void {
    running -= 1;
    const [next] = waiting;
    if (next !== undefined) next();
  }

  function enter(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        waiting.delete(start);
        signal.removeEventListener("abort", giveUp);
        running += 1;
        resolve();
      };
      const giveUp = (): void => {
        waiting.delete(start);
        reject(signal.reason);
      };
      waiting.add(start);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  return {
    async run(task, signal) {
      signal.throwIfAborted();
      if (running < concurrency) running += 1;
      else await enter(signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
