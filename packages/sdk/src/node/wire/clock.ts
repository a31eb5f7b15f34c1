/** A wait with a limit, which is renewed at no cost worth mentioning. */
export interface Watch {
  /** Begins to wait anew. */
  start(timeoutMs: number): void;
  /** Says that something came: the wait begins anew. */
  touch(): void;
  /** Nothing is waited for. */
  rest(): void;
}

/** Watches over many waits with one timer. */
export interface Clock {
  /** A wait, which rests at first; `expire` is called with its limit, in ms, when that has passed. */
  watch(expire: (timeoutMs: number) => void): Watch;
}

/** Ticks within one wait: it ends between its limit and two ticks later. */
const TICKS_PER_WAIT = 20;
const MIN_TICK_MS = 1;
const MAX_TICK_MS = 1000;

/** A wait as the clock sees it. */
interface Wait {
  timeoutMs: number;
  waitedMs: number;
  isTouched: boolean;
  readonly expire: (timeoutMs: number) => void;
}

/**
 * A clock with one timer for all its waits, which runs while there are any.
 *
 * A timer of its own for each wait would have to be renewed at each piece of a body. A tick never counts for more than two, so that what a busy
 * or sleeping process has not read yet is not taken as missing.
 */
export function createClock(): Clock {
  const waits = new Set<Wait>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tickMs = MAX_TICK_MS;
  let lastTick = 0;

  function schedule(): void {
    timer = setTimeout(tick, tickMs);
    // Whatever is waited for keeps the process alive by itself.
    if (typeof timer === "object") timer.unref();
  }

  function tick(): void {
    const now = performance.now();
    const passedMs = Math.min(now - lastTick, 2 * tickMs);
    lastTick = now;
    tickMs = MAX_TICK_MS;
    const expired: Wait[] = [];
    for (const wait of waits) {
      wait.waitedMs = wait.isTouched ? 0 : wait.waitedMs + passedMs;
      wait.isTouched = false;
      if (wait.waitedMs >= wait.timeoutMs) expired.push(wait);
      else tickMs = Math.min(tickMs, tickOf(wait.timeoutMs));
    }
    for (const wait of expired) waits.delete(wait);
    timer = undefined;
    if (waits.size > 0) schedule();
    for (const wait of expired) wait.expire(wait.timeoutMs);
  }

  function add(wait: Wait): void {
    waits.add(wait);
    const wanted = tickOf(wait.timeoutMs);
    if (timer !== undefined && wanted >= tickMs) return;
    if (timer === undefined) lastTick = performance.now();
    clearTimeout(timer);
    tickMs = wanted;
    schedule();
  }

  return {
    watch(expire) {
      const wait: Wait = { timeoutMs: 0, waitedMs: 0, isTouched: false, expire };
      return {
        start(timeoutMs) {
          Object.assign(wait, { timeoutMs, waitedMs: 0, isTouched: true });
          add(wait);
        },
        touch() {
          wait.isTouched = true;
        },
        rest() {
          waits.delete(wait);
          if (waits.size > 0 || timer === undefined) return;
          clearTimeout(timer);
          timer = undefined;
        },
      };
    },
  };
}

function tickOf(timeoutMs: number): number {
  return Math.min(Math.max(timeoutMs / TICKS_PER_WAIT, MIN_TICK_MS), MAX_TICK_MS);
}
