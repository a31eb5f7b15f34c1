import { downloadAll, isDownloading } from "@brainatlas/sdk/node";

/**
 * Checks that no run is at work in a folder, before anything is asked for.
 *
 * @throws {Error} If one is; the message names the process.
 */
export async function checkFree(directory: string): Promise<void> {
  if (await isDownloading(directory)) await downloadAll([], { directory }); // Which says who is at work there.
}
