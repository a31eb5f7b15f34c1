import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CHUNK_BYTES } from "./asset.ts";

/** Bytes of a file from `start` to before `end`; the file is closed when the loop is left. */
export async function* readChunks(
  path: string,
  start: number,
  end: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (end <= start) return;
  yield* createReadStream(path, { start, end: end - 1, highWaterMark: CHUNK_BYTES, ...(signal && { signal }) });
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
