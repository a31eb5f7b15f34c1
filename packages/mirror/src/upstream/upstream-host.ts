import { createLimiter, type Limiter } from "../pixels/limiter.ts";
import { type Circuit, createCircuit } from "./circuit.ts";
import type { Target } from "./target.ts";
import { UpstreamError } from "./upstream-error.ts";
import type { UpstreamSettings } from "./upstream-options.ts";

/** One host that is asked, with what bounds the asking. */
export interface UpstreamHost {
  readonly base: string;
  readonly circuit: Circuit;
  readonly run: Limiter;
}

/** The host of a question. */
export type HostOf = (target: Target) => UpstreamHost;

/** Makes the hosts: that of the API, and that of the archive where it is another. */
export function createHosts(settings: UpstreamSettings): HostOf {
  const { apiUrl, archiveUrl, concurrency, maxWaiting, now } = settings;
  const make = (base: string): UpstreamHost => {
    return { base, circuit: createCircuit(now), run: createLimiter(concurrency, maxWaiting) };
  };
  const api = make(apiUrl);
  const archive = archiveUrl === apiUrl ? api : make(archiveUrl);
  return ({ isArchive }) => (isArchive ? archive : api);
}

/**
 * Does something with a host, and takes note of how that goes.
 *
 * @throws {UpstreamError} If the host is to be left alone, or fails.
 */
export async function withHost<T>(
  { circuit }: UpstreamHost,
  { now, onEvent }: UpstreamSettings,
  target: Target,
  use: () => Promise<T>,
): Promise<T> {
  circuit.check();
  const startedAtMs = now();
  try {
    const result = await use();
    circuit.succeed();
    return result;
  } catch (error) {
    if (error instanceof UpstreamError) {
      const pausedMs = circuit.fail(error, startedAtMs);
      onEvent({ type: "failed", target: target.text, reason: error.message, pausedMs });
    }
    throw error;
  }
}
