import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { isMissing } from "../store/files-below.ts";
import { hashFile } from "../store/hash-file.ts";
import type { StoreLayout } from "../store/layout.ts";
import { parseEntry } from "../store/parse-entry.ts";
import { takeAway } from "../store/take-away.ts";
import { asRemoved, type EntryName, type StoreProblem } from "./problem.ts";

/** What became of damage. */
export interface RemovedDamage {
  /** The same problems in the same order; those that are removed say so. */
  readonly problems: readonly StoreProblem[];
  /** The entries that were removed. */
  readonly removed: readonly EntryName[];
}

/**
 * Removes what a check found damaged: entries first, then the bodies that they named. What another process has put in its place meanwhile
 * stays. The records are left as they are.
 */
export async function removeDamage(layout: StoreLayout, problems: readonly StoreProblem[]): Promise<RemovedDamage> {
  const removed: EntryName[] = [];
  const after: StoreProblem[] = [];
  for (const problem of problems) {
    const isGone = problem.path !== layout.records && (await removeOne(layout, problem, removed));
    after.push(isGone ? asRemoved(problem) : problem);
  }
  return { problems: after, removed };
}

/** @returns Whether nothing can be answered with it any more. */
async function removeOne(
  layout: StoreLayout,
  { path, entries, sizeBytes }: StoreProblem,
  removed: EntryName[],
): Promise<boolean> {
  if (path.startsWith(layout.entries)) {
    await takeAway(layout.objects, path, (aside) => isNone(layout, path, aside));
    return !(await isThere(path)) || !(await isNone(layout, path, path).catch(() => true));
  }
  const names = (file: string): Promise<boolean> => bodyNamedIn(file).then((sha256) => sha256 === basename(path));
  const files = entries.map(({ kind, name }) => layout.entry(kind, name));
  for (const [index, entry] of entries.entries()) {
    if (await takeAway(layout.objects, files[index] ?? "", names)) removed.push(entry);
  }
  await takeAway(layout.objects, path, (aside) => isDamaged(aside, basename(path), sizeBytes));
  const left = await Promise.all(
    files.map(async (file) => (await isThere(file)) && (await names(file).catch(() => true))),
  );
  return !left.includes(true);
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    (error: unknown) => !isMissing(error),
  );
}

async function bodyNamedIn(entryPath: string): Promise<string> {
  return parseEntry(await readFile(entryPath, "utf8")).sha256;
}

/** Whether a file is still no entry, or that of another name. */
async function isNone(layout: StoreLayout, path: string, aside: string): Promise<boolean> {
  const text = await readFile(aside, "utf8");
  try {
    const { kind, name } = parseEntry(text);
    return layout.entry(kind, name) !== path;
  } catch {
    return true;
  }
}

/**
 * Whether a body is still the damaged one: it is as long as it was seen, and not what its name says. One that is what it was put as, and is no
 * picture or another than its entry said, stays: others may name it, and a prune removes it if none does.
 */
async function isDamaged(path: string, sha256: string, sizeBytes: number): Promise<boolean> {
  if ((await stat(path)).size !== sizeBytes) return false;
  return (await hashFile(path)) !== sha256;
}
