import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** What a file is written with: all of it, or its chunks as they come. */
export type FileContent = Uint8Array | string | AsyncIterable<Uint8Array>;

/**
 * Writes a file so that it has its name only when it is complete: written beside, synced, renamed.
 *
 * A file of that name is replaced in one step, and stays as it was when anything fails; the working file is removed then.
 *
 * What comes in chunks is not held whole; an error of theirs is thrown on as it is.
 *
 * @throws {TypeError} If the path is empty.
 * @throws {Error} If the file cannot be written; names the path, and has the file system's error as `cause` and its `code`.
 * @example await writeFileWhole("plate.jpg", response.bytes())
 */
export async function writeFileWhole(path: string, content: FileContent): Promise<void> {
  if (path === "") throw new TypeError('Cannot write a file without a name; give a path, such as "plate.jpg"');
  const target = resolve(path);
  const working = join(dirname(target), `.brainatlas-${randomBytes(8).toString("hex")}.part`);
  try {
    await fill(await open(working, "wx"), content);
    await rename(working, target);
  } catch (cause) {
    await rm(working, { force: true }).catch(() => {
      // Where even this is not allowed, the first error says more.
    });
    // Chunks may fail as well: not every error is of the file system, whose errors name the call that failed.
    throw isChunks(content) && !hasSystemCall(cause) ? cause : await describeWriteError(path, cause);
  }
}

async function fill(file: FileHandle, content: FileContent): Promise<void> {
  try {
    if (!isChunks(content)) await file.writeFile(content);
    else for await (const chunk of content) await file.writeFile(chunk); // Each goes on where the last ended.
    await file.sync();
  } finally {
    await file.close();
  }
}

function isChunks(content: FileContent): content is AsyncIterable<Uint8Array> {
  return typeof content === "object" && Symbol.asyncIterator in content;
}

function hasSystemCall(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && "syscall" in cause;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist; create it first",
  ENOTDIR: "a part of its path is no folder; give another path",
  EISDIR: "a folder has that name; give a file name",
  EACCES: "writing there is not allowed; give another path",
  EPERM: "writing there is not allowed; give another path",
  EROFS: "the file system is read-only; give another path",
  ENOSPC: "the disk is full; make room",
  ENAMETOOLONG: "the name is too long; give a shorter one",
};

async function describeWriteError(path: string, cause: unknown): Promise<Error> {
  // Errors of the file system carry a code that the standard type does not have.
  const code = (cause as { code?: unknown }).code;
  // Some folders, such as /proc, are there and say so of every new file.
  const isFolderThere = code === "ENOENT" && (await stat(dirname(resolve(path))).catch(() => undefined)) !== undefined;
  const reason = typeof code === "string" ? REASONS[isFolderThere ? "EACCES" : code] : undefined;
  const words = reason ?? (cause instanceof Error ? cause.message : String(cause));
  return Object.assign(new Error(`Cannot write "${path}": ${words}`, { cause }), { code });
}
