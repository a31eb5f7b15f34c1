import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts the server of the request benches on a free port of the loopback. */
export async function startServer() {
  const { child, first } = await start("server.mjs", []);
  return { origin: `http://127.0.0.1:${first}`, close: () => stop(child) };
}

/**
 * Starts a contestant of the request benches; `undefined` where its package is not installed.
 *
 * @param {string} who
 * @param {string} origin
 */
export async function startRequester(who, origin) {
  const { child, first } = await start("requester.mjs", [who, origin]);
  if (first !== "ready") return undefined;
  return {
    /** Does a job some times. */
    async run(/** @type {string} */ job, /** @type {number} */ times) {
      child.send({ job, times });
      const reply = await next(child);
      if (reply !== "done") throw new Error(`Cannot measure ${who}: its process ended`);
    },
    close: () => stop(child),
  };
}

async function start(/** @type {string} */ file, /** @type {string[]} */ args) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  return { child, first: await next(child) };
}

/** The next message of a process, or `undefined` when it ends before. */
async function next(/** @type {import("node:child_process").ChildProcess} */ child) {
  const done = new AbortController();
  const { signal } = done;
  const message = once(child, "message", { signal }).then(([value]) => value);
  const end = once(child, "exit", { signal }).then(() => undefined);
  try {
    return await Promise.race([message, end]);
  } finally {
    end.catch(() => {}); // Both end with the abort, which is not news.
    message.catch(() => {});
    done.abort();
  }
}

async function stop(/** @type {import("node:child_process").ChildProcess} */ child) {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.disconnect();
  await ended;
}
