import type { DownloadProgress } from "@brainatlas/sdk/node";
import { openApi, waitFor } from "../api.ts";
import { type Context, Interrupt } from "../context.ts";
import { EXIT } from "../exit.ts";
import { note, printable } from "../output/notes.ts";
import { askPlan } from "./ask-plan.ts";
import { checkFree } from "./check-free.ts";
import { describePlan, sizeOf } from "./describe-plan.ts";
import { download } from "./download.ts";
import { createEmitter, type PullEvent } from "./events.ts";
import { intoFolder } from "./into-folder.ts";
import { intoStore } from "./into-store.ts";
import type { PullPlan } from "./plan.ts";
import type { Prepared, Pull } from "./pull.ts";
import { checkPullOptions, type PullOptions, RETRIES } from "./pull-options.ts";
import type { PullRequest } from "./pull-request.ts";
import { sayFailures, sayInterrupted, saySummary } from "./say-outcome.ts";
import { openTarget } from "./target.ts";

/**
 * Asks what there is, says it, and brings it into a folder or a store. Returns the exit code: whether all of it is there.
 */
export async function runPull(context: Context, request: PullRequest, options: PullOptions): Promise<number> {
  checkPullOptions(options);
  const api = await openApi(context, { ...options, retries: options.retries ?? RETRIES });
  const target = await openTarget(context, options);
  if (target.kind === "folder" && options.dryRun !== true) await checkFree(target.directory);
  const plan = await waitFor(context, api, () => askPlan(context, api, request));
  const { downsample = 0, json, dryRun } = options;
  const emit = createEmitter(context, json === true);
  const pull: Pull = { context, api, options, request, target, plan, downsample, emit };
  const prepared = target.kind === "folder" ? await intoFolder(pull) : await intoStore(pull);
  try {
    sayPlan(pull, prepared);
    if (dryRun === true) return isComplete(plan) ? EXIT.done : EXIT.failed;
    context.outliveReader?.();
    return await bring(pull, prepared);
  } finally {
    await prepared.close();
  }
}

/** Whether all that was asked for by its id is known. */
function isComplete({ unknown = [] }: PullPlan): boolean {
  return unknown.length === 0;
}

/** Brings it, and tells programs how it ended, whatever happens. */
async function bring(pull: Pull, prepared: Prepared): Promise<number> {
  let status: EndStatus = "failed";
  let reached: Reached = { fetched: 0, kept: 0, failed: 0, receivedBytes: 0, elapsedMs: 0 };
  try {
    pull.context.signal.throwIfAborted();
    const downloaded = await download(pull, prepared, (progress) => {
      reached = progress;
    });
    const { failures } = downloaded;
    reached = { ...downloaded, failed: failures.length };
    await sayFailures(pull, failures);
    if (failures.length === 0) await prepared.end();
    saySummary(pull, prepared, downloaded);
    const isWell = failures.length === 0 && isComplete(pull.plan);
    status = isWell ? "done" : "failed";
    return isWell ? EXIT.done : EXIT.failed;
  } catch (error) {
    if (error instanceof Interrupt) {
      status = "interrupted";
      sayInterrupted(pull, prepared, reached);
    }
    throw error;
  } finally {
    emitEnd(pull, prepared, status, reached);
  }
}

type EndStatus = Extract<PullEvent, { event: "end" }>["status"];
/** How far a pull came. */
type Reached = Pick<DownloadProgress, "fetched" | "kept" | "failed" | "receivedBytes" | "elapsedMs">;

function emitEnd({ emit, target }: Pull, { held }: Prepared, status: EndStatus, reached: Reached): void {
  const { fetched, kept, failed, receivedBytes, elapsedMs } = reached;
  const facts = { fetched, kept, held, failed, receivedBytes, elapsedMs: Math.round(elapsedMs) };
  emit({ event: "end", status, ...facts, directory: target.directory });
}

/** Says what is going to be done: as the result where nothing else follows, beside it where files do. */
function sayPlan(pull: Pull, { items, held, there, missing, notes: ownNotes }: Prepared): void {
  const { context, options, plan, target, downsample, emit } = pull;
  const { unknown = [] } = plan;
  const notes = [...plan.notes, ...ownNotes];
  const { pictures, drawings, assets, pixels, rows } = sizeOf(plan, downsample);
  emit({
    event: "plan",
    title: plan.title,
    ...{ pictures, drawings, files: assets, requests: items.length, there, pixels },
    records: rows,
    notes,
    unknown,
    synthetic: plan.isSynthetic,
    target: target.kind,
    directory: target.directory,
  });
  if (options.json !== true) {
    const output = options.dryRun === true ? context.stdout : context.stderr;
    output.write(describePlan(plan, target, { downsample, items: items.length, held, there, missing }));
  }
  for (const text of notes) note(context, text);
  for (const text of unknown) context.stderr.write(`error: ${printable(text)}\n`);
}
