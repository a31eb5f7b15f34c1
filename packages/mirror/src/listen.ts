import { type AddressInfo, isIPv6 } from "node:net";
import { serve } from "@hono/node-server";
import type { Mirror } from "./mirror.ts";

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
}

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

/**
 * Puts a mirror on a port.
 *
 * @throws {Error} If the port is taken or may not be used, with the system's `code`.
 */
export function listen(mirror: Mirror, { port = 0, host = "127.0.0.1" }: ListenOptions = {}): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: (request: Request) => mirror.fetch(request),
        port,
        hostname: host,
        serverOptions: {
          keepAliveTimeout: KEEP_ALIVE_MS,
          requestTimeout: REQUEST_TIMEOUT_MS,
          headersTimeout: HEADERS_TIMEOUT_MS,
          maxHeaderSize: MAX_HEADER_BYTES,
        },
      },
      (address: AddressInfo) => {
        server.off("error", reject);
        const name = isIPv6(address.address) ? `[${address.address}]` : address.address;
        resolve({
          url: `http://${name}:${address.port}`,
          port: address.port,
          close: () =>
            new Promise((done, fail) => {
              server.close((error) => (error === undefined ? done() : fail(error)));
              if ("closeAllConnections" in server) server.closeAllConnections();
            }),
        });
      },
    );
    server.once("error", reject);
  });
}
