import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { printWorld } from "./sync-world.mjs";

const execute = promisify(execFile);
const SCRIPT = fileURLToPath(new URL("./numpy-sync.py", import.meta.url));
/** Kept from run to run. */
const FOLDER = join(tmpdir(), "brainatlas-bench");

/**
 * A Python that has NumPy: the system's, or one in a folder of its own, into which it is installed once. `undefined` where neither is
 * to be had.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findNumpy() {
  const own = join(FOLDER, "numpy", "bin", "python");
  for (const python of ["python3", own]) if (await hasNumpy(python)) return python;
  try {
    mkdirSync(FOLDER, { recursive: true });
    if (!existsSync(own)) await execute("python3", ["-m", "venv", join(FOLDER, "numpy")]);
    await execute(own, ["-m", "pip", "install", "--quiet", "numpy"]);
    return (await hasNumpy(own)) ? own : undefined;
  } catch (error) {
    console.error(`sync: NumPy is not to be had: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
    return undefined;
  }
}

async function hasNumpy(/** @type {string} */ python) {
  return await execute(python, ["-c", "import numpy"]).then(
    () => true,
    () => false,
  );
}

/**
 * Starts the peer: it makes the same points and waits for what to do.
 *
 * @param {string} python
 * @param {number} points
 */
export async function startNumpy(python, points) {
  const child = spawn(python, [SCRIPT, String(points)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function ask(/** @type {string} */ line) {
    child.stdin.write(`${line}\n`);
    const reply = await lines.next();
    if (reply.done) throw new Error("Cannot measure NumPy: its process ended");
    return reply.value;
  }
  await ask(await printWorld());
  return {
    /** Maps all points once. */
    run: (/** @type {string} */ job, /** @type {string} */ way) => ask(`run ${job} ${way}`),
    /** MiB that it grows by, its results among them. */
    peak: async (/** @type {string} */ job, /** @type {string} */ way) =>
      Math.round(Number(await ask(`peak ${job} ${way}`)) / 1024),
    /** Sums of what it found, by the exact way. */
    sums: async () => JSON.parse(await ask("sums")),
    close: async () => {
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.stdin.end();
      await ended;
    },
  };
}
