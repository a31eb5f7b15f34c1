/** Lets one after the other have its turn. */
export interface Turns {
  /**
   * Runs something when all before it have ended.
   *
   * @throws The signal's reason, once it is aborted, where the turn has not begun by then.
   */
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until nobody is waiting any more. */
  idle(): Promise<void>;
}

/** Makes turns that nobody has. */
export function createTurns(signal: AbortSignal): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const mine = last.then(() => {
        signal.throwIfAborted();
        return work();
      });
      // Who failed has been told; those behind do not depend on it.
      last = mine.catch(() => {});
      return mine;
    },
    async idle() {
      await last;
    },
  };
}
