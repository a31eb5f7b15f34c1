import { constants } from "node:buffer";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type ImportSource, importError, statFile } from "./source.ts";

/** Largest file that is taken. */
const MAX_FILE_BYTES = 2 * 1024 ** 3;
/** Most that a compressed file may unpack to: as much text as there can be. */
const MAX_UNPACKED_BYTES = constants.MAX_STRING_LENGTH;

/** What UTF-16 begins with. */
const UTF_16_MARKS = ["fffe", "feff"];

const unpack = promisify(gunzip);

/** Reads a file; one that gzip packed is unpacked, and its name is that of its content. */
export async function readSource(path: string): Promise<ImportSource> {
  const facts = await statFile(path);
  if (facts.size > MAX_FILE_BYTES) {
    throw importError({ path }, `it has ${facts.size} bytes; give one of at most ${MAX_FILE_BYTES}`);
  }
  const bytes = await readFile(path);
  const source = { name: basename(path), path, bytes, lastModified: facts.mtime.toISOString() };
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? await unpacked(source) : source;
}

async function unpacked(source: ImportSource): Promise<ImportSource> {
  try {
    const bytes = await unpack(source.bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
    return { ...source, name: source.name.replace(/\.gz$/i, ""), bytes };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw importError(source, `gzip cannot unpack it (${reason}); give a whole file, or one that is unpacked`, cause);
  }
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
