import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts the server of the request benches on a free port of the loopback. */
export async function startServer() {
  const child = fork(fileURLToPath(new URL("server.mjs", import.meta.url)));
  const [port] = await once(child, "message");
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}
