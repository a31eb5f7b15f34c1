/** Those who wait for the abort of a signal, and what calls them. */
interface Waiting {
  readonly listeners: Set<() => void>;
  readonly wake: () => void;
}

/** Weak: a signal that nobody holds takes its entry along. */
const waitingFor = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls the listener once when the signal is aborted; the function returned takes it back.
 *
 * However many wait for it, the signal has one listener of ours: Node warns of a leak when a signal has more than ten, and a program with
 * one signal may well have hundreds of requests under way.
 *
 * @param signal One that is not aborted yet.
 * @param listener A function of the caller's own: the same one is called once, however often it is given.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const waiting = waitingFor.get(signal) ?? listen(signal);
  waiting.listeners.add(listener);
  return () => {
    waiting.listeners.delete(listener);
    if (waiting.listeners.size > 0 || waitingFor.get(signal) !== waiting) return;
    waitingFor.delete(signal);
    signal.removeEventListener("abort", waiting.wake);
  };
}

function listen(signal: AbortSignal): Waiting {
  const listeners = new Set<() => void>();
  const wake = (): void => {
    waitingFor.delete(signal);
    for (const listener of listeners) listener();
  };
  const waiting = { listeners, wake };
  waitingFor.set(signal, waiting);
  signal.addEventListener("abort", wake, { once: true });
  return waiting;
}
