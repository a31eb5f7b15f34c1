// The servers of the bench of images, each started for itself.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startProcess, until } from "./programs.mjs";

/**
 * A server that takes part.
 *
 * @typedef {object} Contestant
 * @property {string} origin
 * @property {number[]} pids Its processes; those that they start are not named.
 * @property {() => Promise<void>} close
 */

const PROGRAM = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));
const SHARP_SERVER = fileURLToPath(new URL("sharp-server.mjs", import.meta.url));

/**
 * Starts the mirror as its users do: the built program, one process.
 *
 * @param {string} store Folder of the store; without it the sample is served.
 * @param {string[]} [flags] More arguments.
 * @returns {Promise<Contestant>}
 */
export async function startMirror(store, flags = []) {
  const child = startProcess(process.execPath, [PROGRAM, "serve", "--store", store, "--port", "0", ...flags]);
  const origin = await until(() => {
    if (child.hasEnded()) throw new Error(`Cannot start the mirror: ${child.said()}`);
    return /http:\/\/127\.0\.0\.1:\d+/.exec(child.said())?.[0];
  }, "the mirror's URL");
  return { origin, pids: [child.pid], close: () => child.stop() };
}

/**
 * Starts the plain server of sharp-server.mjs.
 *
 * @param {string} pyramid Path of the pyramid file.
 * @param {string} drawing Path of the SVG document.
 * @returns {Promise<Contestant>}
 */
export async function startSharpServer(pyramid, drawing) {
  const child = fork(SHARP_SERVER, [pyramid, drawing], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [port] = await once(child, "message");
  const close = async () => {
    const ended = once(child, "exit");
    child.disconnect();
    await ended;
  };
  return { origin: `http://127.0.0.1:${port}`, pids: [child.pid ?? -1], close };
}
