import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { removeImageRecords } from "../store/image-records.ts";
import { layOutStore, type StoreLayout } from "../store/layout.ts";
import { parseEntry } from "../store/parse-entry.ts";
import { PART_FILE } from "../store/part-file.ts";
import { takeAway } from "../store/take-away.ts";
import type { PrunePlan } from "./plan-prune.ts";
import { removeBodies } from "./remove-bodies.ts";
import type { FoundFile } from "./scan.ts";

/** How a prune is done. */
export interface PruneOptions {
  /** Ends the work: bodies of entries that are gone are removed by the next prune, an hour later. */
  readonly signal?: AbortSignal | undefined;
  /** Is told after each entry. */
  readonly onProgress?: ((done: number, count: number) => void) | undefined;
}

/** What a prune removed. */
export interface PruneSummary {
  /** Those of the plan that were still the same. */
  readonly entries: number;
  readonly images: number;
  /** Bodies and files that belonged to nothing. */
  readonly files: number;
  readonly freedBytes: number;
}

/**
 * Removes what a plan names.
 *
 * Others may use the store meanwhile. An entry goes before its body. An entry that another process has put anew since the plan was made stays;
 * so does a body that any entry names: that is looked at before it is taken and again after, and who puts an entry looks afterwards whether the
 * body is still there. A reader that has a body open reads it to its end.
 *
 * @throws {Error} If an entry cannot be read any more: no body is removed then.
 * @example await pruneStore(store, await planPrune(store, { kinds: ["answer"] }))
 */
export async function pruneStore(
  store: FolderStore,
  { entries, images, orphans }: PrunePlan,
  { signal, onProgress }: PruneOptions = {},
): Promise<PruneSummary> {
  const layout = layOutStore(store.directory);
  const removed: StoreEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    signal?.throwIfAborted();
    const isSame = (aside: string): Promise<boolean> => isEntry(aside, entry);
    if (await takeAway(layout.objects, layout.entry(entry.kind, entry.name), isSame)) removed.push(entry);
    onProgress?.(index + 1, entries.length);
  }
  removeImageRecords(await store.records(), images);
  const isPart = ({ path }: FoundFile): boolean => PART_FILE.test(basename(path));
  const unnamed = [
    ...removed.map(({ sha256 }) => sha256),
    ...orphans.filter((file) => !isPart(file)).map(({ path }) => basename(path)),
  ];
  const bodies = await removeBodies(layout, new Set(unnamed), signal);
  const parts = await removeParts(layout, orphans.filter(isPart));
  return {
    entries: removed.length,
    images: images.length,
    files: bodies.files + parts.files,
    freedBytes: bodies.freedBytes + parts.freedBytes,
  };
}

/** Whether a file is an entry as it was when the plan was made. */
async function isEntry(path: string, { sha256, storedAt }: StoreEntry): Promise<boolean> {
  const now = parseEntry(await readFile(path, "utf8"));
  return now.sha256 === sha256 && now.storedAt === storedAt;
}

async function removeParts(
  layout: StoreLayout,
  parts: readonly FoundFile[],
): Promise<{ files: number; freedBytes: number }> {
  let files = 0;
  let freedBytes = 0;
  for (const { path, sizeBytes, writtenMs } of parts) {
    // Written to since, it belongs to a process that lives.
    const isOld = async (aside: string): Promise<boolean> => (await stat(aside)).mtimeMs === writtenMs;
    if (!(await takeAway(layout.objects, path, isOld))) continue;
    files += 1;
    freedBytes += sizeBytes;
  }
  return { files, freedBytes };
}
