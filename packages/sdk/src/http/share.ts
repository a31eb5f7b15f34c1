import { onAbort } from "./on-abort.ts";

/** Work under way. */
export interface Running<T> {
  readonly result: Promise<T>;
  /** Gives it up; the result rejects with the reason. */
  abort(reason: unknown): void;
}

interface Flight<T> extends Running<T> {
  listeners: number;
}

/**
 * Joins callers that ask for the same thing at the same time: the work is done once, and aborted when the last of them has
 * given up. Without a key a caller is alone.
 */
export type Sharing<T> = (
  key: string | undefined,
  start: () => Running<T>,
  signal: AbortSignal | undefined,
) => Promise<T>;

export function createSharing<T>(): Sharing<T> {
  const flights = new Map<string | undefined, Flight<T>>();

  function board(key: string | undefined, start: () => Running<T>): Flight<T> {
    const existing = flights.get(key);
    if (existing !== undefined) return existing;
    const flight: Flight<T> = { ...start(), listeners: 0 };
    if (key === undefined) return flight;
    flights.set(key, flight);
    const land = (): void => remove(key, flight);
    flight.result.then(land, land);
    return flight;
  }

  function remove(key: string | undefined, flight: Flight<T>): void {
    if (flights.get(key) === flight) flights.delete(key);
  }

  return (key, start, signal) => {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const flight = board(key, start);
    flight.listeners += 1;
    if (signal === undefined) return flight.result;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        flight.listeners -= 1;
        if (flight.listeners === 0) {
          // A later caller must not join what is being torn down.
          remove(key, flight);
          flight.abort(signal.reason);
        }
        reject(signal.reason);
      };
      const stop = onAbort(signal, leave);
      flight.result.then(resolve, reject).finally(stop);
    });
  };
}
