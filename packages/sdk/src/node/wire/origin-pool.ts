import type { Clock } from "./clock.ts";
import { Connection } from "./connection.ts";
import type { ConnectionOwner } from "./connection-owner.ts";
import type { Exchange } from "./exchange.ts";
import type { SecureOptions } from "./open-socket.ts";
import { blend } from "./speed.ts";
import type { Target } from "./target.ts";
import { WireFault } from "./wire-fault.ts";

/** What all connections of a wire have in common. */
export interface PoolSettings {
  readonly clock: Clock;
  readonly maxHeadBytes: number;
  readonly secure: SecureOptions;
  /** Most connections to an origin. */
  limit(origin: string): number;
  /** Is told before a connection is opened. */
  onConnect(): void;
}

/** The connections to one origin, and the requests that wait for one, in order. */
export class OriginPool implements ConnectionOwner {
  readonly clock: Clock;
  readonly maxHeadBytes: number;
  readonly secure: SecureOptions;
  /** Requests that one connection may carry at once. */
  pipelining: number;
  readonly #origin: string;
  readonly #settings: PoolSettings;
  readonly #connections = new Set<Connection>();
  readonly #waiting: Exchange[] = [];
  #meanBodyBytes: number | undefined;
  #isClosed = false;

  constructor(origin: string, settings: PoolSettings, pipelining: number) {
    this.#origin = origin;
    this.#settings = settings;
    this.clock = settings.clock;
    this.maxHeadBytes = settings.maxHeadBytes;
    this.secure = settings.secure;
    this.pipelining = pipelining;
  }

  /** Whether nothing is open, and nobody waits. */
  get isEmpty(): boolean {
    return this.#connections.size + this.#waiting.length === 0;
  }

  /** Connections on which nothing is under way. */
  get idle(): readonly Connection[] {
    return [...this.#connections].filter(({ load }) => load === 0);
  }

  get #limit(): number {
    return this.#settings.limit(this.#origin);
  }

  submit(exchange: Exchange): void {
    exchange.onAbort = (aborted) => this.#forget(aborted);
    this.#waiting.push(exchange);
    this.onRoom();
  }

  /** Closes idle connections that are more than the limit, and gives the requests that wait to those that have room. */
  onRoom(): void {
    if (this.#connections.size > this.#limit) this.#trim();
    while (!this.#isClosed) {
      const [next] = this.#waiting;
      const connection = next && this.#findPlace(next);
      if (next === undefined || connection === undefined) break;
      this.#waiting.shift();
      connection.send(next);
    }
  }

  onBody(sizeBytes: number): void {
    this.#meanBodyBytes = blend(this.#meanBodyBytes, sizeBytes);
  }

  onEnd(connection: Connection, unanswered: readonly Exchange[], isRefusal: boolean): void {
    this.#connections.delete(connection);
    if (isRefusal) this.pipelining = 1;
    for (const exchange of unanswered) exchange.onAbort = (aborted) => this.#forget(aborted);
    this.#waiting.unshift(...unanswered);
    // Later, as one signal may be ending many requests at this moment: none of them needs a new connection.
    queueMicrotask(() => this.onRoom());
  }

  close(cause: WireFault): void {
    this.#isClosed = true;
    for (const connection of [...this.#connections]) connection.destroy(cause, true);
    for (const exchange of this.#waiting.splice(0)) exchange.failConnection(cause);
  }

  #trim(): void {
    for (const connection of this.idle) {
      if (this.#connections.size <= this.#limit) return;
      connection.destroy(new WireFault("the connection is one too many"), true);
    }
  }

  #forget(exchange: Exchange): void {
    const index = this.#waiting.indexOf(exchange);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  #findPlace(exchange: Exchange): Connection | undefined {
    const idle = this.#findIdle();
    if (idle !== undefined && !exchange.needsFresh) return idle;
    const limit = this.#limit;
    if (idle !== undefined && this.#connections.size >= limit) {
      idle.destroy(new WireFault("a fresh connection takes its place"), true);
    }
    if (this.#connections.size < limit) return this.#connect(exchange.ask.target);
    return exchange.needsFresh ? undefined : this.#findPlaceBehind();
  }

  #findIdle(): Connection | undefined {
    for (const connection of this.#connections) if (connection.load === 0) return connection;
    return undefined;
  }

  #connect(target: Target): Connection {
    this.#settings.onConnect();
    const connection = new Connection(target, this);
    this.#connections.add(connection);
    return connection;
  }

  /** The connection whose answers under way are the likeliest to end within the time that a request takes to be answered. */
  #findPlaceBehind(): Connection | undefined {
    let found: Connection | undefined;
    let leastBytes = Number.POSITIVE_INFINITY;
    if (this.pipelining < 2 || this.#connections.size > this.#limit) return undefined;
    for (const connection of this.#connections) {
      const bytes = this.#bytesBefore(connection);
      if (bytes > connection.speed.bytesInFlight || bytes >= leastBytes) continue;
      found = connection;
      leastBytes = bytes;
    }
    return found;
  }

  #bytesBefore(connection: Connection): number {
    const { load, isPersistent, answered, isBegun, isClosing, hasUnread, remainingBytes } = connection;
    const mayTake = isPersistent && answered > 0 && !isClosing && !hasUnread && load < this.pipelining;
    const current = isBegun ? remainingBytes : this.#meanBodyBytes;
    if (!mayTake || current === undefined) return Number.POSITIVE_INFINITY;
    return current + (load - 1) * (this.#meanBodyBytes ?? 0);
  }
}
