// Programs that a bench needs and that may not be installed.
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Where servers lie that are not meant for everyone's path. */
const SYSTEM_FOLDERS = ["/usr/sbin", "/usr/local/sbin"];
const STEP_MS = 50;

/**
 * Path of a program, `undefined` where there is none.
 *
 * @param {string} name
 */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...SYSTEM_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** Whether a file may be run. */
export function isProgram(/** @type {string} */ path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a program that goes on until it is stopped.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] In addition to that of this process.
 */
export function startProcess(program, args, env = {}) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  /** @type {string[]} */
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(String(text)));
  const ended = new Promise((resolve) => child.on("close", resolve));
  return {
    pid: child.pid ?? -1,
    /** All that it has written so far. */
    said: () => said.join(""),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    /** Asks it to end, and waits until it has. */
    async stop(/** @type {NodeJS.Signals} */ signal = "SIGTERM") {
      child.kill(signal);
      await ended;
    },
  };
}

/**
 * Waits until something is there.
 *
 * @template T
 * @param {() => T | undefined | Promise<T | undefined>} look
 * @param {string} what Named when it does not come.
 * @param {number} [timeoutMs]
 * @returns {Promise<T>}
 */
export async function until(look, what, timeoutMs = 20_000) {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`Cannot go on: ${what} did not come within ${timeoutMs} ms`);
    await wait(STEP_MS);
  }
}

/** A port that nobody has now. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
