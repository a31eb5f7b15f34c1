import { setImmediate } from "node:timers/promises";

/** How long others wait for their turn, in ms. */
const TURN_MS = 12;

/** Lets others have their turn, if it is time. */
export type Turn = () => Promise<void> | undefined;

/**
 * Makes a function for long loops to call and await now and then: it lets others have their turn once some time has gone by, and ends
 * the work when nobody wants it any more.
 *
 * @throws {unknown} The signal's reason, from the function that is made.
 * @example await createTurns()() // → undefined
 */
export function createTurns(signal?: AbortSignal): Turn {
  let since = performance.now();
  return () => {
    signal?.throwIfAborted();
    if (performance.now() - since < TURN_MS) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
