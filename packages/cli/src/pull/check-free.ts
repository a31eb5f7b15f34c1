import { stat } from "node:fs/promises";
import { join } from "node:path";
import { downloadAll } from "@brainatlas/sdk/node";

/** Lock of a folder that a run is at work in. */
const LOCK = ".brainatlas-download.lock";

/**
 * Checks that no run is at work in a folder, before anything is asked for. The lock of a run that is no more is taken away.
 *
 * @throws {Error} If one is; the message names the process.
 */
export async function checkFree(directory: string): Promise<void> {
  const found = await stat(join(directory, LOCK)).catch(() => undefined);
  if (found !== undefined) await downloadAll([], { directory });
}
