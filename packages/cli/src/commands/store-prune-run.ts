import type { EntryKind, PruneCriteria, PrunePlan, PruneSummary } from "@brainatlas/mirror";
import { confirm } from "../confirm.ts";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { printEntries } from "../output/entries.ts";
import { note } from "../output/notes.ts";
import { createProgressLine } from "../output/progress-line.ts";
import { printBytes, printCount } from "../output/quantities.ts";
import { roomOf } from "../output/room.ts";
import { useStore } from "../use-store.ts";

/** Options of `brainatlas store prune`. */
export interface StorePruneOptions {
  readonly store?: string | undefined;
  /** In ms. */
  readonly olderThan?: number | undefined;
  /** In bytes. */
  readonly maxSize?: number | undefined;
  readonly atlas?: readonly number[] | undefined;
  readonly kind?: readonly EntryKind[] | undefined;
  readonly orphans?: boolean | undefined;
  /** Working files of pulls, in place of entries. */
  readonly pulls?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Whether it is not to be asked. */
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Says what it removes of a store, and removes it. Returns the exit code. */
export async function run(context: Context, options: StorePruneOptions): Promise<number> {
  const criteria = criteriaOf(options);
  const { planPrune, pruneStore } = await context.load.mirror();
  const line = createProgressLine(context);
  const { plan, summary } = await useStore(context, options.store, async (store) => {
    const plan = await planPrune(store, criteria, context.signal);
    const isAsked = isToAsk(context, plan, options);
    if (options.json !== true) say(context, plan, options, isAsked);
    if (options.dryRun === true) return { plan, summary: undefined };
    if (isAsked && !(await confirm(context, question(plan)))) {
      note(context, "nothing is removed");
      return { plan, summary: undefined };
    }
    const onProgress = (done: number, count: number): void => line.show(() => `removed ${done} of ${count}`);
    return { plan, summary: await pruneStore(store, plan, { signal: context.signal, onProgress }).finally(line.end) };
  });
  if (options.json === true)
    context.stdout.write(`${JSON.stringify({ plan, removed: summary ?? null }, undefined, 2)}\n`);
  else if (summary !== undefined) context.stderr.write(`${printSummary(summary)}\n`);
  return EXIT.done;
}

function criteriaOf({ olderThan, maxSize, atlas, kind, orphans }: StorePruneOptions): PruneCriteria {
  if ([olderThan, maxSize, atlas, kind].every((each) => each === undefined) && orphans !== true) {
    throw new UsageError(
      "Cannot prune without a criterion; give --older-than, --max-size, --atlas or --kind, or --orphans or --pulls alone",
    );
  }
  return { olderThanMs: olderThan, maxBytes: maxSize, atlases: atlas, kinds: kind, orphans };
}

/** Whether somebody is there to be asked, and there is something to ask. */
function isToAsk(
  { stdin, stderr }: Context,
  { entries, images, orphans }: PrunePlan,
  { dryRun, json, yes }: StorePruneOptions,
): boolean {
  const isInTerminal = stdin.isTTY === true && stderr.isTTY === true;
  return isInTerminal && ![dryRun, json, yes].includes(true) && entries.length + images.length + orphans.length > 0;
}

function question(plan: PrunePlan): string {
  return `Remove ${printParts(plan)} (${printBytes(plan.freedBytes)})?`;
}

/** What is removed, before it is. */
function say(context: Context, plan: PrunePlan, options: StorePruneOptions, isAsked: boolean): void {
  const { entries, freedBytes, sizeBytes } = plan;
  // Only to look at: a prune of thousands is not to fill the screen.
  if (options.dryRun === true && entries.length > 0) context.stdout.write(printEntries(entries, roomOf(context)));
  const left = Math.max(0, sizeBytes - freedBytes);
  const verb = options.dryRun === true || isAsked ? "would remove" : "removing";
  context.stderr.write(
    `${verb} ${printParts(plan)}: ${printBytes(freedBytes)} of ${printBytes(sizeBytes)}, which leaves ${printBytes(left)}\n`,
  );
  if (options.maxSize !== undefined && left > options.maxSize) {
    context.stderr.write(
      `note: that is more than ${printBytes(options.maxSize)}: the rest is records, or not among what was chosen\n`,
    );
  }
}

function printParts({ entries, images, orphans }: PrunePlan): string {
  const parts = [
    printCount(entries.length, "entry", "entries"),
    ...(images.length === 0 ? [] : [printCount(images.length, "image record", "image records")]),
    ...(orphans.length === 0
      ? []
      : [printCount(orphans.length, "file that belongs to nothing", "files that belong to nothing")]),
  ];
  return parts.join(", ");
}

function printSummary({ entries, images, files, freedBytes }: PruneSummary): string {
  const records = images === 0 ? "" : `, ${printCount(images, "image record", "image records")}`;
  return `${printCount(entries, "entry", "entries")}${records} and ${printCount(files, "file", "files")} removed, ${printBytes(freedBytes)} free`;
}
