import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isDownloading } from "@brainatlas/sdk/node";
import { isMissing, unreadable } from "../store/files-below.ts";
import type { StoreLayout } from "../store/layout.ts";
import type { FoundFile } from "./scan.ts";

/**
 * Working folders of pulls that broke off or were given up, in order of their names: each with the bytes of all that is in it, and when the last of
 * it was written. Those in which a run may be at work are left out.
 *
 * @throws {Error} If a folder cannot be read.
 */
export async function findGivenUpPulls({ pulls }: Pick<StoreLayout, "pulls">): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const name of (await namesIn(pulls, false)).sort()) {
    const path = join(pulls, name);
    const names = await namesIn(path, true);
    // An empty one is about to be locked, or to be removed.
    if (names.length > 0 && !(await isDownloading(path))) found.push(await measure(path, names));
  }
  return found;
}

async function measure(path: string, names: readonly string[]): Promise<FoundFile> {
  let [sizeBytes, writtenMs] = [0, 0];
  for (const name of names) {
    // The run may end, and remove its files, meanwhile.
    const facts = await stat(join(path, name)).catch(() => undefined);
    if (facts?.isFile() === true) sizeBytes += facts.size;
    writtenMs = Math.max(writtenMs, facts?.mtimeMs ?? 0);
  }
  return { path, sizeBytes, writtenMs };
}

async function namesIn(path: string, recursive: boolean): Promise<string[]> {
  try {
    return await readdir(path, { recursive });
  } catch (cause) {
    if (isMissing(cause) || (cause as NodeJS.ErrnoException).code === "ENOTDIR") return [];
    throw unreadable(path, cause);
  }
}
