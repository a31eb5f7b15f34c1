import { availableParallelism } from "node:os";
import { createByteCache } from "../store/byte-cache.ts";
import { createInlineRunner } from "./inline-runner.ts";
import type { PictureJob } from "./picture-job.ts";
import { createPool, type JobRunner, type MadePicture } from "./pool.ts";
import { createTileReader, type TileReader } from "./stored-tile.ts";
import { createStreams } from "./streams.ts";

/** Bounds of an engine. */
export interface EngineOptions {
  /**
   * Threads that make pictures; 0 makes them on the thread that asks. They begin when there is work.
   * @default the number of processors, 8 at most
   */
  readonly threads?: number | undefined;
  /**
   * Finished pictures that are kept, in bytes; 0 keeps none.
   * @default 16777216
   */
  readonly cacheBytes?: number | undefined;
  /**
   * Jobs that may wait for a thread; one more is refused with 503.
   * @default 256
   */
  readonly maxWaiting?: number | undefined;
}

/** Makes pictures of windows. */
export interface ImageEngine {
  /**
   * Makes a picture, or gives one that was made: one computation for all who ask for the same at once.
   *
   * @param key Tells all that the bytes depend on.
   * @throws {BusyError} If as many wait as may.
   * @throws {DamagedError} If the source is damaged.
   */
  make(job: PictureJob, key: string, signal: AbortSignal): Promise<MadePicture>;
  /** Reads single tiles as they are stored, at once. */
  readonly tiles: TileReader;
  close(): Promise<void>;
}

const DEFAULT_CACHE_BYTES = 16 * 1024 * 1024;
const DEFAULT_MAX_WAITING = 256;
const MAX_DEFAULT_THREADS = 8;
const MAX_THREADS = 256;
/** Files that are held open for single tiles. */
const MAX_OPEN_FILES = 64;
/** From this size on a picture is sent as it is made, and not kept: some megabytes. */
export const STREAMED_PX: number = 2 ** 24;
/** Streamed pictures that may wait, and how long a client may leave one unread. */
const STREAMS = { maxWaiting: 64, stallMs: 20_000 };

/**
 * Makes an engine. It does nothing before it is asked.
 *
 * @param runner Does the jobs; by default as the options say.
 * @throws {RangeError} If a bound is no whole number of its range.
 */
export function createEngine(options: EngineOptions = {}, runner: JobRunner = createRunner(options)): ImageEngine {
  const cacheBytes = bound("cacheBytes", options.cacheBytes ?? DEFAULT_CACHE_BYTES);
  const finished = createByteCache<MadePicture>(cacheBytes, sizeOf);
  const tiles = createTileReader(MAX_OPEN_FILES);
  // One thread stays free of clients that read slowly; of a single one nothing is left to stream with.
  const places = threadsOf(options) - 1;
  const stream = places > 0 ? createStreams(runner, { places, ...STREAMS }) : undefined;

  return {
    tiles,
    async make(job, key, signal) {
      const tile = tiles.read(job);
      if (tile !== undefined) return { path: "tile", body: tile };
      const { width, height } = job.window;
      const isLarge = job.finish === undefined && width * height > STREAMED_PX;
      if (isLarge && stream !== undefined) return await stream(job, signal);
      return await finished.get(key, (unwanted) => runner.run(job, false, unwanted), signal);
    },
    async close() {
      tiles.close();
      await runner.close();
    },
  };
}

function createRunner(options: EngineOptions): JobRunner {
  const threads = threadsOf(options);
  const maxWaiting = bound("maxWaiting", options.maxWaiting ?? DEFAULT_MAX_WAITING);
  return threads > 0 ? createPool(threads, maxWaiting) : createInlineRunner(maxWaiting);
}

function threadsOf({ threads }: EngineOptions): number {
  return bound("threads", threads ?? defaultThreads(), MAX_THREADS);
}

/** Node runs no TypeScript as a thread: from the sources all is done on the one that asks. */
function defaultThreads(): number {
  return import.meta.url.endsWith(".ts") ? 0 : Math.min(MAX_DEFAULT_THREADS, availableParallelism());
}

function sizeOf({ body }: MadePicture): number {
  return body instanceof Uint8Array ? body.length : Number.POSITIVE_INFINITY;
}

function bound(name: string, value: number, max: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new RangeError(`Cannot use ${name} ${value}; give a whole number from 0 to ${max}`);
}
