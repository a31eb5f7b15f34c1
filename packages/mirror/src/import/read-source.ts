import { constants } from "node:buffer";
import { createReadStream, createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGunzip, gunzip } from "node:zlib";
import { type FileFacts, type ImportSource, importError, statFile } from "./source.ts";

/** Largest file that is taken. */
const MAX_FILE_BYTES = 2 * 1024 ** 3;
/** Most that a compressed file may unpack to: as much text as there can be. */
const MAX_UNPACKED_BYTES = constants.MAX_STRING_LENGTH;

/** Most that a compressed picture may unpack to, on disk: pictures of such a size are compressed in themselves. */
const MAX_UNPACKED_PICTURE_BYTES = 8 * 1024 ** 3;
/** Bytes of a file in which its kind shows. */
const START_BYTES = 65_536;

/** What UTF-16 begins with. */
const UTF_16_MARKS = ["fffe", "feff"];

const unpack = promisify(gunzip);

/** A file of which only the beginning was read. */
export interface StartedFile extends FileFacts {
  /** The first bytes of its content, unpacked. */
  readonly start: Buffer;
  readonly isPacked: boolean;
  readonly sizeBytes: number;
}

/** Reads the beginning of a file; of one that gzip packed, that of its content. */
export async function startFile(path: string): Promise<StartedFile> {
  const { size: sizeBytes, mtime } = await statFile(path);
  const facts = { name: basename(path), path, lastModified: mtime.toISOString(), sizeBytes };
  const start = await firstBytes(createReadStream(path, { end: START_BYTES - 1 }));
  if (start[0] !== 0x1f || start[1] !== 0x8b) return { ...facts, start, isPacked: false };
  const unpacked = createGunzip();
  const packed = createReadStream(path).on("error", (error) => unpacked.destroy(error));
  try {
    const inner = await firstBytes(packed.pipe(unpacked));
    return { ...facts, name: facts.name.replace(/\.gz$/i, ""), start: inner, isPacked: true };
  } catch (cause) {
    throw unpackError(facts, cause);
  } finally {
    packed.destroy();
  }
}

/** At most as many bytes of a stream as show a kind; the stream is ended. */
async function firstBytes(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= START_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, START_BYTES);
}

/** Reads a file; one that gzip packed is unpacked. */
export async function readSource(file: StartedFile): Promise<ImportSource> {
  const { name, path, lastModified, sizeBytes, isPacked } = file;
  if (sizeBytes > MAX_FILE_BYTES) {
    throw importError({ path }, `it has ${sizeBytes} bytes; give one of at most ${MAX_FILE_BYTES}`);
  }
  const source = { name, path, lastModified, bytes: await readFile(path) };
  if (!isPacked) return source;
  try {
    return { ...source, bytes: await unpack(source.bytes, { maxOutputLength: MAX_UNPACKED_BYTES }) };
  } catch (cause) {
    throw unpackError(file, cause);
  }
}

/** Unpacks a file into another, piece by piece. */
export async function unpackTo(file: StartedFile, path: string): Promise<void> {
  let left = MAX_UNPACKED_PICTURE_BYTES;
  try {
    await pipeline(
      createReadStream(file.path),
      createGunzip(),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          left -= chunk.length;
          if (left < 0) throw new Error(`it unpacks to more than ${MAX_UNPACKED_PICTURE_BYTES} bytes`);
          yield chunk;
        }
      },
      createWriteStream(path, { flags: "wx" }),
    );
  } catch (cause) {
    throw unpackError(file, cause);
  }
}

function unpackError(source: FileFacts, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return importError(source, `gzip cannot unpack it (${reason}); give a whole file, or one that is unpacked`, cause);
}

/** Whether a file that begins so is a text, in whatever encoding: pictures hold bytes of 0, and of texts those in UTF-16 alone. */
export function isText(start: Buffer): boolean {
  return !start.includes(0) || UTF_16_MARKS.includes(start.subarray(0, 2).toString("hex"));
}

/** The text of a file, without a byte order mark. */
export function textOf(source: ImportSource): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(source.bytes);
  } catch (cause) {
    throw importError(source, "it is no text in UTF-8, or too long; give it in UTF-8, or in parts", cause);
  }
}
