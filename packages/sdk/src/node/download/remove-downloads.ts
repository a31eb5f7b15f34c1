import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { show } from "../../check.ts";
import { checkDirectory } from "./check-directory.ts";
import { MANIFEST_NAME, OWN_PREFIX } from "./check-name.ts";
import { codeOf, DISK } from "./disk.ts";
import { lockFolder } from "./lock.ts";

/**
 * Removes a directory of downloads with all that is in it, unless a run is at work there. One that is not there is removed.
 *
 * @throws {Error} If a run is at work there, if it has no manifest beside other files, or if something in it cannot be removed.
 * @example await removeDownloads("store/pulls/atlas-1")
 */
export async function removeDownloads(directory: string): Promise<void> {
  const path = checkDirectory(directory);
  const before = await namesIn(path);
  if (before === undefined) return;
  if (!before.includes(MANIFEST_NAME) && before.some((name) => !name.startsWith(OWN_PREFIX))) {
    throw new Error(`Cannot remove ${show(path)}: it has no ${MANIFEST_NAME}, and is no directory of downloads`);
  }
  const lock = await lockFolder(path, DISK);
  try {
    const names = (await namesIn(path)) ?? [];
    for (const name of names.filter((each) => !isLock(each))) {
      await rm(join(path, name), { recursive: true, force: true });
    }
  } finally {
    await lock.release();
  }
  // Where another run has begun meanwhile, it is not empty.
  await rmdir(path).catch(() => {});
}

/** Locks are removed by who holds them. */
function isLock(name: string): boolean {
  return name.startsWith(OWN_PREFIX) && name.endsWith(".lock");
}

async function namesIn(path: string): Promise<string[] | undefined> {
  return await readdir(path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
}
