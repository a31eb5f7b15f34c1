import type { DownloadProgress } from "@brainatlas/sdk/node";
import type { Context } from "../context.ts";
import { CLEAR_LINE } from "../output/clear-line.ts";
import { fitText } from "../output/width.ts";
import { type PullProgress, printProgress } from "./progress-text.ts";
import { createRateMeter } from "./rate-meter.ts";

/** Tells the reader how far a pull is. */
export interface ProgressTeller {
  show(download: DownloadProgress): void;
  /** Counts that something is asked for again. */
  retry(): void;
  /** Takes the line away so that something else can be written; the next `show()` writes it again. */
  clear(): void;
  end(): void;
}

/** How much a pull is. */
export interface ProgressOptions {
  readonly items: number;
  /** Whether nothing is said: programs are told by events. */
  readonly isQuiet?: boolean | undefined;
}

/** How often a line is written where no terminal redraws it, in ms. */
const LINE_MS = 10_000;

/** Tells in a terminal by one line that is redrawn, elsewhere by a line on standard error every ten seconds, and one at the end. */
export function createProgressTeller({ stderr }: Context, options: ProgressOptions): ProgressTeller {
  const { items, isQuiet = false } = options;
  const isLive = stderr.isTTY === true && !isQuiet;
  const meter = createRateMeter();
  let retries = 0;
  let latest: PullProgress | undefined;
  let isShown = false;
  const clear = (): void => {
    if (isShown) stderr.write(CLEAR_LINE);
    isShown = false;
  };
  const writeLine = (): void => {
    if (latest !== undefined) stderr.write(`${printProgress(latest)}\n`);
  };
  let isOver = false;
  const timer = isLive || isQuiet ? undefined : setInterval(writeLine, LINE_MS);
  return {
    show(download) {
      // What was under way when it ended may still be told.
      if (isOver) return;
      const { fetched, elapsedMs: atMs, receivedBytes: bytes } = download;
      latest = { download, items, retries, rates: meter.add({ atMs, bytes, items: fetched }) };
      if (!isLive) return;
      stderr.write(`${CLEAR_LINE}${fitText(printProgress(latest), (stderr.columns ?? 80) - 1)}`);
      isShown = true;
    },
    retry() {
      retries += 1;
    },
    clear,
    end() {
      clearInterval(timer);
      clear();
      if (isOver) return;
      isOver = true;
      if (latest !== undefined) latest = { ...latest, isOver };
      if (!isLive && !isQuiet) writeLine();
    },
  };
}
