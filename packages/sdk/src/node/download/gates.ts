import type { Wire } from "../wire/wire.ts";
import { OriginGate } from "./origin-gate.ts";
import type { DownloadLimits } from "./settings.ts";

/** Origins that are remembered when nothing is asked of them. */
const MAX_IDLE = 64;

/** The gates of a run, one for each origin. */
export class Gates {
  readonly #settings: DownloadLimits;
  readonly #wire: Wire;
  readonly #nowMs: () => number;
  readonly #gates = new Map<string, OriginGate>();
  /** The most connections that the wire was told of, and those of each origin. */
  #told = 0;
  readonly #toldOf = new Map<string, number>();

  constructor(settings: DownloadLimits, { wire, nowMs }: { readonly wire: Wire; readonly nowMs: () => number }) {
    this.#settings = settings;
    this.#wire = wire;
    this.#nowMs = nowMs;
  }

  /** The most connections that an origin is allowed at present; 0 before the first. */
  get connections(): number {
    let most = 0;
    for (const gate of this.#gates.values()) most = Math.max(most, gate.connections);
    return most;
  }

  of(origin: string): OriginGate {
    const known = this.#gates.get(origin);
    if (known !== undefined) return known;
    this.#forgetIdle();
    const gate = new OriginGate({
      concurrency: this.#settings.concurrency,
      firstConnections: this.#settings.firstConnections,
      maxHoldMs: this.#settings.limits.maxBackoffMs,
      capacityOf: (connections) => this.#wire.capacity(connections, origin),
      nowMs: this.#nowMs,
      onChange: () => this.#limit(origin, gate.connections),
    });
    this.#gates.set(origin, gate);
    this.#limit(origin, gate.connections);
    return gate;
  }

  close(): void {
    for (const gate of this.#gates.values()) gate.close();
  }

  /** Tells the wire of an origin's connections; those of an origin that only redirects lead to are as many as the most. */
  #limit(origin: string, connections: number): void {
    if (this.#toldOf.get(origin) === connections) return;
    this.#toldOf.set(origin, connections);
    this.#wire.limit(connections, origin);
    const most = this.connections;
    if (most === this.#told) return;
    this.#told = most;
    this.#wire.limit(most);
  }

  #forgetIdle(): void {
    if (this.#gates.size < MAX_IDLE) return;
    for (const [origin, gate] of this.#gates) {
      if (!gate.isIdle) continue;
      this.#gates.delete(origin);
      this.#toldOf.delete(origin);
      this.#wire.unlimit(origin);
    }
  }
}
