import type { DownloadProgress, FailedDownload } from "@brainatlas/sdk/node";
import { creditOf } from "../api.ts";
import { hint, note, printable } from "../output/notes.ts";
import { printBytes, printCount, printNumber } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import { describeRows, sizeOf } from "./describe-plan.ts";
import { printDuration } from "./progress-text.ts";
import type { Downloaded, Prepared, Pull } from "./pull.ts";
import type { PullItem } from "./pull-item.ts";

const GO_ON = "run the same command again to go on: what is there is not fetched again";

/** Failures that are named. */
const NAMED = 20;

/** Says what was not had, and how to go on. */
export function sayFailures({ context }: Pull, failures: readonly FailedDownload<PullItem>[]): void {
  for (const { item, reason } of failures.slice(0, NAMED)) {
    context.stderr.write(`error: ${printable(`${item.name}: ${reason}`)}\n`);
  }
  if (failures.length > NAMED) {
    note(context, `${printCount(failures.length - NAMED, "more file", "more files")} failed; --json names them all`);
  }
  if (failures.length > 0) hint(context, GO_ON);
}

/** Says how far an interrupted pull came, and how to go on. */
export function sayInterrupted(
  { context, emit }: Pull,
  { items, held, directory }: Prepared,
  progress?: DownloadProgress,
): void {
  const { fetched = 0, kept = 0, failed = 0, receivedBytes = 0, elapsedMs = 0 } = progress ?? {};
  const facts = { fetched, kept, held, failed, receivedBytes, elapsedMs: Math.round(elapsedMs), directory };
  emit({ event: "end", status: "interrupted", ...facts });
  note(
    context,
    `interrupted: ${printNumber(fetched + kept)} of ${printCount(items.length, "file", "files")} are there`,
  );
  hint(context, "run the same command again to go on: what is there is not fetched again");
}

/** Says what came of a pull, as its result. */
export function saySummary(pull: Pull, { held }: Prepared, downloaded: Downloaded): void {
  const { context, api, options, plan, target, downsample, emit } = pull;
  const { fetched, kept, failures, receivedBytes, elapsedMs } = downloaded;
  const failed = failures.length;
  const { directory } = target;
  const status = failed === 0 ? "done" : "failed";
  const facts = { fetched, kept, held, failed, receivedBytes, elapsedMs: Math.round(elapsedMs), directory };
  emit({ event: "end", status, ...facts });
  if (options.json === true) return;
  const headers = new Headers(plan.isSynthetic ? { "x-brainatlas-atlas": "synthetic" } : {});
  const rate = receivedBytes / Math.max(elapsedMs / 1000, 0.001);
  const summary = printFacts(plan.title, [
    ["files", describeFiles(downloaded, held)],
    ["bytes", receivedBytes === 0 ? undefined : `${printBytes(receivedBytes)}, ${printBytes(Math.round(rate))}/s`],
    ["time", fetched === 0 ? undefined : printDuration(elapsedMs)],
    ["records", describeRows(sizeOf(plan, downsample).rows)],
    ["credit", creditOf(api.kind, { headers })],
  ]);
  context.stdout.write(`${summary}${printable(directory)}\n`);
}

function describeFiles({ fetched, kept, failures }: Downloaded, held: number): string | undefined {
  const parts = [
    [fetched, "fetched"],
    [kept, "there already"],
    [held, "held already"],
    [failures.length, "failed"],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${printNumber(count)} ${word}`);
  return words.join(", ") || undefined;
}
