import type { BrainAtlas } from "@brainatlas/sdk";

/** How often a tile is asked for again, and after which pause at most for the first time; the next is twice as long. */
const RETRIES = { retries: 2, backoffMs: 800 } as const;

/**
 * Fetches a tile by the SDK, and decodes it beside the page's own work.
 *
 * @throws {AtlasError} If it does not come.
 * @throws {DOMException} If what comes is no picture, or the signal aborts.
 */
export async function fetchTile(api: BrainAtlas, path: string, signal: AbortSignal): Promise<ImageBitmap> {
  const response = await api.get(path, { ...RETRIES, signal });
  return createImageBitmap(new Blob([response.bytes()]));
}
