// Who takes part in the bench of downloads: each a command that puts these files into a folder.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { filePath } from "./download-files.mjs";
import { findProgram } from "./programs.mjs";
import { findEnvironment } from "./python.mjs";

/**
 * What is run.
 *
 * @typedef {{ program: string, args: string[], input?: string, env?: NodeJS.ProcessEnv }} Command
 *
 * What is to be had, and where to.
 * @typedef {{ origin: string, ids: readonly number[], folder: string }} Job
 */

const pathOf = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));
const PROGRAM = pathOf("../../packages/cli/dist/main.js");
const BY_LIBRARY = pathOf("download-all.mjs");
const BY_ALLENSDK = pathOf("allensdk-downloads.py");
const REQUIREMENTS = pathOf("../../tests/interop/requirements.txt");

/**
 * The command line as its users run it, with its own defaults where nothing is given.
 *
 * @param {Job} job
 * @param {{ connections?: number, pipelining?: number }} [limits]
 * @returns {Command}
 */
export function byPull({ origin, ids, folder }, { connections, pipelining } = {}) {
  const options = [
    ...(connections === undefined ? [] : ["--concurrency", String(connections)]),
    ...(pipelining === undefined ? [] : ["--pipelining", String(pipelining)]),
  ];
  const args = [PROGRAM, "pull", "file", ...ids.map(String), "--to", folder, "--api", origin, ...options];
  return { program: process.execPath, args };
}

/**
 * A program that calls the library.
 *
 * @param {Job} job
 * @param {{ connections: number, pipelining: number }} limits
 * @returns {Command}
 */
export function byLibrary(job, { connections, pipelining }) {
  const args = [BY_LIBRARY, job.folder, String(connections), String(pipelining)];
  return { program: process.execPath, args, input: linesOf(job) };
}

/**
 * curl's own parallel transfers; `undefined` where it is not installed.
 *
 * @returns {((job: Job, connections: number) => Command) | undefined}
 */
export function findCurl() {
  const program = findProgram("curl");
  if (program === undefined) return undefined;
  return ({ origin, ids, folder }, connections) => {
    mkdirSync(folder);
    const input = ids.map((id) => `url="${origin}${filePath(id)}"\noutput="${join(folder, nameOf(id))}"\n`).join("");
    const args = [
      "-q",
      "--fail",
      "--silent",
      "--show-error",
      "--no-progress-meter",
      "--parallel",
      "--parallel-max",
      String(connections),
    ];
    return { program, args: [...args, "--config", "-"], input };
  };
}

/**
 * aria2c with one connection a file; `undefined` where it is not installed.
 *
 * @returns {((job: Job, connections: number) => Command) | undefined}
 */
export function findAria2() {
  const program = findProgram("aria2c");
  if (program === undefined) return undefined;
  return ({ origin, ids, folder }, connections) => {
    const input = ids.map((id) => `${origin}${filePath(id)}\n out=${nameOf(id)}\n`).join("");
    const args = ["--no-conf", "--quiet", "-x1", "-s1", "-j", String(connections), "--file-allocation=none"];
    return { program, args: [...args, "--dir", folder, "-i", "-"], input };
  };
}

/**
 * AllenSDK of PyPI, which fetches one file after the other; `undefined` where it is not to be had.
 *
 * @returns {Promise<((job: Job) => Command) | undefined>}
 */
export async function findAllenSdk() {
  const python = await findEnvironment("allensdk", REQUIREMENTS);
  if (python === undefined) return undefined;
  return (job) => ({ program: python, args: [BY_ALLENSDK, job.folder], input: linesOf(job) });
}

function linesOf(/** @type {Job} */ { origin, ids }) {
  return ids.map((id) => `${origin}${filePath(id)} ${nameOf(id)}\n`).join("");
}

const nameOf = (/** @type {number} */ id) => `${id}.dat`;
