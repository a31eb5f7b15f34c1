import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CHUNK_BYTES } from "./asset.ts";
import { damaged } from "./damaged.ts";
import { hashOpen } from "./hash-file.ts";
import { PART_FILE, partName } from "./part-file.ts";
import { withSpare } from "./spare-body.ts";

/** Age from which such a file goes unasked. A prune, which is asked for, takes younger ones as well. */
const SWEPT_AFTER_MS = 24 * 3600 * 1000;

/** @throws {DamagedError} If a body is not there, or not as long as it was put. */
export function checkBody(path: string, sizeBytes: number): void {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) throw damaged("body", path, "it is gone");
  if (facts.size !== sizeBytes) throw damaged("body", path, `it has ${facts.size} of ${sizeBytes} bytes`);
}

/** Removes what processes left behind that were ended while they wrote. */
export async function sweepParts(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const path of names.filter((name) => PART_FILE.test(name)).map((name) => join(directory, name))) {
    const facts = await stat(path).catch(() => undefined); // Another process may have swept it.
    if (facts !== undefined && Date.now() - facts.mtimeMs > SWEPT_AFTER_MS) await rm(path, { force: true });
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

/** A body that lies under its name. */
export interface WrittenBody {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Gives the path of a file that goes with the use, however that ends; what is left of it when the process is ended is swept later. */
export async function withPart<T>(directory: string, use: (path: string) => Promise<T>): Promise<T> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, partName());
  try {
    return await use(path);
  } finally {
    await rm(path, { force: true });
  }
}

/** What becomes of a body that is written. */
export interface BodyUse<T> {
  /** Path of a body by its SHA-256. */
  path(sha256: string): string;
  /** Writes what names it. Before that it has its path, and after it, too. */
  name(body: WrittenBody): Promise<T>;
}

/** Writes a body of any length under the name that its content gives it: beside, synced, renamed. */
export async function writeChunks<T>(directory: string, body: AsyncIterable<Uint8Array>, use: BodyUse<T>): Promise<T> {
  return await withPart(
    directory,
    async (part) => await move(directory, part, await fill(await open(part, "wx"), body), use),
  );
}

/**
 * Takes what a writer makes of a file as a body, in the same way: it is read once more for its SHA-256.
 *
 * @param write Writes the whole file to the path, and throws if it is not to be taken.
 */
export async function writePart<T>(
  directory: string,
  write: (path: string) => Promise<void>,
  use: BodyUse<T>,
): Promise<T> {
  return await withPart(directory, async (part) => {
    await checkWritable(part);
    await write(part);
    return await move(directory, part, await measure(part), use);
  });
}

/** Before a writer tries, whose words would be of its own. */
async function checkWritable(part: string): Promise<void> {
  try {
    await (await open(part, "wx")).close();
    // Who writes nothing is to be found out.
    await rm(part);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot write to the store: ${reason}; give a folder that can be written`, { cause });
  }
}

async function move<T>(directory: string, part: string, body: WrittenBody, use: BodyUse<T>): Promise<T> {
  const path = use.path(body.sha256);
  await mkdir(dirname(path), { recursive: true });
  return await withSpare(directory, part, path, async () => {
    await rename(part, path);
    return await use.name(body);
  });
}

async function measure(path: string): Promise<WrittenBody> {
  const file = await open(path, "r+"); // Windows syncs only what can be written.
  let sizeBytes = 0;
  try {
    const sha256 = await hashOpen(file, (count) => {
      sizeBytes += count;
    });
    await file.sync();
    return { sha256, sizeBytes };
  } finally {
    await file.close();
  }
}

async function fill(file: FileHandle, body: AsyncIterable<Uint8Array>): Promise<WrittenBody> {
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
