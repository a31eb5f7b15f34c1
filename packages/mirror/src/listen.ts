import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Mirror } from "./mirror.ts";
import { formatError, MEDIA_TYPES } from "./rma/format-answer.ts";
import { OPEN_HEADERS, RETRY_AFTER_S, SOURCE_HEADER } from "./routes/refuse.ts";
import { createUnsentGauge } from "./unsent.ts";

/** Fields of a request by which something else than the whole is asked for, or nothing at all. */
const CONDITIONS = ["range", "if-none-match", "if-modified-since", "if-match", "if-unmodified-since"];

/** Where a mirror listens. */
export interface ListenOptions {
  /**
   * Port; 0 takes any that is free.
   * @default 0
   */
  port?: number | undefined;
  /**
   * Address of an interface; the default is reached from this machine alone.
   * @default "127.0.0.1"
   */
  host?: string | undefined;
  /**
   * Bytes that were answered and that clients have not taken yet, all together; beyond it the next are told to ask again later (503).
   * @default 67108864
   */
  maxUnsentBytes?: number | undefined;
}

/** What is put on a port: a mirror, or whatever answers as one. */
export type Served = Pick<Mirror, "fetch"> & Partial<Pick<Mirror, "tile">>;

/** A mirror on a port. */
export interface Listening {
  /** Origin to give to clients as their base URL. */
  readonly url: string;
  readonly port: number;
  /** Stops taking connections and ends the ones that are open. */
  close(): Promise<void>;
}

/** How long the service keeps a connection open (reference §10). */
const KEEP_ALIVE_MS = 15_000;
/** Limits against clients that send slowly or without end. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const MAX_HEADER_BYTES = 16 * 1024;
const DEFAULT_MAX_UNSENT_BYTES = 64 * 1024 * 1024;
/** How long a connection may rest in the middle of an answer. */
const IDLE_MS = 60_000;

/**
 * Puts a mirror on a port.
 *
 * @throws {Error} If the port is taken or may not be used, with the system's `code`.
 */
export function listen(mirror: Served, options: ListenOptions = {}): Promise<Listening> {
  const { port = 0, host = "127.0.0.1", maxUnsentBytes = DEFAULT_MAX_UNSENT_BYTES } = options;
  const unsent = createUnsentGauge(maxUnsentBytes);
  const answer = getRequestListener((request) => mirror.fetch(request), { hostname: host });
  const limits = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  const server = createServer(limits, (request, response) => {
    if (unsent.isFull()) return refuseNow(response);
    const isTile = giveTile(mirror, request, response);
    // A tile that the system took at once is not waited for.
    if (!isTile || response.socket?.writableLength !== 0) unsent.follow(response);
    if (!isTile) answer(request, response);
  });
  server.timeout = IDLE_MS;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(describe(server));
    });
  });
}

function describe(server: Server): Listening {
  const { address, port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return {
    url: `http://${isIPv6(address) ? `[${address}]` : address}:${port}`,
    port,
    close: () =>
      new Promise((done, fail) => {
        server.close((error) => (error === undefined ? done() : fail(error)));
        server.closeAllConnections();
      }),
  };
}

/** Says in a few bytes that there is no room for more. */
function refuseNow(response: ServerResponse): void {
  const message = "Cannot take this on now: too much waits to be taken by its clients; ask again in a while";
  const body = formatError(message, "json");
  response.writeHead(503, {
    ...OPEN_HEADERS,
    "content-length": Buffer.byteLength(body),
    "content-type": MEDIA_TYPES.json,
    "retry-after": RETRY_AFTER_S,
    [SOURCE_HEADER]: "refused",
  });
  response.end(body);
}

/** Gives a stored tile without the way through the router; whether it did. */
function giveTile(mirror: Served, request: IncomingMessage, response: ServerResponse): boolean {
  const { method, url, headers } = request;
  if (method !== "GET" || url === undefined || CONDITIONS.some((name) => headers[name] !== undefined)) return false;
  const tile = tileOf(mirror, url);
  if (tile === undefined) return false;
  response.writeHead(200, tile.headers);
  response.end(tile.body);
  return true;
}

function tileOf(mirror: Served, url: string): ReturnType<Mirror["tile"]> {
  try {
    return mirror.tile?.(url);
  } catch {
    return undefined; // The router meets the same, and says it.
  }
}
