/** The reason of an abort that a time limit caused. */
export interface Expiry {
  readonly expired: "attempt" | "total";
  readonly timeoutMs: number;
}

/** An abort signal with a time limit of its own, to be closed when what it watches has ended. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Settles as the promise does, or rejects with the abort's reason when that comes first. */
  race<T>(promise: Promise<T>): Promise<T>;
  close(): void;
}

/** Longest delay that timers keep; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Whether an abort's reason is a time limit of ours. */
export function isExpiry(reason: unknown): reason is Expiry {
  return typeof reason === "object" && reason !== null && "expired" in reason;
}

/** Follows a parent signal and adds a limit. */
export function createDeadline(
  parent: AbortSignal | undefined,
  expired: Expiry["expired"],
  timeoutMs: number,
): Deadline {
  const controller = new AbortController();
  const follow = (): void => controller.abort(parent?.reason);
  if (parent?.aborted) follow();
  else parent?.addEventListener("abort", follow, { once: true });
  const timer =
    timeoutMs <= MAX_TIMER_MS
      ? setTimeout(() => controller.abort({ expired, timeoutMs } satisfies Expiry), timeoutMs)
      : undefined;
  const { signal } = controller;
  return {
    signal,
    race: (promise) => raceAbort(promise, signal),
    close() {
      clearTimeout(timer);
      parent?.removeEventListener("abort", follow);
    },
  };
}

function raceAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => {}); // Its end is of no interest any more.
    return Promise.reject(signal.reason);
  }
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** Waits, or rejects with the signal's reason. */
export function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, delayMs);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
