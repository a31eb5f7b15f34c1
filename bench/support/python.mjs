import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
/** Kept from run to run. */
const KEPT = join(tmpdir(), "brainatlas-bench");
const FOLDER = join(KEPT, "python");
const MAKE_ENVIRONMENT = fileURLToPath(new URL("../../tests/interop/support/make_environment.py", import.meta.url));

/**
 * A Python that has these modules: the system's, or one in a folder of its own, into which their packages are installed once.
 * `undefined`, with a note, where neither is to be had.
 *
 * @param {Record<string, string>} packages Package by the name of its module.
 * @returns {Promise<string | undefined>}
 */
export async function findPython(packages) {
  const imports = Object.keys(packages).map((module) => `import ${module}`);
  const hasAll = (/** @type {string} */ python) =>
    execute(python, ["-c", imports.join("\n")]).then(
      () => true,
      () => false,
    );
  const own = join(FOLDER, "bin", "python");
  for (const python of ["python3", own]) if (await hasAll(python)) return python;
  try {
    mkdirSync(FOLDER, { recursive: true });
    if (!existsSync(own)) await execute("python3", ["-m", "venv", FOLDER]);
    await execute(own, ["-m", "pip", "install", "--quiet", ...Object.values(packages)]);
    return (await hasAll(own)) ? own : undefined;
  } catch (error) {
    sayMissing(Object.values(packages).join(" and "), error);
    return undefined;
  }
}

/**
 * A Python with the packages of a list, which the tests use too; made once. `undefined`, with a note, where it is not to be had.
 *
 * @param {string} name Of its folder.
 * @param {string} requirements Path of the list.
 * @returns {Promise<string | undefined>}
 */
export async function findEnvironment(name, requirements) {
  const folder = join(KEPT, name);
  try {
    if (!existsSync(folder)) await execute("python3", [MAKE_ENVIRONMENT, folder, requirements]);
    return join(folder, "bin", "python");
  } catch (error) {
    sayMissing(name, error);
    return undefined;
  }
}

function sayMissing(/** @type {string} */ what, /** @type {unknown} */ error) {
  const reason = error instanceof Error ? error.message.split("\n")[0] : error;
  console.error(`bench: ${what} is not to be had: ${reason}`);
}

/**
 * Starts a script that answers each line with a line.
 *
 * @param {string} python
 * @param {string} script
 * @param {readonly string[]} args
 */
export function startPython(python, script, ...args) {
  const child = spawn(python, [script, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(/** @type {string} */ line) {
      child.stdin.write(`${line}\n`);
      const reply = await lines.next();
      if (reply.done) throw new Error("Cannot measure the peer: its process ended");
      return reply.value;
    },
    async close() {
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.stdin.end();
      await ended;
    },
  };
}
