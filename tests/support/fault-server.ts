import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Answers one request; `nth` counts the requests for its path, from 1. */
export type Answer = (response: ServerResponse, request: IncomingMessage, nth: number) => void;

/** A local server that answers as a test says, and remembers what it was asked. */
export interface FaultServer {
  readonly origin: string;
  /** Path and query of each request, in order. */
  readonly paths: string[];
  readonly requests: IncomingMessage[];
}

/** Starts a server with an answer for each path, query left out; it ends with the test. Other paths get 404. */
export async function startFaultServer(answers: Readonly<Record<string, Answer>>): Promise<FaultServer> {
  const paths: string[] = [];
  const requests: IncomingMessage[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const { url = "" } = request;
    const [path = ""] = url.split("?", 1);
    const nth = (counts.get(path) ?? 0) + 1;
    counts.set(path, nth);
    paths.push(url);
    requests.push(request);
    const answer = answers[path] ?? text(404, "nothing here");
    answer(response, request, nth);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: await listen(server), paths, requests };
}

/** Starts a server that does as it likes with each connection; it ends with the test. */
export async function startTcpServer(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}); // Clients go away: that is what is tested.
    onConnection(socket);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return listen(server);
}

/** Origin at which nobody listens any more. */
export async function findRefusingOrigin(): Promise<string> {
  const server = createTcpServer();
  const origin = await listen(server);
  server.close();
  await once(server, "close");
  return origin;
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server's address is of this kind.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers with a text. */
export function text(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, { "content-type": "text/plain", ...headers }).end(body);
}

/** Answers with JSON. */
export function json(value: unknown): Answer {
  return (response) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

/** Answers with a redirect. */
export function redirect(status: number, location: string): Answer {
  return (response) => response.writeHead(status, { location }).end();
}

/** Answers differently each time; the last answer stays. */
export function inTurn(...answers: readonly Answer[]): Answer {
  return (response, request, nth) => answers[Math.min(nth, answers.length) - 1]?.(response, request, nth);
}

/** Takes the request and says no more. */
export const silence: Answer = () => {};

/** Sends the headers and some bytes, and says no more. */
export const stall: Answer = (response) => {
  response.writeHead(200, { "content-type": "text/plain", "content-length": "1000" });
  response.write("the first words");
};

/** The smallest bytes that start and end as a JPEG. */
export const JPEG_BYTES: Uint8Array<ArrayBuffer> = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]);

/** A promise with its functions at hand. */
export function defer<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** What a promise rejects with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("Cannot take the rejection of a promise: it was fulfilled");
}

/** What a function throws. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("Cannot take what a function throws: it returned");
}
