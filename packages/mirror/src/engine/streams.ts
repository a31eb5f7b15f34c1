import { createLimiter } from "../pixels/limiter.ts";
import type { PictureJob } from "./picture-job.ts";
import type { JobRunner, MadePicture } from "./pool.ts";

/** How streamed pictures are made. */
export interface StreamOptions {
  /** How many at once: each holds a thread for as long as its client reads. */
  readonly places: number;
  /** How many may wait for one. */
  readonly maxWaiting: number;
  /** How long a client may take for one chunk; then its picture breaks off. */
  readonly stallMs: number;
}

/**
 * Makes pictures that are sent as they are made. A client that does not read keeps its place no longer than a chunk may take.
 *
 * @returns Begins one: it waits for a place.
 */
export function createStreams(
  runner: JobRunner,
  { places, maxWaiting, stallMs }: StreamOptions,
): (job: PictureJob, signal: AbortSignal) => Promise<MadePicture> {
  const limit = createLimiter(places, maxWaiting);
  return (job, signal) =>
    new Promise((resolve, reject) => {
      const hold = async (): Promise<void> => {
        const given = new AbortController();
        const either = AbortSignal.any([signal, given.signal]);
        const stop = (reason: unknown): void => given.abort(reason);
        const { path, body } = await runner.run(job, true, either);
        if (body instanceof Uint8Array) return resolve({ path, body });
        await new Promise<void>((done) => {
          either.addEventListener("abort", () => done(), { once: true });
          resolve({ path, body: watched(body, stallMs, stop, done), stop });
        });
      };
      limit(hold, signal).catch(reject);
    });
}

/** The chunks of a body; one that nobody takes for too long is the last. */
async function* watched(
  body: Exclude<MadePicture["body"], Uint8Array>,
  stallMs: number,
  stop: (reason: unknown) => void,
  done: () => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const giveUp = (): void => stop(new Error(`The client took no part of the picture for ${stallMs} ms`));
  try {
    for await (const chunk of body) {
      const timer = setTimeout(giveUp, stallMs);
      timer.unref();
      yield chunk;
      clearTimeout(timer);
    }
  } finally {
    done();
  }
}
