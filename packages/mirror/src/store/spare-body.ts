import { existsSync } from "node:fs";
import { link, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { partName } from "./part-file.ts";

/** What systems say where a file can have no second name. */
const NO_LINKS: readonly unknown[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"];

/**
 * Keeps a second name of a body while it gets the entry that names it. Another process that prunes may have seen the body before the entry,
 * and take it; afterwards it is put back then. Where the file system knows no second names, that is an error: nothing is lost unsaid.
 *
 * @param directory Folder of the second name, in the same file system.
 * @param from Where the body lies before the use.
 * @param path Where it is to lie after it.
 * @throws {Error} If there is no body, or it was taken and cannot be put back.
 */
export async function withSpare<T>(directory: string, from: string, path: string, use: () => Promise<T>): Promise<T> {
  const spare = join(directory, partName());
  const hasSpare = await tryLink(from, spare);
  try {
    const result = await use();
    if (existsSync(path)) return result;
    if (!hasSpare) throw new Error(`Cannot put "${path}": another process removed it meanwhile; put it again`);
    await rename(spare, path);
    return result;
  } finally {
    await rm(spare, { force: true });
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (NO_LINKS.includes((error as NodeJS.ErrnoException).code)) return false;
    throw error;
  }
}
