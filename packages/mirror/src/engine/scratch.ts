/** Memory that is used again and again, for what is needed only for a moment. */
export interface Scratch {
  /** Begins anew: what was taken before is not needed any more. */
  reset(sizeBytes: number): void;
  /** The next piece. */
  take(sizeBytes: number): Uint8Array;
}

/** Memory that is kept; more is let go of when it is not needed any more. */
const KEPT_BYTES = 4 * 1024 * 1024;

export function createScratch(): Scratch {
  let memory = new Uint8Array();
  let used = 0;
  return {
    reset(sizeBytes) {
      const isTooLarge = memory.length > KEPT_BYTES && sizeBytes <= KEPT_BYTES;
      if (memory.length < sizeBytes || isTooLarge) memory = new Uint8Array(sizeBytes);
      used = 0;
    },
    take(sizeBytes) {
      used += sizeBytes;
      return memory.subarray(used - sizeBytes, used);
    },
  };
}
