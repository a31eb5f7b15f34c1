import { fileURLToPath } from "node:url";
import { startPython } from "./python.mjs";
import { printWorld } from "./sync-world.mjs";

const SCRIPT = fileURLToPath(new URL("./numpy-sync.py", import.meta.url));

/**
 * Starts the peer of the bench of synchronisation: it makes the same points and waits for what to do.
 *
 * @param {string} python
 * @param {number} points
 */
export async function startNumpy(python, points) {
  const { ask, close } = startPython(python, SCRIPT, String(points));
  await ask(await printWorld());
  return {
    /** Maps all points once. */
    run: (/** @type {string} */ job, /** @type {string} */ way) => ask(`run ${job} ${way}`),
    /** MiB that it grows by, its results among them. */
    peak: async (/** @type {string} */ job, /** @type {string} */ way) =>
      Math.round(Number(await ask(`peak ${job} ${way}`)) / 1024),
    /** Sums of what it found, by the exact way. */
    sums: async () => JSON.parse(await ask("sums")),
    close,
  };
}
