import { Buffer } from "node:buffer";
import { createSecureContext } from "node:tls";
import { checkCount } from "../../check.ts";
import { createClock } from "./clock.ts";
import { Exchange } from "./exchange.ts";
import { followRedirects, type SendHop } from "./follow.ts";
import { OriginPool } from "./origin-pool.ts";
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
/** Connections to one origin until `limit()` says otherwise. */
const DEFAULT_CONNECTIONS = 8;

/**
 * A wire that speaks HTTP/1.1 over sockets of its own, at a fraction of what `fetch` costs.
 *
 * Connections are kept and used again. With `pipelining`, a request is sent ahead on a connection that has answered one before, where no other is free
 * and what stands before it is short. After a connection ended with requests unanswered behind, none are sent ahead to its origin any more.
 *
 * @throws {RangeError} If an option is out of range.
 * @example const wire = createSocketWire({ pipelining: 2 })
 */
export function createSocketWire(options: SocketWireOptions = {}): Wire {
  const pipelining = checkCount("pipelining", options.pipelining ?? 1, 1);
  const maxHeadBytes = checkCount("maxHeadBytes", options.maxHeadBytes ?? DEFAULT_HEAD_BYTES, 1);
  const pools = new Map<string, OriginPool>();
  let connections = DEFAULT_CONNECTIONS;
  let isClosed = false;
  const closed = (): WireFault => new WireFault("its connections were closed");
  const settings = {
    clock: createClock(),
    maxHeadBytes,
    secure: options.ca === undefined ? {} : { secureContext: createSecureContext({ ca: Buffer.from(options.ca) }) },
    limit: () => connections,
  };

  function poolOf(origin: string): OriginPool {
    const pool = pools.get(origin) ?? new OriginPool(settings, pipelining);
    pools.set(origin, pool);
    return pool;
  }

  const send: SendHop = (ask, open) => {
    const exchange = new Exchange(ask, open);
    if (isClosed) exchange.failConnection(closed());
    else poolOf(ask.target.origin).submit(exchange);
    return exchange.done;
  };

  return {
    get: (ask, open) => followRedirects(ask, open, send),
    limit(count) {
      connections = checkCount("connections", count, 1);
      for (const pool of pools.values()) pool.onRoom();
    },
    capacity(count) {
      const deepest = Math.max(...[...pools.values()].map((pool) => pool.pipelining));
      return count * (pools.size === 0 ? pipelining : deepest);
    },
    close() {
      isClosed = true;
      for (const pool of pools.values()) pool.close(closed());
      pools.clear();
    },
  };
}
