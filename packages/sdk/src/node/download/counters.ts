import type { DownloadProgress } from "./types.ts";

/** What a run counts. */
export interface Counters {
  found: number;
  isComplete: boolean;
  fetched: number;
  kept: number;
  failed: number;
  active: number;
  receivedBytes: number;
  completeBytes: number;
}

/** At the start. */
export function createCounters(): Counters {
  return {
    found: 0,
    isComplete: false,
    fetched: 0,
    kept: 0,
    failed: 0,
    active: 0,
    receivedBytes: 0,
    completeBytes: 0,
  };
}

const INTERVAL_MS = 100;

/**
 * Tells of the progress, ten times a second where it has changed, until the function returned is called, and once more then.
 *
 * @param read Gives the state of the moment.
 */
export function reportProgress(
  tell: ((progress: DownloadProgress) => void) | undefined,
  read: () => DownloadProgress,
): () => void {
  if (tell === undefined) return () => {};
  let told: string | undefined;
  const timer = setInterval(() => {
    const progress = read();
    const state = JSON.stringify({ ...progress, elapsedMs: 0 }); // All but the time.
    if (state === told) return;
    told = state;
    tell(progress);
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    tell(read());
  };
}
