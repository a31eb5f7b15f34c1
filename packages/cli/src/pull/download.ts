import { type DownloadProgress, downloadAll, type FailedDownload } from "@brainatlas/sdk/node";
import { Interrupt } from "../context.ts";
import { note } from "../output/notes.ts";
import { createProgressTeller, type ProgressTeller } from "./progress.ts";
import { settled } from "./progress-text.ts";
import type { Downloaded, Prepared, Pull } from "./pull.ts";
import type { PullItem } from "./pull-item.ts";
import { LIVE_CONCURRENCY, RETRIES } from "./pull-options.ts";
import { sayInterrupted } from "./say-outcome.ts";

const NOTHING: Downloaded = { fetched: 0, kept: 0, failures: [], receivedBytes: 0, completeBytes: 0, elapsedMs: 0 };

/**
 * Downloads the files of a pull, after what is to be there before them, and tells how far it is.
 *
 * @throws {Interrupt} If it was asked to end; how to go on was said then.
 */
export async function download(pull: Pull, prepared: Prepared): Promise<Downloaded> {
  const { context, emit, options } = pull;
  const { items, held } = prepared;
  try {
    await prepared.begin();
  } catch (error) {
    if (error instanceof Interrupt) sayInterrupted(pull, prepared);
    throw error;
  }
  emit({ event: "start", files: items.length, held });
  if (items.length === 0) return NOTHING;
  const isQuiet = options.json === true;
  const teller = createProgressTeller(context, { items: items.length, totalBytes: totalOf(items), isQuiet });
  let latest: DownloadProgress | undefined;
  const onProgress = (progress: DownloadProgress): void => {
    latest = progress;
    teller.show(progress);
    emitProgress(progress);
  };
  const emitProgress = throttled((progress: DownloadProgress) => {
    const { failed, receivedBytes, elapsedMs, connections } = progress;
    const facts = { failed, receivedBytes, elapsedMs: Math.round(elapsedMs), connections };
    emit({ event: "progress", done: settled(progress) - failed, files: items.length, ...facts });
  });
  try {
    return await downloadAll(items, { ...settings(pull, prepared), ...listeners(pull, prepared, teller), onProgress });
  } catch (error) {
    teller.end();
    if (error instanceof Interrupt) sayInterrupted(pull, prepared, latest);
    throw error;
  } finally {
    teller.end();
  }
}

function settings({ api, context, options }: Pull, { directory }: Prepared) {
  const { concurrency, pipelining, retries = RETRIES, timeout, verify } = options;
  return {
    directory,
    concurrency: concurrency ?? (api.kind === "live" ? LIVE_CONCURRENCY : undefined),
    pipelining,
    retries,
    timeoutMs: timeout === undefined ? undefined : timeout * 1000,
    verify,
    fetch: api.fetch,
    signal: context.signal,
  };
}

function listeners({ context, emit, options }: Pull, prepared: Prepared, teller: ProgressTeller) {
  return {
    async onFile(file: Parameters<Prepared["onFile"]>[0]): Promise<void> {
      await prepared.onFile(file);
      const { item, sizeBytes: bytes, sha256, isKept: kept, attempts } = file;
      emit({ event: "file", name: item.name, url: item.url, bytes, sha256, kept, attempts });
    },
    onFailure({ item, reason }: FailedDownload<PullItem>): void {
      emit({ event: "failure", name: item.name, url: item.url, reason });
    },
    onRetry({ item, attempt, delayMs, reason }: RetryFacts): void {
      teller.retry();
      emit({ event: "retry", name: item.name, url: item.url, attempt, delayMs: Math.round(delayMs), reason });
      if (options.verbose !== true) return;
      teller.clear();
      note(context, `${item.name}: attempt ${attempt} failed: ${reason}; trying again in ${printSeconds(delayMs)}`);
    },
  };
}

interface RetryFacts {
  readonly item: PullItem;
  readonly attempt: number;
  readonly delayMs: number;
  readonly reason: string;
}

const printSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Bytes of all files; `undefined` where one does not say. */
function totalOf(items: readonly PullItem[]): number | undefined {
  let total = 0;
  for (const { sizeBytes } of items) {
    if (sizeBytes === undefined) return undefined;
    total += sizeBytes;
  }
  return total;
}

/** How often programs are told, in ms of the run. */
const EVENT_MS = 1000;

function throttled(tell: (progress: DownloadProgress) => void): (progress: DownloadProgress) => void {
  let nextMs = EVENT_MS;
  return (progress) => {
    if (progress.elapsedMs < nextMs) return;
    nextMs = progress.elapsedMs + EVENT_MS;
    tell(progress);
  };
}
