import { link, rename, rm } from "node:fs/promises";
import { withPart } from "./body-chunks.ts";

/**
 * Removes a file if it is still the one that is meant: it is taken aside and looked at again there, since another process may have put another
 * under its name. One that is not meant gets its name back, unless that has been taken again.
 *
 * @param directory Folder in the same file system, for the file aside.
 * @param isMeant Whether the file, which lies at the path it is given, is to go.
 * @returns Whether it is gone by this call.
 */
export async function takeAway(
  directory: string,
  path: string,
  isMeant: (aside: string) => Promise<boolean>,
): Promise<boolean> {
  // What cannot be looked at is not taken.
  const isSure = (where: string): Promise<boolean> => isMeant(where).catch(() => false);
  if (!(await isSure(path))) return false;
  return await withPart(directory, async (aside) => {
    if (!(await moveIfThere(path, aside))) return false;
    if (await isSure(aside)) return true;
    await putBack(aside, path);
    return false;
  });
}

/** @returns Whether there was such a file. */
export async function moveIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Gives a file its name back, unless another has it by now. */
export async function putBack(aside: string, path: string): Promise<void> {
  try {
    await link(aside, path);
    await rm(aside, { force: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Where files have no second names, the file aside is the one to keep.
    if (code === "EEXIST") await rm(aside, { force: true });
    else await rename(aside, path);
  }
}
