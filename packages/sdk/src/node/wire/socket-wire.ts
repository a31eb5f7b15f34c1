import { Buffer } from "node:buffer";
import { createSecureContext } from "node:tls";
import { checkCount } from "../../check.ts";
import { createClock } from "./clock.ts";
import { Exchange } from "./exchange.ts";
import { followRedirects, type SendHop } from "./follow.ts";
import { Pools } from "./pools.ts";
import type { Wire } from "./wire.ts";
import { WireFault } from "./wire-fault.ts";

/** How a wire of own connections works. */
export interface SocketWireOptions {
  /**
   * Requests that one connection may carry at once, the next sent before the answer to the first is complete; 1 sends none ahead.
   * @default 1
   */
  readonly pipelining?: number | undefined;
  /**
   * Longest head of an answer, in bytes.
   * @default 65536
   */
  readonly maxHeadBytes?: number | undefined;
  /**
   * Certificates that are trusted instead of the well-known ones, in PEM.
   * @default those of Node
   */
  readonly ca?: string | Uint8Array | undefined;
}

const DEFAULT_HEAD_BYTES = 65_536;

/**
 * A wire that speaks HTTP/1.1 over sockets of its own, at a fraction of what `fetch` costs.
 *
 * Connections are kept and used again. With `pipelining`, a request is sent ahead on a connection that has answered one before, where no other is free
 * and what stands before it is short. After a connection ended with requests unanswered behind, or brought what nobody asked for, none are sent
 * ahead to its origin any more.
 *
 * Bytes behind the end of an answer are told as long as nothing else was asked on its connection: the answer fails then, as it may be cut. Behind a
 * request that was sent ahead they cannot be told from its answer.
 *
 * @throws {RangeError} If an option is out of range.
 * @example const wire = createSocketWire({ pipelining: 2 })
 */
export function createSocketWire(options: SocketWireOptions = {}): Wire {
  const pipelining = checkCount("pipelining", options.pipelining ?? 1, 1);
  const maxHeadBytes = checkCount("maxHeadBytes", options.maxHeadBytes ?? DEFAULT_HEAD_BYTES, 1);
  const secure =
    options.ca === undefined ? {} : { secureContext: createSecureContext({ ca: Buffer.from(options.ca) }) };
  const pools = new Pools({ clock: createClock(), maxHeadBytes, secure }, pipelining);
  let isClosed = false;
  const closed = (): WireFault => new WireFault("its connections were closed");

  const send: SendHop = (ask, open) => {
    const exchange = new Exchange(ask, open);
    if (isClosed) exchange.failConnection(closed());
    else pools.of(ask.target.origin).submit(exchange);
    return exchange.done;
  };

  return {
    get: (ask, open) => followRedirects(ask, open, send),
    limit: (count, origin) => pools.limit(checkCount("connections", count, 1), origin),
    unlimit: (origin) => pools.unlimit(origin),
    capacity: (count, origin) => count * pools.pipelining(origin),
    close() {
      isClosed = true;
      pools.close(closed());
    },
  };
}
