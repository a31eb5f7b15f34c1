import { CLOSED, Reader } from "./reader.ts";

/** Connections that read beside each other: more would not be faster. */
const MAX_READERS = 4;

/** Lends connections, each to one user at a time; opens them as they are wanted. */
export interface ReaderPool {
  /**
   * Calls `use` with a connection of its own.
   *
   * @param signal Ends the waiting for one.
   */
  lend<T>(use: (reader: Reader) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Closes all connections, those on loan when they come back. */
  close(): void;
}

/** @param location File or URI of the database, as the driver takes it. */
export function createReaderPool(location: string): ReaderPool {
  const idle: Reader[] = [];
  const waiting: (() => void)[] = [];
  let lent = 0;
  let isClosed = false;

  async function take(signal: AbortSignal | undefined): Promise<Reader> {
    signal?.throwIfAborted();
    while (!isClosed && lent >= MAX_READERS) await turn(signal);
    if (isClosed) throw new Error(CLOSED);
    lent += 1;
    try {
      return idle.pop() ?? (await Reader.open(location));
    } catch (error) {
      giveTurn();
      throw error;
    }
  }

  function turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal?.reason);
      };
      waiting.push(go);
      signal?.addEventListener("abort", leave);
    });
  }

  function giveTurn(): void {
    lent -= 1;
    waiting.shift()?.();
  }

  function takeBack(reader: Reader): void {
    if (isClosed || !reader.isIdle) reader.close();
    else idle.push(reader);
    giveTurn();
  }

  return {
    async lend(use, signal) {
      const reader = await take(signal);
      try {
        return await use(reader);
      } finally {
        takeBack(reader);
      }
    },
    close() {
      isClosed = true;
      for (const reader of idle.splice(0)) reader.close();
      for (const go of waiting.splice(0)) go();
    },
  };
}
