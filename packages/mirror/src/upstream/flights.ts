import { heed } from "../heed.ts";

/** Work that is under way for all who ask for the same. */
export interface Flight<T> {
  /** What they wait for; the work may go on after it. */
  readonly outcome: Promise<T>;
  /** Settles when the work has ended; never rejects. */
  readonly ended: Promise<void>;
  /** Whether the work is worth ending when nobody needs it any more. */
  isWorthEnding(): boolean;
  /** Frees what the outcome holds: called once, when the work has ended and nobody needs it any more. */
  dispose(): void;
}

/** The part of one who asks in a flight. */
export interface Ticket<T> {
  readonly outcome: T;
  /** Says that it is needed no more; more than once counts once. */
  release(): void;
}

/** Flights by what is asked. */
export interface Flights<T> {
  /**
   * Takes part in the flight of a key, which is started if there is none.
   *
   * @param start Its signal aborts when nobody takes part any more.
   * @param signal Ends the wait.
   */
  join(key: string, start: (unwanted: AbortSignal) => Flight<T>, signal: AbortSignal): Promise<Ticket<T>>;
  /** Whether there is a flight of a key. */
  has(key: string): boolean;
}

interface UnderWay<T> {
  readonly flight: Flight<T>;
  readonly unwanted: AbortController;
  takers: number;
  hasOutcome: boolean;
  hasEnded: boolean;
}

export function createFlights<T>(): Flights<T> {
  const underWay = new Map<string, UnderWay<T>>();

  function begin(key: string, start: (unwanted: AbortSignal) => Flight<T>): UnderWay<T> {
    const unwanted = new AbortController();
    const flight = start(unwanted.signal);
    const begun: UnderWay<T> = { flight, unwanted, takers: 0, hasOutcome: false, hasEnded: false };
    underWay.set(key, begun);
    flight.outcome.then(
      () => {
        begun.hasOutcome = true;
      },
      () => {},
    );
    void flight.ended.then(() => {
      begun.hasEnded = true;
      forget(key, begun);
      if (begun.takers === 0) flight.dispose();
    });
    return begun;
  }

  function forget(key: string, begun: UnderWay<T>): void {
    if (underWay.get(key) === begun) underWay.delete(key);
  }

  function leave(key: string, begun: UnderWay<T>): void {
    begun.takers -= 1;
    if (begun.takers > 0) return;
    if (begun.hasEnded) begun.flight.dispose();
    if (begun.hasEnded || (begun.hasOutcome && begun.flight.isWorthEnding())) return;
    // Who comes now begins anew.
    forget(key, begun);
    begun.unwanted.abort();
  }

  return {
    has: (key) => underWay.has(key),
    async join(key, start, signal) {
      signal.throwIfAborted();
      const begun = underWay.get(key) ?? begin(key, start);
      begun.takers += 1;
      let hasLeft = false;
      const release = (): void => {
        if (!hasLeft) leave(key, begun);
        hasLeft = true;
      };
      try {
        return { outcome: await heed(begun.flight.outcome, signal), release };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}
