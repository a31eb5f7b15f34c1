import { performance } from "node:perf_hooks";
import { show } from "../../check.ts";
import { isAtlasError } from "../../errors.ts";
import { createEmitter } from "../../http/emit.ts";
import { onAbort } from "../../http/on-abort.ts";
import { createFetchWire } from "../wire/fetch-wire.ts";
import { createSocketWire } from "../wire/socket-wire.ts";
import type { Wire } from "../wire/wire.ts";
import { reportProgress } from "./counters.ts";
import { codeOf, DISK, type Disk } from "./disk.ts";
import { diskWords } from "./failure-words.ts";
import { Journal } from "./journal.ts";
import { type FolderLock, lockFolder } from "./lock.ts";
import { Run } from "./run.ts";
import { type DownloadLimits, type DownloadSettings, normaliseDownloadOptions } from "./settings.ts";
import type { DownloadItem, DownloadOptions, DownloadSummary } from "./types.ts";

/** Between two times that names and lines are brought onto the disk, in ms. */
const SYNC_MS = 1000;

/** What a run is made with. */
export interface DownloadTools {
  readonly disk: Disk;
  readonly createWire: (settings: Pick<DownloadLimits, "fetch" | "pipelining">) => Wire;
}

const OWN_TOOLS: DownloadTools = { disk: DISK, createWire };

/** Downloads as `downloadAll()` does, over other disks and wires in tests. */
export async function downloadWith<Item extends DownloadItem>(
  items: Iterable<Item> | AsyncIterable<Item>,
  options: DownloadOptions<Item>,
  { disk, createWire: create }: DownloadTools = OWN_TOOLS,
): Promise<DownloadSummary<Item>> {
  const settings = normaliseDownloadOptions(options);
  const source = iterate(items);
  settings.signal?.throwIfAborted();
  const { directory } = settings;
  const lock = await openFolder(directory, disk);
  try {
    const journal = await Journal.open(directory, disk, settings.signal).catch(describeFault(directory));
    try {
      return await runAll(source, settings, { disk, journal, createWire: create });
    } finally {
      await journal.close();
    }
  } finally {
    await lock.release();
  }
}

async function openFolder(directory: string, disk: Disk): Promise<FolderLock> {
  try {
    await disk.makeFolder(directory);
    return await lockFolder(directory, disk);
  } catch (error) {
    return describeFault(directory)(error);
  }
}

function createWire({ fetch, pipelining }: Pick<DownloadLimits, "fetch" | "pipelining">): Wire {
  return fetch === undefined ? createSocketWire({ pipelining }) : createFetchWire(fetch);
}

async function runAll<Item extends DownloadItem>(
  source: Iterator<Item> | AsyncIterator<Item>,
  settings: DownloadSettings<Item>,
  { disk, journal, createWire: create }: DownloadTools & { readonly journal: Journal },
): Promise<DownloadSummary<Item>> {
  const { signal } = settings;
  const wire = create(settings);
  const run = new Run(settings, { disk, journal, wire, nowMs: () => performance.now() });
  const endReport = reportProgress(settings.onProgress && createEmitter(settings.onProgress), () => run.progress);
  const release = signal && onAbort(signal, () => run.end(signal.reason));
  const endSync = syncNowAndThen(() => run.sync());
  let fault: DiskFault | undefined;
  try {
    await takeAll(source, run, signal);
    run.complete();
  } finally {
    await run.idle();
    release?.();
    run.close();
    wire.close();
    fault = await endSync();
    endReport();
  }
  signal?.throwIfAborted();
  if (fault !== undefined) describeFault(settings.directory)(fault.error);
  return run.summary;
}

/** Takes one item after the other, as there is room. A source that stands still is not waited for once the signal is aborted. */
async function takeAll<Item extends DownloadItem>(
  source: Iterator<Item> | AsyncIterator<Item>,
  run: Run<Item>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let isAtEnd = false;
  try {
    for (;;) {
      await run.room();
      signal?.throwIfAborted();
      const next = source.next();
      const { done, value } = next instanceof Promise ? await unlessAborted(next, signal) : await next;
      isAtEnd = done === true;
      if (done === true) return;
      run.start(value);
    }
  } finally {
    if (!isAtEnd) void Promise.resolve(source.return?.()).catch(() => {});
  }
}

async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return await promise;
  return await new Promise((resolve, reject) => {
    const release = onAbort(signal, () => reject(signal.reason));
    promise.then(resolve, reject).finally(release);
  });
}

function iterate<Item>(items: Iterable<Item> | AsyncIterable<Item>): Iterator<Item> | AsyncIterator<Item> {
  if (typeof items === "object" && items !== null) {
    if (Symbol.asyncIterator in items) return items[Symbol.asyncIterator]();
    if (Symbol.iterator in items) return items[Symbol.iterator]();
  }
  throw new TypeError(`Cannot download ${show(items)}; give an array or another iterable of items with url and name`);
}

/** What went wrong on the disk. */
interface DiskFault {
  readonly error: unknown;
}

/**
 * Calls it again and again, never twice at once; the function returned ends that, with a last time.
 *
 * @returns The first fault: after one a later time may go well, though what it was about was lost.
 */
function syncNowAndThen(sync: () => Promise<void>): () => Promise<DiskFault | undefined> {
  let underWay: Promise<void> | undefined;
  let fault: DiskFault | undefined;
  const begin = async (): Promise<void> => {
    await sync().catch((error: unknown) => {
      fault ??= { error };
    });
    underWay = undefined;
  };
  const timer = setInterval(() => {
    underWay ??= begin();
  }, SYNC_MS);
  return async () => {
    clearInterval(timer);
    await underWay;
    await begin();
    return fault;
  };
}

/** Says of what the file system fails at which directory it was; other errors pass. */
function describeFault(directory: string): (error: unknown) => never {
  return (error) => {
    const code = codeOf(error);
    if (code === undefined || isAtlasError(error)) throw error;
    const words = diskWords(code) ?? (error instanceof Error ? error.message : String(error));
    throw Object.assign(new Error(`Cannot download to ${show(directory)}: ${words}`, { cause: error }), { code });
  };
}
