import { statSync } from "node:fs";
import { checkRecords } from "../records/check-records.ts";
import { layOutStore, type StoreLayout } from "../store/layout.ts";
import { hasMarker } from "../store/marker.ts";
import { type CheckOptions, checkFiles } from "./check-files.ts";
import { findGivenUpPulls } from "./given-up-pulls.ts";
import { type EntryName, leftoverOf, type StoreProblem } from "./problem.ts";
import { removeDamage } from "./remove-damage.ts";
import { type FoundFile, scanStore } from "./scan.ts";

/** How a store is checked. */
export interface VerifyOptions extends CheckOptions {
  /**
   * Whether entries are removed that cannot be answered with, with the damaged bodies, so that a pull fetches them again.
   * @default false
   */
  readonly removeDamaged?: boolean | undefined;
}

/** What a check found. */
export interface VerifySummary {
  readonly directory: string;
  readonly entries: number;
  readonly bodies: number;
  readonly checkedBytes: number;
  /** What is damaged, or was and is removed, in order of its path. */
  readonly problems: readonly StoreProblem[];
  /** Files and folders that belong to nothing, and working files of pulls that were given up; they do no harm. */
  readonly leftovers: readonly StoreProblem[];
  /** Entries that were removed because their bodies are damaged. */
  readonly removed: readonly EntryName[];
}

/**
 * Checks a store: every stored byte against its hash, every entry, the tables of every picture, and the database of the records. Others may write
 * and prune meanwhile: what another process replaced or removed is no damage. Memory grows with the number of entries alone.
 *
 * @param store An open store, or the folder of one whose records cannot be opened.
 * @throws {Error} If there is no store in the folder, or one of a version that this program does not know, or files of it may not be read.
 * @example (await verifyStore(store)).problems // → []
 */
export async function verifyStore(
  store: { readonly directory: string },
  options: VerifyOptions = {},
): Promise<VerifySummary> {
  if (!(await hasMarker(store.directory))) {
    throw new Error(
      `Cannot check "${store.directory}": there is no store in that folder; "brainatlas pull" and "brainatlas store import" make one`,
    );
  }
  const layout = layOutStore(store.directory);
  const files = await scanStore(layout, options.signal);
  const { problems: found, checkedBytes } = await checkFiles(layout, files, options);
  for (const fault of await checkRecords(layout.records, options.signal)) found.push(recordsProblem(layout, fault));
  const pulls = await findGivenUpPulls(layout);
  const damage = found.filter(isDamage);
  const { problems, removed } =
    options.removeDamaged === true ? await removeDamage(layout, damage) : { problems: damage, removed: [] };
  return {
    directory: store.directory,
    entries: files.entries.length,
    bodies: files.bodies.size,
    checkedBytes,
    problems,
    leftovers: [...found.filter((each) => !isDamage(each)), ...pulls.map(pullLeftover)],
    removed,
  };
}

function isDamage({ state }: StoreProblem): boolean {
  return state === "damage";
}

function pullLeftover(folder: FoundFile): StoreProblem {
  const remedy = 'the same "brainatlas pull" goes on with them; "brainatlas store prune --pulls" removes them';
  return leftoverOf(folder, "working files of a pull that ended before all had come", remedy);
}

function recordsProblem({ records }: StoreLayout, fault: string): StoreProblem {
  return {
    state: "damage",
    path: records,
    what: `the database of the records is damaged: ${fault}`,
    remedy: "pull or import the records again into another store; pictures, drawings and files are not in it",
    sizeBytes: statSync(records, { throwIfNoEntry: false })?.size ?? 0,
    entries: [],
  };
}
