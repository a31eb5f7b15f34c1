import { statSync } from "node:fs";
import { checkRecords } from "../records/check-records.ts";
import { layOutStore, type StoreLayout } from "../store/layout.ts";
import { hasMarker } from "../store/marker.ts";
import { type CheckOptions, checkFiles } from "./check-files.ts";
import type { EntryName, StoreProblem } from "./problem.ts";
import { removeDamage } from "./remove-damage.ts";
import { scanStore } from "./scan.ts";

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
  /** Damage first, each in order of its path. */
  readonly problems: readonly StoreProblem[];
  /** Entries that were removed because their bodies are damaged. */
  readonly removed: readonly EntryName[];
}

/**
 * Checks a store: every stored byte against its hash, every entry, the tables of every picture, and the database of the records. Others may write
 * and prune meanwhile: what another process replaced or removed is no damage. Memory grows with the number of entries alone.
 *
 * @param store An open store, or the folder of one whose records cannot be opened.
 * @throws {Error} If there is no store in the folder, or one of a version that this program does not know, or files of it may not be read.
 * @example (await verifyStore(store)).problems.filter(({ state }) => state === "damage") // → []
 */
export async function verifyStore(
  store: { readonly directory: string },
  options: VerifyOptions = {},
): Promise<VerifySummary> {
  if (!(await hasMarker(store.directory))) {
    throw new Error(`Cannot check "${store.directory}": there is no store in that folder; give another (--store)`);
  }
  const layout = layOutStore(store.directory);
  const files = await scanStore(layout, options.signal);
  const { problems, checkedBytes } = await checkFiles(layout, files, options);
  for (const fault of await checkRecords(layout.records, options.signal)) problems.push(recordsProblem(layout, fault));
  const removed = options.removeDamaged === true ? await removeDamage(layout, problems) : [];
  return {
    directory: store.directory,
    entries: files.entries.length,
    bodies: files.bodies.size,
    checkedBytes,
    problems: [...problems.filter(isDamage), ...problems.filter((each) => !isDamage(each))],
    removed,
  };
}

function isDamage({ state }: StoreProblem): boolean {
  return state === "damage";
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
