/** Keeps what was made, and forgets what was longest unused when it grows too large. */
export interface ByteCache<T> {
  /** What is kept under a key, or what is being made, or what is made now: never twice at once. */
  get(key: string, make: () => Promise<T>): Promise<T>;
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
  const coming = new Map<string, Promise<T>>();
  let total = 0;

  function keep(key: string, thing: T): void {
    kept.set(key, thing);
    total += bytesOf(thing);
    for (const [oldest, other] of kept) {
      if (total <= maxBytes) return;
      kept.delete(oldest);
      total -= bytesOf(other);
    }
  }

  return {
    async get(key, make) {
      const found = kept.get(key);
      if (found !== undefined) {
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      const pending = coming.get(key);
      if (pending !== undefined) return await pending;
      const made = make();
      coming.set(key, made);
      try {
        const thing = await made;
        keep(key, thing);
        return thing;
      } finally {
        coming.delete(key);
      }
    },
  };
}
