import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CHUNK_BYTES } from "./asset.ts";
import { damaged } from "./damaged.ts";

/** A file that is being written. */
export const PART_FILE: RegExp = /^\.brainatlas-[0-9a-f]+\.part$/;
/** Age from which such a file is one that a process left behind when it was ended; a younger one may still grow. */
const LEFT_BEHIND_MS = 24 * 3600 * 1000;

/** @throws {DamagedError} If a body is not there, or not as long as it was put. */
export async function checkBody(path: string, sizeBytes: number): Promise<void> {
  const facts = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === "ENOENT" ? damaged("body", path, "it is gone", cause) : cause;
  });
  if (facts.size !== sizeBytes) throw damaged("body", path, `it has ${facts.size} of ${sizeBytes} bytes`);
}

/** Removes what processes left behind that were ended while they wrote. */
export async function sweepParts(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const path of names.filter((name) => PART_FILE.test(name)).map((name) => join(directory, name))) {
    const facts = await stat(path).catch(() => undefined); // Another process may have swept it.
    if (facts !== undefined && Date.now() - facts.mtimeMs > LEFT_BEHIND_MS) await rm(path, { force: true });
  }
}

/**
 * Bytes of a file from `start` to before `end`; the file is closed when the loop is left.
 *
 * @throws {DamagedError} If the file ends before.
 */
export async function* readChunks(
  path: string,
  start: number,
  end: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (end <= start) return;
  let at = start;
  for await (const chunk of createReadStream(path, { start, end: end - 1, highWaterMark: CHUNK_BYTES, signal })) {
    at += chunk.length;
    yield chunk;
  }
  if (at < end) throw damaged("body", path, `it ends at ${at} of ${end} bytes`);
}

/**
 * Writes a body of any length under the name that its content gives it: beside, synced, renamed.
 *
 * @param pathOf Path of a body by its SHA-256.
 */
export async function writeChunks(
  directory: string,
  body: AsyncIterable<Uint8Array>,
  pathOf: (sha256: string) => string,
): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  await mkdir(directory, { recursive: true });
  const working = join(directory, `.brainatlas-${randomBytes(8).toString("hex")}.part`);
  try {
    const facts = await fill(await open(working, "wx"), body);
    const path = pathOf(facts.sha256);
    await mkdir(dirname(path), { recursive: true });
    await rename(working, path);
    return facts;
  } catch (error) {
    await rm(working, { force: true });
    throw error;
  }
}

async function fill(file: FileHandle, body: AsyncIterable<Uint8Array>): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    for await (const chunk of body) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      await file.writeFile(chunk); // Goes on where the last ended.
    }
    await file.sync();
    return { sha256: hash.digest("hex"), sizeBytes };
  } finally {
    await file.close();
  }
}
