import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** A request as it came. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
}

/** A server that answers as the test says, and remembers what it was asked. */
export interface ScriptedServer {
  /** Its origin, without a slash at the end. */
  readonly origin: string;
  readonly seen: readonly SeenRequest[];
}

/**
 * Starts a server on a port of its own; it ends with the test.
 *
 * @param answer Gets how often the path was asked for, from 1.
 */
export async function startServer(
  answer: (request: IncomingMessage, response: ServerResponse, time: number) => void,
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    seen.push({ path, headers: request.headers });
    answer(request, response, seen.filter((each) => each.path === path).length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return { origin: `http://127.0.0.1:${address.port}`, seen };
}
