import type { TimeoutScope } from "../errors.ts";

/** The reason of an abort that a time limit caused. */
export class Expiry {
  readonly expired: TimeoutScope;
  readonly timeoutMs: number;

  constructor(expired: TimeoutScope, timeoutMs: number) {
    this.expired = expired;
    this.timeoutMs = timeoutMs;
  }
}

/** Longest delay that timers keep; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

type Listener = (reason: unknown) => void;

/**
 * An abort with a time limit of its own, to be closed when what it watches has ended.
 *
 * A request needs several of these, and only `fetch` a real `AbortSignal`, which costs more than all the rest together: it
 * is made where it is asked for.
 */
export class Deadline {
  #aborted = false;
  #reason: unknown;
  readonly #listeners = new Set<Listener>();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #unfollow: (() => void) | undefined;

  /** Follows a parent and adds a limit. */
  constructor(parent: Deadline | undefined, expired: TimeoutScope, timeoutMs: number) {
    const expire = (): void => this.abort(new Expiry(expired, timeoutMs));
    this.#timer = timeoutMs <= MAX_TIMER_MS ? setTimeout(expire, timeoutMs) : undefined;
    this.#unfollow = parent?.onAbort((reason) => this.abort(reason));
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  /** What it was aborted with. */
  get reason(): unknown {
    return this.#reason;
  }

  /** Ends it; a second time does nothing. */
  abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    for (const listener of this.#listeners) listener(reason);
    this.close();
  }

  /** Calls the listener once, at once if the abort has been; the function returned takes it back. */
  onAbort(listener: Listener): () => void {
    if (this.#aborted) listener(this.#reason);
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A signal for `fetch`. */
  toSignal(): AbortSignal {
    const controller = new AbortController();
    this.onAbort((reason) => controller.abort(reason));
    return controller.signal;
  }

  /** Settles as the promise does, or rejects with the abort's reason when that comes first. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = this.onAbort(reject);
      promise.then(resolve, reject).finally(stop);
    });
  }

  /** Waits, or rejects with the abort's reason. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          stop();
          resolve();
        },
        Math.min(delayMs, MAX_TIMER_MS),
      );
      const stop = this.onAbort((reason) => {
        clearTimeout(timer);
        reject(reason);
      });
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#unfollow?.();
  }
}
