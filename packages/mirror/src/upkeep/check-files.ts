import { statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { StoreEntry } from "../store/entries.ts";
import { createEntryReader } from "../store/entry-reader.ts";
import { PUT_BACK_MS } from "../store/folder-entries.ts";
import { hashFile } from "../store/hash-file.ts";
import type { StoreLayout } from "../store/layout.ts";
import { isPyramid, pictureMisfit, pyramidFault } from "./check-body.ts";
import { damageOf, LEFT_BEHIND_MS, leftoverOf, type StoreProblem } from "./problem.ts";
import type { FoundEntryFile, FoundFile, FoundFiles } from "./scan.ts";

/** How far a check is. */
export interface VerifyProgress {
  readonly checkedBytes: number;
  readonly totalBytes: number;
  readonly checkedBodies: number;
  readonly totalBodies: number;
}

/** How the files of a store are checked. */
export interface CheckOptions {
  readonly signal?: AbortSignal | undefined;
  /** Is told after each piece of a body that was read. */
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /**
   * Whether the tiles of pictures are looked at as well, beside their tables: each is to be a JPEG with its end.
   * @default false
   */
  readonly full?: boolean | undefined;
}

const PRUNE_REMEDY = '"brainatlas store prune --orphans" removes it';

/** Checks entries and bodies. What another process replaced or removed since they were listed is no damage. */
export async function checkFiles(
  layout: StoreLayout,
  files: FoundFiles,
  options: CheckOptions,
): Promise<{ problems: StoreProblem[]; checkedBytes: number }> {
  const doubtful = files.entries.filter((file) => entryProblem(layout, files, file).length > 0);
  // A body that another process took before it had its entry may just be put back.
  if (doubtful.length > 0) await setTimeout(PUT_BACK_MS);
  const problems = doubtful.flatMap((file) => entryProblem(layout, files, file));
  const told = new Set(problems.map(({ path }) => path));
  const namers = groupByBody(files.entries);
  // What cannot be read may name any body.
  const isKnown = files.entries.every(({ entry }) => entry !== undefined);
  const totalBodies = files.bodies.size;
  const totalBytes = [...files.bodies.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let checkedBytes = 0;
  let checkedBodies = 0;
  const tell = (more: number): void => {
    checkedBytes += more;
    options.onProgress?.({ checkedBytes, totalBytes, checkedBodies, totalBodies });
  };
  for (const [sha256, file] of files.bodies) {
    const found = await hashFile(file.path, tell, options.signal);
    checkedBodies += 1;
    tell(0);
    // One that is gone was looked at with the entries.
    if (found === undefined || told.has(file.path)) continue;
    const entries = (namers.get(sha256) ?? []).filter((entry) => isStill(layout, entry));
    if (entries.length > 0) problems.push(...bodyProblems(file, found === sha256, entries, options));
    else if (isKnown && isOld(file)) problems.push(leftoverOf(file, "no entry names this body", PRUNE_REMEDY));
  }
  problems.push(...strangerProblems(files));
  return { problems, checkedBytes };
}

function bodyProblems(
  file: FoundFile,
  isWhole: boolean,
  entries: readonly StoreEntry[],
  { full }: CheckOptions,
): StoreProblem[] {
  if (!isWhole) return [damageOf(file, "its bytes are not those that were put", entries)];
  const pictures = entries.filter(isPyramid);
  const fault = pictures.length === 0 ? undefined : pyramidFault(file.path, full === true);
  if (fault !== undefined) return [damageOf(file, fault, pictures)];
  return pictures.flatMap((entry) => {
    const misfit = pictureMisfit(file.path, entry);
    return misfit === undefined ? [] : [damageOf(file, misfit, [entry])];
  });
}

function isOld({ writtenMs }: FoundFile): boolean {
  return Date.now() - writtenMs > LEFT_BEHIND_MS;
}

function groupByBody(files: readonly FoundEntryFile[]): Map<string, StoreEntry[]> {
  const groups = new Map<string, StoreEntry[]>();
  for (const { entry } of files) {
    if (entry === undefined) continue;
    const group = groups.get(entry.sha256) ?? [];
    group.push(entry);
    groups.set(entry.sha256, group);
  }
  return groups;
}

/** What is wrong with an entry itself, and with whether its body is there. */
function entryProblem(layout: StoreLayout, { bodies }: FoundFiles, file: FoundEntryFile): StoreProblem[] {
  const { entry, fault } = file;
  if (entry === undefined) return [damageOf(file, `the entry is damaged: ${fault}`, [])];
  if (bodies.get(entry.sha256)?.sizeBytes === entry.sizeBytes) return [];
  const path = layout.body(entry.sha256);
  // It may have been put only after the bodies were listed, or have been removed with its entry.
  const now = statSync(path, { throwIfNoEntry: false })?.size;
  if (now === entry.sizeBytes || !isStill(layout, entry)) return [];
  const what = now === undefined ? "the body is gone" : `the body has ${now} of ${entry.sizeBytes} bytes`;
  return [damageOf({ path, sizeBytes: now ?? 0 }, what, [entry])];
}

/** Whether an entry still names the body that it was seen with. */
function isStill(layout: StoreLayout, { kind, name, sha256 }: StoreEntry): boolean {
  try {
    return createEntryReader()(layout.entry(kind, name))?.sha256 === sha256;
  } catch {
    return false;
  }
}

function strangerProblems({ parts, foreign }: FoundFiles): StoreProblem[] {
  return [
    ...parts.filter(isOld).map((file) => leftoverOf(file, "a process was ended while it wrote this", PRUNE_REMEDY)),
    ...foreign.map((file) => leftoverOf(file, "this is no file of a store", "remove it if it is none of yours")),
  ];
}
