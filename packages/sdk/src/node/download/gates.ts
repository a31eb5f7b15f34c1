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
  #connections = 0;

  constructor(settings: DownloadLimits, { wire, nowMs }: { readonly wire: Wire; readonly nowMs: () => number }) {
    this.#settings = settings;
    this.#wire = wire;
    this.#nowMs = nowMs;
  }

  /** The most connections that an origin is allowed at present; 0 before the first. */
  get connections(): number {
    return Math.max(0, ...[...this.#gates.values()].map((gate) => gate.connections));
  }

  of(origin: string): OriginGate {
    const known = this.#gates.get(origin);
    if (known !== undefined) return known;
    this.#forgetIdle();
    const gate = new OriginGate({
      concurrency: this.#settings.concurrency,
      firstConnections: this.#settings.firstConnections,
      maxHoldMs: this.#settings.limits.maxBackoffMs,
      capacityOf: (connections) => this.#wire.capacity(connections),
      nowMs: this.#nowMs,
      onChange: () => this.#limit(),
    });
    this.#gates.set(origin, gate);
    this.#limit();
    return gate;
  }

  close(): void {
    for (const gate of this.#gates.values()) gate.close();
  }

  #limit(): void {
    const { connections } = this;
    if (connections === this.#connections) return;
    this.#connections = connections;
    this.#wire.limit(connections);
  }

  #forgetIdle(): void {
    if (this.#gates.size < MAX_IDLE) return;
    for (const [origin, gate] of this.#gates) if (gate.isIdle) this.#gates.delete(origin);
  }
}
