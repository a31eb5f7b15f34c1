import { type DownloadProgress, downloadAll, type FailedDownload } from "@brainatlas/sdk/node";
import { note } from "../output/notes.ts";
import { type Emit, emitFailure } from "./events.ts";
import { createProgressTeller, type ProgressTeller } from "./progress.ts";
import { settled } from "./progress-text.ts";
import type { Downloaded, Prepared, Pull } from "./pull.ts";
import type { PullItem } from "./pull-item.ts";
import { loadOf, RETRIES } from "./pull-options.ts";
import { createRepeater } from "./repeater.ts";

type OnProgress = (progress: DownloadProgress) => void;

/**
 * Downloads the files of a pull, after what is to be there before them, and tells how far it is.
 *
 * @param onProgress Is told as well.
 * @throws {Interrupt} If it was asked to end.
 */
export async function download(pull: Pull, prepared: Prepared, onProgress: OnProgress): Promise<Downloaded> {
  const { emit } = pull;
  const { items, held, refused } = prepared;
  emit({ event: "start", files: items.length, held });
  const unwritten = await prepared.begin();
  for (const failure of unwritten) emitFailure(emit, failure);
  if (items.length === 0) return { fetched: 0, kept: 0, failures: unwritten, receivedBytes: 0, elapsedMs: 0 };
  const { fetched, kept, failures, ...facts } = await downloadItems(pull, prepared, onProgress);
  // What was refused had come, or was there, before.
  const refetched = refused.filter(({ attempts }) => attempts > 0).length;
  return {
    ...facts,
    fetched: fetched - refetched,
    kept: kept - (refused.length - refetched),
    failures: [...unwritten, ...failures, ...refused],
  };
}

async function downloadItems(pull: Pull, prepared: Prepared, onProgress: OnProgress) {
  const { context, options } = pull;
  const { items } = prepared;
  const teller = createProgressTeller(context, { items: items.length, isQuiet: options.json === true });
  const emitProgress = progressEmitter(pull.emit, items.length);
  const repeater = createRepeater((progress) => {
    onProgress(progress);
    teller.show(progress);
    emitProgress(progress);
  });
  try {
    return await downloadAll(items, {
      ...settings(pull, prepared),
      ...listeners(pull, prepared, teller),
      onProgress: repeater.tell,
    });
  } finally {
    repeater.end();
    teller.end();
  }
}

function settings({ api, context, options }: Pull, { directory }: Prepared) {
  const { retries = RETRIES, timeout, verify } = options;
  return {
    directory,
    ...loadOf(api.kind, options),
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
    onFailure(failure: FailedDownload<PullItem>): void {
      // What was not put because the run ended is no failure.
      if (!context.signal.aborted) emitFailure(emit, failure);
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

/** How often programs are told, in ms of the run. */
const EVENT_MS = 1000;

function progressEmitter(emit: Emit, files: number): OnProgress {
  let nextMs = EVENT_MS;
  return (progress) => {
    const { failed, receivedBytes, elapsedMs, connections } = progress;
    if (elapsedMs < nextMs) return;
    nextMs = elapsedMs + EVENT_MS;
    const facts = { failed, receivedBytes, elapsedMs: Math.round(elapsedMs), connections };
    emit({ event: "progress", done: settled(progress) - failed, files, ...facts });
  };
}
