import { onAbort } from "../../http/on-abort.ts";
import { Pace } from "./pace.ts";

/** What a gate needs of its run. */
export interface GateTools {
  readonly concurrency: number;
  /** Connections that it begins with. */
  readonly firstConnections: number;
  /** Requests that make full use of so many connections. */
  readonly capacityOf: (connections: number) => number;
  /** Longest time that the origin is left alone, in ms, whatever it asks for. */
  readonly maxHoldMs: number;
  readonly nowMs: () => number;
  /** Is told when the connections that are allowed may be others. */
  readonly onChange: () => void;
}

/** Longest time that a timer takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Lets requests to one origin through: as many at once as it bears, and none before the time that it asked for. */
export class OriginGate {
  readonly #tools: GateTools;
  readonly #pace: Pace;
  #active = 0;
  #waiting: (() => void)[] = [];
  #openMs = 0;
  #closedUntilMs = 0;
  /** Whether the origin asked for longer than it is left alone, and has answered nothing well since. */
  #isWarned = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(tools: GateTools) {
    this.#tools = tools;
    this.#pace = new Pace(tools.concurrency, tools.firstConnections, tools.nowMs());
  }

  get connections(): number {
    return this.#pace.connections;
  }

  /** Whether nobody is within, waits, or has to be kept waiting. */
  get isIdle(): boolean {
    return this.#active === 0 && this.#waiting.length === 0 && this.#heldMs + this.closedMs === 0;
  }

  /** How long the origin is not to be asked at all, in ms: all are let through, to be told so. */
  get closedMs(): number {
    return Math.max(0, this.#closedUntilMs - this.#tools.nowMs());
  }

  /** How long nobody is let through, in ms. */
  get #heldMs(): number {
    return Math.max(0, this.#openMs - this.#tools.nowMs());
  }

  /** Waits for a place; it is left by `leave()`. Rejects with the signal's reason. */
  async enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#waiting.length === 0 && this.#hasPlace(this.#heldMs)) {
      this.#active += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const release = onAbort(signal, () => {
        this.#waiting = this.#waiting.filter((each) => each !== pass);
        reject(signal.reason);
      });
      const pass = (): void => {
        release();
        resolve();
      };
      this.#waiting.push(pass);
      this.#letIn();
    });
  }

  received(bytes: number): void {
    this.#pace.received(bytes, this.#tools.nowMs());
  }

  /** Gives the place to the next. */
  leave(): void {
    this.#active -= 1;
    this.#letIn();
  }

  /** The request that leaves was answered well. */
  answered(): void {
    this.#isWarned = false;
    this.#pace.answered(this.#waiting.length > 0, this.#tools.nowMs());
    this.#tools.onChange();
  }

  /** The server gave a sign of overload to a request that was sent at `sentMs`. */
  troubled(sentMs: number): void {
    this.#pace.troubled(sentMs, this.#tools.nowMs());
    this.#tools.onChange();
  }

  /**
   * Lets nobody through for the time that the origin asked for, or for the longest that it is left alone. One that asks for longer, is left alone,
   * and asks so again at once is not asked any more: a single file may do so as well, whose others are answered.
   */
  hold(delayMs: number): void {
    const { maxHoldMs, nowMs } = this.#tools;
    const now = nowMs();
    if (delayMs > maxHoldMs) {
      if (this.#isWarned && now >= this.#openMs) this.#closedUntilMs = now + delayMs;
      this.#isWarned = true;
    }
    this.#openMs = Math.max(this.#openMs, now + Math.min(delayMs, maxHoldMs));
    this.#letIn();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #hasPlace(heldMs: number): boolean {
    if (this.closedMs > 0) return true;
    return heldMs === 0 && this.#active < this.#tools.capacityOf(this.#pace.connections);
  }

  #letIn(): void {
    // Looked at once: should the time come between two looks at the clock, nobody would be let in, and no timer set.
    const heldMs = this.#heldMs;
    while (this.#waiting.length > 0 && this.#hasPlace(heldMs)) {
      this.#active += 1;
      this.#waiting.shift()?.();
    }
    clearTimeout(this.#timer);
    if (this.#waiting.length > 0 && heldMs > 0)
      this.#timer = setTimeout(() => this.#letIn(), Math.min(heldMs, MAX_TIMER_MS));
  }
}
