import type { StoreProblem, VerifySummary } from "@brainatlas/mirror";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { printable } from "../output/notes.ts";
import { createProgressLine } from "../output/progress-line.ts";
import { printBytes, printCount } from "../output/quantities.ts";
import { storePlace } from "../store-directory.ts";

/** Options of `brainatlas store verify`. */
export interface StoreVerifyOptions {
  readonly store?: string | undefined;
  readonly full?: boolean | undefined;
  readonly removeDamaged?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Checks a store. Returns the exit code: 1 when something is damaged, and was not removed. */
export async function run(context: Context, options: StoreVerifyOptions): Promise<number> {
  const { store: option, full, removeDamaged, json } = options;
  const { verifyStore } = await context.load.mirror();
  const { directory } = storePlace(context, option);
  const line = createProgressLine(context);
  const summary = await verifyStore(
    // Not opened: one whose records are damaged is to be checked as well.
    { directory },
    {
      full,
      removeDamaged,
      signal: context.signal,
      onProgress: ({ checkedBytes, totalBytes }) =>
        line.show(() => `checked ${printBytes(checkedBytes)} of ${printBytes(totalBytes)}`),
    },
  ).finally(line.end);
  if (json === true) context.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
  else {
    context.stdout.write([...summary.problems, ...summary.leftovers].map(printProblem).join(""));
    context.stderr.write(`${printSummary(summary)}\n`);
  }
  return summary.problems.some(({ state }) => state === "damage") ? EXIT.failed : EXIT.done;
}

/** What is the matter with which file, what it means, and what would help, a line each. */
function printProblem({ state, path, what, remedy, entries, sizeBytes }: StoreProblem): string {
  const names = entries.map(({ kind, name }) => `${kind} ${name}`).join(", ");
  const lines = [`${state}: ${path} (${printBytes(sizeBytes)}): ${what}`];
  if (names !== "") lines.push(`  concerns ${names}`);
  lines.push(`  ${remedy}`);
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function printSummary(summary: VerifySummary): string {
  const { directory, entries, bodies, checkedBytes, leftovers } = summary;
  const read = `${printCount(entries, "entry", "entries")}, ${printCount(bodies, "body", "bodies")} and ${printBytes(checkedBytes)} of ${printable(directory)} checked`;
  const left = leftovers.length === 0 ? "" : `, ${printCount(leftovers.length, "leftover", "leftovers")}`;
  return `${read}: ${printDamage(summary)}${left}`;
}

function printDamage({ problems, removed }: VerifySummary): string {
  if (problems.length === 0) return "nothing is damaged";
  const gone = problems.filter(({ state }) => state === "removed").length;
  if (gone === 0) return `${problems.length} damaged`;
  const entries = printCount(removed.length, "entry", "entries");
  const all = gone === problems.length ? "all removed" : `${gone} of them removed`;
  return `${problems.length} damaged, ${all} (${entries}): pull or import again what is gone`;
}
