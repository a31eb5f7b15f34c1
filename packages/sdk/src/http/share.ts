interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  listeners: number;
}

/**
 * Joins callers that ask for the same thing at the same time: the work is done once, and aborted when the last of them has
 * given up.
 */
export function createSharing<T>(): (
  key: string,
  start: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
) => Promise<T> {
  const flights = new Map<string, Flight<T>>();

  function board(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const existing = flights.get(key);
    if (existing !== undefined) return existing;
    const controller = new AbortController();
    const flight: Flight<T> = { result: start(controller.signal), controller, listeners: 0 };
    flights.set(key, flight);
    const land = (): void => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.result.then(land, land);
    return flight;
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
          if (flights.get(key) === flight) flights.delete(key);
          flight.controller.abort(signal.reason);
        }
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      flight.result.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
    });
  };
}
