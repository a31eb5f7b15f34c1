import type { DownloadProgress } from "@brainatlas/sdk/node";
import { printBytes, printCount, printNumber } from "../output/quantities.ts";
import type { Rates } from "./rate-meter.ts";

/** How far a pull is. */
export interface PullProgress {
  readonly download: DownloadProgress;
  /** Files of the whole pull. */
  readonly items: number;
  /** Of the last seconds; `undefined` before it can be told. */
  readonly rates: Rates | undefined;
  /** How often something was asked for again. */
  readonly retries: number;
  /** Whether it has ended: then no time is left. */
  readonly isOver?: boolean | undefined;
}

/**
 * How far a pull is, in one line: what matters most stands first, since a narrow terminal cuts the end.
 *
 * @example printProgress(progress) // → "12 of 264 files, 4.1 MB, 1.2 MB/s, 1 min 40 s left, 8 connections"
 */
export function printProgress(progress: PullProgress): string {
  const { download, items, rates, retries } = progress;
  const { failed, receivedBytes, connections } = download;
  const left = progress.isOver === true ? undefined : secondsLeft(progress);
  const parts = [
    `${printNumber(settled(download))} of ${printCount(items, "file", "files")}`,
    printBytes(receivedBytes),
    rates === undefined ? undefined : `${printBytes(Math.max(0, Math.round(rates.bytes)))}/s`,
    left === undefined ? undefined : `${printDuration(left * 1000)} left`,
    failed === 0 ? undefined : `${printNumber(failed)} failed`,
    retries === 0 ? undefined : `${printCount(retries, "retry", "retries")}`,
    printCount(connections, "connection", "connections"),
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

/** Items of which the end is known. */
export function settled({ fetched, kept, failed }: DownloadProgress): number {
  return fetched + kept + failed;
}

/** Seconds that the rest will take at the rate of files: of how many bytes they are is not known before. */
export function secondsLeft({ download, items, rates }: PullProgress): number | undefined {
  const rest = items - settled(download);
  return rates !== undefined && rates.items > 0 && rest > 0 ? rest / rates.items : undefined;
}

/**
 * A time in words, with its two largest units.
 *
 * @example printDuration(192_000) // → "3 min 12 s"
 */
export function printDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return `${Math.round(ms)} ms`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
