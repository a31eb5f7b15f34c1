import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { isMissing } from "./files-below.ts";

/** Bytes that are read at once. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * SHA-256 of a file, hexadecimal; memory stays flat.
 *
 * @param onBytes Is told of each piece that was read.
 * @returns `undefined` if there is no such file.
 */
export async function hashFile(
  path: string,
  onBytes?: (sizeBytes: number) => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const file = await openIfThere(path);
  try {
    return file && (await hashOpen(file, onBytes, signal));
  } finally {
    await file?.close();
  }
}

/** SHA-256 of a file that is open, from its start on. */
export async function hashOpen(
  file: FileHandle,
  onBytes: (sizeBytes: number) => void = () => {},
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = 0; ; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, at);
    if (bytesRead === 0) return hash.digest("hex");
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
    onBytes(bytesRead);
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
