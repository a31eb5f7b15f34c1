import type { DownloadProgress } from "@brainatlas/sdk/node";

const REPEAT_MS = 1000;

/**
 * Hands progress on, and tells the last of it again each second: where nothing comes, rates fall, and programs see the time go on.
 *
 * @example
 * const { tell, end } = createRepeater(show);
 */
export function createRepeater(listener: (progress: DownloadProgress) => void): {
  tell(progress: DownloadProgress): void;
  end(): void;
} {
  let latest: { readonly progress: DownloadProgress; readonly atMs: number } | undefined;
  const timer = setInterval(() => {
    if (latest === undefined) return;
    const { progress, atMs } = latest;
    listener({ ...progress, elapsedMs: progress.elapsedMs + performance.now() - atMs });
  }, REPEAT_MS);
  return {
    tell(progress) {
      latest = { progress, atMs: performance.now() };
      listener(progress);
    },
    end: () => clearInterval(timer),
  };
}
