import { UpstreamError } from "./upstream-error.ts";

/** Leaves a service alone for a while that fails, so that its clients need not wait to hear it again. */
export interface Circuit {
  /** @throws {UpstreamError} If the service is to be left alone now. */
  check(): void;
  succeed(): void;
  /**
   * Takes note of a failure.
   *
   * @param startedAtMs When the request was sent: what was sent before a pause began tells nothing new.
   * @returns How long the service is left alone from now, in ms; 0 if it is not.
   */
  fail(error: UpstreamError, startedAtMs: number): number;
}

const FIRST_PAUSE_MS = 5000;
const MAX_PAUSE_MS = 60_000;
/** Longest pause that a service may ask for, in ms. */
const MAX_ASKED_PAUSE_MS = 3_600_000;
/** Connections that fail one after the other that count as a failure of the service. */
const FAILED_CONNECTIONS = 3;

/** Makes a circuit: pauses of 5 s, doubled to a minute at most; what the service asks for by `Retry-After` counts if it is longer. */
export function createCircuit(now: () => number): Circuit {
  let pauseMs = 0;
  let pausedAtMs = Number.NEGATIVE_INFINITY;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let failedConnections = 0;
  let reason = "";
  return {
    check() {
      const leftMs = pausedUntilMs - now();
      if (leftMs <= 0) return;
      const words = `${reason}, and is not asked again for ${Math.ceil(leftMs / 1000)} s`;
      throw new UpstreamError(words, { reach: "service", status: 503, retryAfterMs: leftMs });
    },
    succeed() {
      pauseMs = 0;
      failedConnections = 0;
    },
    fail(error, startedAtMs) {
      if (startedAtMs <= pausedAtMs) return Math.max(0, pausedUntilMs - now());
      // A service that answers is at work, whatever one client asks.
      if (error.reach === "question" && error.retryAfterMs === undefined) return 0;
      failedConnections += 1;
      if (error.reach === "connection" && failedConnections < FAILED_CONNECTIONS) return 0;
      failedConnections = 0;
      pauseMs = Math.min(MAX_PAUSE_MS, pauseMs === 0 ? FIRST_PAUSE_MS : 2 * pauseMs);
      const pause = Math.max(pauseMs, Math.min(MAX_ASKED_PAUSE_MS, error.retryAfterMs ?? 0));
      pausedAtMs = now();
      pausedUntilMs = pausedAtMs + pause;
      reason = error.message;
      return pause;
    },
  };
}
