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

/** Checks a store. Returns the exit code: 1 when something is damaged. */
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
  const damage = summary.problems.filter(({ state }) => state === "damage");
  if (json === true) context.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
  else {
    context.stdout.write(summary.problems.map(printProblem).join(""));
    context.stderr.write(`${printSummary(summary, damage.length)}\n`);
  }
  return damage.length === 0 ? EXIT.done : EXIT.failed;
}

/** What is the matter with which file, what it means, and what would help, a line each. */
function printProblem({ state, path, what, remedy, entries, sizeBytes }: StoreProblem): string {
  const names = entries.map(({ kind, name }) => `${kind} ${name}`).join(", ");
  const lines = [`${state}: ${path} (${printBytes(sizeBytes)}): ${what}`];
  if (names !== "") lines.push(`  concerns ${names}`);
  lines.push(`  ${remedy}`);
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function printSummary(
  { directory, entries, bodies, checkedBytes, problems, removed }: VerifySummary,
  damaged: number,
): string {
  const read = `${printCount(entries, "entry", "entries")}, ${printCount(bodies, "body", "bodies")} and ${printBytes(checkedBytes)} of ${printable(directory)} checked`;
  const leftovers = problems.length - damaged;
  const found = [
    damaged === 0 ? "nothing is damaged" : `${damaged} damaged`,
    ...(leftovers === 0 ? [] : [printCount(leftovers, "file belongs to nothing", "files belong to nothing")]),
    ...(removed.length === 0 ? [] : [printCount(removed.length, "entry removed", "entries removed")]),
  ];
  return `${read}: ${found.join(", ")}`;
}
