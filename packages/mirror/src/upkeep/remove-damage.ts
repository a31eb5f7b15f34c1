import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { hashFile } from "../store/hash-file.ts";
import type { StoreLayout } from "../store/layout.ts";
import { parseEntry } from "../store/parse-entry.ts";
import { takeAway } from "../store/take-away.ts";
import type { EntryName, StoreProblem } from "./problem.ts";

/**
 * Removes what a check found damaged: entries first, then the bodies that they named. What another process has put in its place meanwhile
 * stays. The records are left as they are.
 *
 * @returns The entries that were removed.
 */
export async function removeDamage(layout: StoreLayout, problems: readonly StoreProblem[]): Promise<EntryName[]> {
  const removed: EntryName[] = [];
  for (const { state, path, entries, sizeBytes } of problems) {
    if (state !== "damage" || path === layout.records) continue;
    for (const entry of entries) {
      const isSame = async (aside: string): Promise<boolean> => (await bodyNamedIn(aside)) === basename(path);
      if (await takeAway(layout.objects, layout.entry(entry.kind, entry.name), isSame)) removed.push(entry);
    }
    if (path.startsWith(layout.entries)) await takeAway(layout.objects, path, (aside) => isNone(layout, path, aside));
    else await takeAway(layout.objects, path, (aside) => isDamaged(aside, basename(path), sizeBytes));
  }
  return removed;
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
