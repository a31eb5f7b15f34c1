import type { StoreEntry } from "../store/entries.ts";
import type { FoundFile } from "./scan.ts";

/** Which entry is meant. */
export type EntryName = Pick<StoreEntry, "kind" | "name">;

/** Something that is not as it should be in a store. */
export interface StoreProblem {
  /** `damage`: what was put cannot be answered with; `removed`: such, which is removed; `leftover`: what belongs to nothing, and does no harm. */
  readonly state: "damage" | "removed" | "leftover";
  /** Path of the file on this machine. */
  readonly path: string;
  /** What is the matter with it. */
  readonly what: string;
  /** What would help. */
  readonly remedy: string;
  readonly sizeBytes: number;
  /** The entries that cannot be answered with. */
  readonly entries: readonly EntryName[];
}

/** Age from which a file that nothing names yet, or that is being written, is one that was left behind, in ms. */
export const LEFT_BEHIND_MS = 3_600_000;

/** Damage of what can be put again. */
export function damageOf(
  { path, sizeBytes }: Pick<FoundFile, "path" | "sizeBytes">,
  what: string,
  entries: readonly StoreEntry[],
): StoreProblem {
  const remedy = "pull or import it again, or have it removed with --remove-damaged, so that a pull fetches it again";
  return { state: "damage", path, what, remedy, sizeBytes, entries: entries.map(({ kind, name }) => ({ kind, name })) };
}

/** The same damage, once it is removed. */
export function asRemoved(problem: StoreProblem): StoreProblem {
  return { ...problem, state: "removed", remedy: "it is removed: pull or import it again" };
}

/** A file that belongs to nothing. */
export function leftoverOf({ path, sizeBytes }: FoundFile, what: string, remedy: string): StoreProblem {
  return { state: "leftover", path, what, remedy, sizeBytes, entries: [] };
}
