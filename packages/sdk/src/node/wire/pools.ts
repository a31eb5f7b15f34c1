import type { Connection } from "./connection.ts";
import { OriginPool, type PoolSettings } from "./origin-pool.ts";
import { WireFault } from "./wire-fault.ts";

/** Connections that are kept without a request, over all origins, unless more are allowed to one of them. */
const MIN_IDLE = 32;
/** Origins that are remembered when nothing is open to them. */
const MAX_EMPTY = 64;
/** Connections to one origin until it is said otherwise. */
const DEFAULT_CONNECTIONS = 8;

/** The pools of all origins: bounded together, since redirects may lead to any number of them. */
export class Pools {
  readonly #settings: PoolSettings;
  readonly #pipelining: number;
  /** By origin; the one that was asked for last stands last. */
  readonly #pools = new Map<string, OriginPool>();
  /** Of origins that have a number of connections of their own. */
  readonly #limits = new Map<string, number>();
  #limit = DEFAULT_CONNECTIONS;

  constructor(settings: Omit<PoolSettings, "limit" | "onConnect">, pipelining: number) {
    this.#pipelining = pipelining;
    this.#settings = {
      ...settings,
      limit: (origin) => this.#limits.get(origin) ?? this.#limit,
      onConnect: () => this.#endIdle(),
    };
  }

  of(origin: string): OriginPool {
    let pool = this.#pools.get(origin);
    if (pool === undefined) {
      this.#forgetEmpty();
      pool = new OriginPool(origin, this.#settings, this.#pipelining);
    }
    this.#pools.delete(origin);
    this.#pools.set(origin, pool);
    return pool;
  }

  /** Sets the number of connections to an origin, or to each that has none of its own. */
  limit(connections: number, origin: string | undefined): void {
    if (origin === undefined) this.#limit = connections;
    else this.#limits.set(origin, connections);
    for (const [each, pool] of this.#pools) if ((origin ?? each) === each) pool.onRoom();
  }

  unlimit(origin: string): void {
    this.#limits.delete(origin);
  }

  /** Requests that one connection to an origin may carry at once. */
  pipelining(origin: string | undefined): number {
    const pool = origin === undefined ? undefined : this.#pools.get(origin);
    return pool?.pipelining ?? this.#pipelining;
  }

  close(cause: WireFault): void {
    for (const pool of this.#pools.values()) pool.close(cause);
    this.#pools.clear();
  }

  #forgetEmpty(): void {
    if (this.#pools.size < MAX_EMPTY) return;
    for (const [origin, pool] of this.#pools) if (pool.isEmpty) this.#pools.delete(origin);
  }

  /** Ends idle connections that are too many, those first that have not been asked for the longest time. */
  #endIdle(): void {
    if (this.#pools.size < 2) return;
    const idle: Connection[] = [];
    for (const pool of this.#pools.values()) idle.push(...pool.idle);
    const surplus = Math.max(0, idle.length + 1 - Math.max(MIN_IDLE, this.#limit, ...this.#limits.values()));
    for (const connection of idle.slice(0, surplus)) {
      connection.destroy(new WireFault("the connection is one too many"), true);
    }
  }
}
