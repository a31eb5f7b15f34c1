/** Runs a bounded number of works at once; further ones wait in order. */
export function createLimiter(concurrency: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes to the next in line, without being free in between.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
