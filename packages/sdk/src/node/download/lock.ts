import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { show } from "../../check.ts";
import { checkDirectory } from "./check-directory.ts";
import { OWN_PREFIX } from "./check-name.ts";
import { codeOf, type Disk } from "./disk.ts";
import { mayRun, ownIdentity, type ProcessIdentity } from "./process-identity.ts";

/** What a lock says of who holds it. */
interface Holder extends ProcessIdentity {
  readonly started: string;
  /** Tells each lock from all others. */
  readonly token: string;
}

/** A folder that is ours for the time of a run. */
export interface FolderLock {
  release(): Promise<void>;
}

const LOCK_NAME = `${OWN_PREFIX}download.lock`;
/** Locks of locks of runs that died while they took one over: more is no accident. */
const MAX_DEPTH = 8;

/**
 * Locks a directory for one run. What a run left that is no more is taken over; of several that try so at once, one gets it.
 *
 * @throws {Error} If another run has it; the message names the directory, and the process.
 */
export async function lockFolder(directory: string, disk: Disk): Promise<FolderLock> {
  return await acquire(join(directory, LOCK_NAME), directory, disk, 0);
}

/**
 * Whether a run may be at work in a directory of downloads, by the lock that it has there.
 *
 * The lock of a process that is no more does not count. One of another machine does, and one that cannot be read: nobody knows of these.
 *
 * @throws {TypeError} If the directory is no path.
 * @example if (await isDownloading("plates")) console.log("not complete yet")
 */
export async function isDownloading(directory: string): Promise<boolean> {
  const path = join(checkDirectory(directory), LOCK_NAME);
  try {
    const holder = parseHolder(await readFile(path, "utf8"));
    return holder === undefined || mayRun(holder);
  } catch (error) {
    const code = codeOf(error);
    return code !== "ENOENT" && code !== "ENOTDIR";
  }
}

async function acquire(path: string, directory: string, disk: Disk, depth: number): Promise<FolderLock> {
  const holder: Holder = { ...ownIdentity(), started: new Date().toISOString(), token: randomUUID() };
  const text = `${JSON.stringify(holder)}\n`;
  for (;;) {
    if (await create(path, text, directory, holder.token, disk)) return { release: () => removeIf(path, text, disk) };
    const found = await readIfThere(path);
    if (found === undefined) continue;
    const other = parseHolder(found);
    if (other === undefined || mayRun(other) || depth === MAX_DEPTH) throw takenError(directory, path, other);
    // Only who holds the lock of this very text may remove it: a newer one has another text, and stays.
    const mark = createHash("sha256").update(found).digest("hex").slice(0, 32);
    const claim = await acquire(join(directory, `${OWN_PREFIX}${mark}.lock`), directory, disk, depth + 1);
    try {
      await removeIf(path, found, disk);
    } finally {
      await claim.release();
    }
  }
}

/** Makes a file with its text in it in one step, so that nobody reads it half written. */
async function create(path: string, text: string, directory: string, token: string, disk: Disk): Promise<boolean> {
  const aside = join(directory, `${OWN_PREFIX}${token}.lock`);
  try {
    await writeNew(aside, text, disk);
    try {
      await disk.link(aside, path);
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      return await createDirectly(path, text, disk);
    }
  } finally {
    await disk.remove(aside);
  }
}

/** For file systems without second names. */
async function createDirectly(path: string, text: string, disk: Disk): Promise<boolean> {
  try {
    await writeNew(path, text, disk);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function writeNew(path: string, text: string, disk: Disk): Promise<void> {
  const file = await disk.open(path, "wx");
  try {
    await disk.write(file, Buffer.from(text), 0);
  } finally {
    await disk.close(file);
  }
}

async function removeIf(path: string, text: string, disk: Disk): Promise<void> {
  if ((await readIfThere(path)) === text) await disk.remove(path);
}

async function readIfThere(path: string): Promise<string | undefined> {
  return await readFile(path, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
}

function parseHolder(text: string): Holder | undefined {
  try {
    // What is found is checked.
    const value = JSON.parse(text) as Partial<Holder> | null;
    const isHolder = Number.isSafeInteger(value?.pid) && Number(value?.pid) > 0 && typeof value?.host === "string";
    return isHolder ? (value as Holder) : undefined;
  } catch {
    return undefined;
  }
}

function takenError(directory: string, path: string, holder: Holder | undefined): Error {
  const who = holder === undefined ? "another run" : `process ${holder.pid} on ${holder.host}`;
  const since = holder === undefined ? "" : `, since ${holder.started}`;
  return new Error(
    `Cannot download to ${show(directory)}: ${who} is at work there${since}; wait for its end, or, if there is none, remove ${show(path)}`,
  );
}
