import { openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { note } from "../output/notes.ts";
import { type AskPlan, askPlan } from "./ask-plan.ts";
import { describePlan, sizeOf } from "./describe-plan.ts";
import { download } from "./download.ts";
import { createEmitter } from "./events.ts";
import { intoFolder } from "./into-folder.ts";
import { intoStore } from "./into-store.ts";
import type { Prepared, Pull } from "./pull.ts";
import { checkPullOptions, type PullOptions, RETRIES } from "./pull-options.ts";
import type { PullRequest } from "./pull-request.ts";
import { sayFailures, saySummary } from "./say-outcome.ts";
import { openTarget } from "./target.ts";

/**
 * Asks what there is, says it, and brings it into a folder or a store. Returns the exit code: whether all of it is there.
 *
 * @param ask Finds out what there is.
 */
export async function runPull(
  context: Context,
  request: PullRequest,
  options: PullOptions,
  ask: AskPlan = askPlan,
): Promise<number> {
  checkPullOptions(options);
  const api = await openApi(context, { ...options, retries: options.retries ?? RETRIES });
  const target = await openTarget(context, options);
  const plan = await waitFor(context, api, () => ask(context, api, request));
  const { downsample = 0, json, dryRun } = options;
  const emit = createEmitter(context, json === true);
  const pull: Pull = { context, api, options, request, target, plan, downsample, emit };
  const prepared = target.kind === "folder" ? await intoFolder(pull) : await intoStore(pull);
  try {
    sayPlan(pull, prepared);
    if (dryRun === true) return EXIT.done;
    context.outliveReader?.();
    return await bring(pull, prepared);
  } finally {
    await prepared.close();
  }
}

async function bring(pull: Pull, prepared: Prepared): Promise<number> {
  pull.context.signal.throwIfAborted();
  const downloaded = await download(pull, prepared);
  const { failures } = downloaded;
  sayFailures(pull, failures);
  if (failures.length === 0) await prepared.end();
  saySummary(pull, prepared, downloaded);
  return failures.length === 0 ? EXIT.done : EXIT.failed;
}

/** Says what is going to be done: as the result where nothing else follows, beside it where files do. */
function sayPlan(pull: Pull, { items, held }: Prepared): void {
  const { context, options, plan, target, downsample, emit } = pull;
  const { pictures, drawings, assets, pixels, knownBytes, unknownAssets, rows } = sizeOf(plan, downsample);
  emit({
    event: "plan",
    title: plan.title,
    ...{ pictures, drawings, files: assets, requests: items.length, pixels, knownBytes, unknownFiles: unknownAssets },
    records: rows,
    notes: plan.notes,
    synthetic: plan.isSynthetic,
    target: target.kind,
    directory: target.directory,
  });
  if (options.json !== true) {
    const output = options.dryRun === true ? context.stdout : context.stderr;
    output.write(describePlan(plan, target, { downsample, items: items.length, held }));
  }
  for (const text of plan.notes) note(context, text);
}
