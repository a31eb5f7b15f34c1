import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./pynrrd-volume.py", import.meta.url));

/**
 * Starts the peer of the bench of volumes, which waits for what to do.
 *
 * @param {string} python
 */
export function startPynrrd(python) {
  const child = spawn(python, [SCRIPT], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** Does a job once. Returns what it says of its result. */
    async ask(/** @type {string} */ line) {
      child.stdin.write(`${line}\n`);
      const reply = await lines.next();
      if (reply.done) throw new Error("Cannot measure pynrrd: its process ended");
      return reply.value;
    },
    async close() {
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.stdin.end();
      await ended;
    },
  };
}
