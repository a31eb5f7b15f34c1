import type { Deadline } from "./deadline.ts";

/** Lets a bounded number of tasks run at once; further ones wait in order. */
export interface Pool {
  /** Runs a task when there is room; rejects with the deadline's reason when that aborts before. */
  run<T>(task: () => Promise<T>, deadline: Deadline): Promise<T>;
}

export function createPool(concurrency: number): Pool {
  const waiting = new Set<() => void>();
  let running = 0;

  function leave(): void {
    running -= 1;
    const [next] = waiting;
    if (next !== undefined) next();
  }

  function enter(deadline: Deadline): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        waiting.delete(start);
        stop();
        running += 1;
        resolve();
      };
      waiting.add(start);
      const stop = deadline.onAbort((reason) => {
        waiting.delete(start);
        reject(reason);
      });
    });
  }

  return {
    async run(task, deadline) {
      if (deadline.aborted) throw deadline.reason;
      if (running < concurrency) running += 1;
      else await enter(deadline);
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
