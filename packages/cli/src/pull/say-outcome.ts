import { isAtlasError } from "@brainatlas/sdk";
import type { DownloadProgress, FailedDownload } from "@brainatlas/sdk/node";
import { creditOf } from "../api.ts";
import { hint, note, printable } from "../output/notes.ts";
import { printBytes, printCount, printNumber } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import { describeRows, sizeOf } from "./describe-plan.ts";
import { otherResolutions } from "./other-resolutions.ts";
import type { PullPlan } from "./plan.ts";
import { printDuration } from "./progress-text.ts";
import type { Downloaded, Prepared, Pull } from "./pull.ts";

/** How to go on. */
function goOn({ options, target }: Pull): string {
  return options.refresh === true && target.kind === "store"
    ? "run the same command again: --refresh begins anew"
    : "run the same command again to go on: what is there is not fetched again";
}

/** Failures that are named. */
const NAMED = 20;

/** Says what was not had, and how to go on. */
export async function sayFailures(pull: Pull, failures: readonly FailedDownload[]): Promise<void> {
  const { context, api, request } = pull;
  // Reasons name their files.
  for (const { reason } of failures.slice(0, NAMED)) {
    context.stderr.write(`error: ${printable(reason)}\n`);
  }
  if (failures.length > NAMED) {
    note(context, `${printCount(failures.length - NAMED, "more file", "more files")} failed; --json names them all`);
  }
  if (failures.some(({ error }) => mayPass(error))) hint(context, goOn(pull));
  const isMissing = failures.some(({ error }) => isAtlasError(error, "ATLAS_HTTP") && error.status === 404);
  const others = isMissing ? await otherResolutions(pull) : [];
  if (others.length > 0 && request.what === "volume") {
    hint(context, `${api.label} has the ${request.volume} with --resolution ${others.join(", ")}`);
  }
}

/** Statuses below 500 that another attempt may not meet. */
const PASSING: readonly number[] = [408, 425, 429];

/** Whether the same command, run again, may do better. */
function mayPass(error: unknown): boolean {
  if (!isAtlasError(error, "ATLAS_HTTP")) return true;
  return error.status >= 500 || PASSING.includes(error.status);
}

/** Says how far an interrupted pull came, and how to go on. */
export function sayInterrupted(
  pull: Pull,
  { items }: Prepared,
  { fetched, kept }: Pick<DownloadProgress, "fetched" | "kept">,
): void {
  const { context } = pull;
  note(
    context,
    `interrupted: ${printNumber(fetched + kept)} of ${printCount(items.length, "file", "files")} are there`,
  );
  hint(context, goOn(pull));
}

/** Says what came of a pull, as its result. */
export function saySummary(pull: Pull, { held }: Prepared, downloaded: Downloaded): void {
  const { context, api, options, plan, target, downsample } = pull;
  const { fetched, receivedBytes, elapsedMs } = downloaded;
  const { unknown = [] } = plan;
  if (options.json === true) return;
  const headers = new Headers(plan.isSynthetic ? { "x-brainatlas-atlas": "synthetic" } : {});
  const rate = receivedBytes / Math.max(elapsedMs / 1000, 0.001);
  const summary = printFacts(plan.title, [
    ["files", describeFiles(downloaded, held, describeThings(plan))],
    ["bytes", receivedBytes === 0 ? undefined : `${printBytes(receivedBytes)}, ${printBytes(Math.round(rate))}/s`],
    ["time", fetched === 0 ? undefined : printDuration(elapsedMs)],
    ["unknown", unknown.length === 0 ? undefined : printCount(unknown.length, "id", "ids")],
    // Of what is more than rows, the plan has said them.
    ["records", plan.things.length > 0 ? undefined : describeRows(sizeOf(plan, downsample).rows)],
    ["credit", creditOf(api.kind, { headers })],
  ]);
  context.stdout.write(`${summary}${printable(target.directory)}\n`);
}

/** What the files of a plan make together. */
function describeThings(plan: PullPlan): string {
  const { pictures, drawings } = sizeOf(plan, 0);
  const parts = [
    pictures === 0 ? undefined : printCount(pictures, "picture", "pictures"),
    drawings === 0 ? undefined : printCount(drawings, "drawing", "drawings"),
  ];
  const words = parts.filter((part) => part !== undefined).join(", ");
  return words === "" ? "" : ` (${words})`;
}

function describeFiles({ fetched, kept, failures }: Downloaded, held: number, things: string): string | undefined {
  const parts = [
    [fetched, "fetched"],
    [kept, "there already"],
    [held, "held already"],
    [failures.length, "failed"],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${printNumber(count)} ${word}`);
  return words.length === 0 ? undefined : `${words.join(", ")}${things}`;
}
