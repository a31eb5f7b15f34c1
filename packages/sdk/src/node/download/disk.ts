import * as fs from "node:fs";
import { dirname } from "node:path";
import { platform } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** What is known of a path. */
export interface Looked {
  readonly isFile: boolean;
  readonly sizeBytes: number;
}

/** The steps that a run takes on the disk, each of them one that can fail. */
export interface Disk {
  open(path: string, flags: string): Promise<number>;
  /** Writes all of it, at a place or, without one, where the file is. */
  write(file: number, bytes: Uint8Array, position: number | null): Promise<void>;
  /** Reads until the bytes are full or the file ends, and says how many came. */
  read(file: number, bytes: Uint8Array, position: number): Promise<number>;
  truncate(file: number, sizeBytes: number): Promise<void>;
  /** Has the bytes and all that is known of the file on the disk. */
  sync(file: number): Promise<void>;
  /** Has the bytes on the disk, and the length. */
  syncData(file: number): Promise<void>;
  close(file: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Makes a second name; fails if it is taken. */
  link(from: string, to: string): Promise<void>;
  /** Removes a file, if it is there. */
  remove(path: string): Promise<void>;
  /** Makes a folder and what is missing above it; gives the uppermost that was made. */
  makeFolder(path: string): Promise<string | undefined>;
  /** Has a folder's names on the disk, where the system can. */
  syncFolder(path: string): Promise<void>;
  /** `undefined` when nothing is there. Links are not followed. */
  look(path: string): Promise<Looked | undefined>;
}

// Numbers for files and callbacks beneath: a `FileHandle` costs about twice the time of a small file.
const open = promisify(fs.open);
const write = promisify(fs.write);
const read = promisify(fs.read);
const lstat = promisify(fs.lstat);
const mkdir = promisify(fs.mkdir);
const fsync = promisify(fs.fsync);
const close = promisify(fs.close);
const unlink = promisify(fs.unlink);
const rename = promisify(fs.rename);
const stat = promisify(fs.stat);

/** The disk of this machine. */
export const DISK: Disk = {
  open: (path, flags) => open(path, flags, 0o666),
  write: writeAll,
  read: readFull,
  truncate: promisify(fs.ftruncate),
  sync: fsync,
  syncData: promisify(fs.fdatasync),
  close,
  rename: platform === "win32" ? (from, to) => renamePatiently(from, to) : rename,
  link: promisify(fs.link),
  remove: (path) => unlink(path).catch(unlessMissing),
  makeFolder,
  syncFolder,
  look: async (path) => {
    const found = await lstat(path).catch(unlessMissing);
    return found === undefined ? undefined : { isFile: found.isFile(), sizeBytes: found.size };
  },
};

async function writeAll(file: number, bytes: Uint8Array, position: number | null): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const at = position === null ? null : position + done;
    done += (await write(file, bytes, done, bytes.length - done, at)).bytesWritten;
  }
}

async function readFull(file: number, bytes: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await read(file, bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

/** Level by level: the system's own way never ends where a folder that is there says that it is not, as /proc does. */
async function makeFolder(path: string): Promise<string | undefined> {
  const isMissing = await makeOne(path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT" && dirname(path) !== path) return undefined;
    throw error;
  });
  if (isMissing !== undefined) return isMissing ? path : undefined;
  const uppermost = await makeFolder(dirname(path));
  return (await makeOne(path)) ? (uppermost ?? path) : uppermost;
}

/** Whether it was missing, and is there now. */
async function makeOne(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    // Some systems say that it may not be made before they say that it is there.
    const found = codeOf(error) === "ENOENT" ? undefined : await stat(path).catch(() => undefined);
    if (found?.isDirectory() === true) return false;
    throw error;
  }
}

/** What Windows says of a file that another program is just looking at, such as a scanner for viruses. */
const HELD: ReadonlySet<string | undefined> = new Set(["EPERM", "EACCES", "EBUSY"]);
const RENAME_PAUSES_MS: readonly number[] = [10, 50, 200, 1000];

/** Renames a file that may be held by others for a moment. */
export async function renamePatiently(
  from: string,
  to: string,
  step: Disk["rename"] = rename,
  pause: (delayMs: number) => Promise<void> = sleep,
): Promise<void> {
  for (const pauseMs of RENAME_PAUSES_MS) {
    try {
      return await step(from, to);
    } catch (error) {
      if (!HELD.has(codeOf(error))) throw error;
      await pause(pauseMs);
    }
  }
  await step(from, to);
}

/** What is said where a folder cannot be synced, though all is well. */
const NOT_SYNCED: ReadonlySet<string | undefined> = new Set([
  "EINVAL",
  "ENOTSUP",
  "EPERM",
  "EACCES",
  "EISDIR",
  "EBADF",
]);

/** Systems that know no open folders, such as Windows, keep their names safe by themselves. */
async function syncFolder(path: string): Promise<void> {
  let file: number;
  try {
    file = await open(path, "r");
  } catch {
    return;
  }
  try {
    await fsync(file).catch((error: unknown) => {
      if (!NOT_SYNCED.has(codeOf(error))) throw error;
    });
  } finally {
    await close(file);
  }
}

/** The code of a file system's error. */
export function codeOf(error: unknown): string | undefined {
  // Errors of the file system carry a code that the standard type does not have.
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}

function unlessMissing(error: unknown): undefined {
  const code = codeOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  throw error;
}
