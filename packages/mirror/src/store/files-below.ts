import type { Dirent } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Folders below that of the entries: of a kind, and of the first letters of a hash. Links in place of one are followed, and none deeper. */
const STORE_DEPTH = 2;

/**
 * Paths of all files below a folder, from it on, sorted; none where there is no such folder. Others may remove files meanwhile.
 *
 * @param only Name of a folder in it, if no other is to be looked into.
 * @throws {Error} If a folder or a link cannot be read: nobody knows then what the store holds.
 */
export async function filesBelow(directory: string, only?: string): Promise<string[]> {
  const found: string[] = [];
  async function look(below: string, depth: number): Promise<void> {
    for (const each of await namesIn(directory, below)) {
      if (only !== undefined && below === "" && each.name !== only) continue;
      const path = join(below, each.name);
      if (await isFolder(each, join(directory, path), depth)) await look(path, depth + 1);
      else found.push(path);
    }
  }
  await look("", 1);
  return found.sort();
}

async function namesIn(directory: string, below: string): Promise<Dirent[]> {
  const path = join(directory, below);
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (cause) {
    // A link that leads nowhere is no empty folder: its disk may be missing. A folder was made only since.
    if (below === "" && isMissing(cause) && !(await isLink(path))) return [];
    throw unreadable(path, cause);
  }
}

async function isFolder(entry: Dirent, path: string, depth: number): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return (await stat(path)).isDirectory() && depth <= STORE_DEPTH;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function isLink(path: string): Promise<boolean> {
  return await lstat(path).then(
    (facts) => facts.isSymbolicLink(),
    (error: unknown) => !isMissing(error),
  );
}

/** Whether the system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

/** The error that a part of a store cannot be read. */
export function unreadable(path: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`Cannot read "${path}" of the store: ${reason}; make it readable, and try again`, { cause });
}
