import { setImmediate } from "node:timers/promises";

/** How long others wait for their turn, in ms. */
const TURN_MS = 12;

/**
 * Makes a function for long loops to call and await now and then: it lets others have their turn once some time has gone by.
 *
 * @example await createTurns()() // → undefined
 */
export function createTurns(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
