import { heed } from "../heed.ts";

/** Keeps what was made, and forgets what was longest unused when it grows too large. */
export interface ByteCache<T> {
  /**
   * What is kept under a key, or what is being made, or what is made now: never twice at once.
   *
   * @param make Its signal aborts when nobody waits any more.
   * @param signal Ends the wait.
   */
  get(key: string, make: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** A thing that is being made. */
interface Coming<T> {
  readonly made: Promise<T>;
  readonly unwanted: AbortController;
  waiters: number;
}

/**
 * Makes a cache that is bounded in bytes. What fails is not kept.
 *
 * @param maxBytes Most that is kept; a single larger thing is given out and not kept.
 * @param bytesOf Size of a thing.
 */
export function createByteCache<T>(maxBytes: number, bytesOf: (thing: T) => number): ByteCache<T> {
  /** In the order of their last use. */
  const kept = new Map<string, T>();
  const coming = new Map<string, Coming<T>>();
  let total = 0;

  function keep(key: string, thing: T): void {
    if (bytesOf(thing) > maxBytes) return;
    forget(key);
    kept.set(key, thing);
    total += bytesOf(thing);
    for (const oldest of kept.keys()) {
      if (total <= maxBytes) return;
      forget(oldest);
    }
  }

  function forget(key: string): void {
    const thing = kept.get(key);
    if (thing === undefined) return;
    kept.delete(key);
    total -= bytesOf(thing);
  }

  function start(key: string, make: (signal: AbortSignal) => Promise<T>): Coming<T> {
    const unwanted = new AbortController();
    const made = make(unwanted.signal).then((thing) => {
      keep(key, thing);
      return thing;
    });
    const work = { made, unwanted, waiters: 0 };
    coming.set(key, work);
    return work;
  }

  return {
    async get(key, make, signal) {
      signal?.throwIfAborted();
      const found = kept.get(key);
      if (found !== undefined) {
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      const work = coming.get(key) ?? start(key, make);
      work.waiters += 1;
      try {
        return await heed(work.made, signal);
      } finally {
        work.waiters -= 1;
        if (work.waiters === 0) {
          if (coming.get(key) === work) coming.delete(key);
          work.unwanted.abort();
        }
      }
    },
  };
}
