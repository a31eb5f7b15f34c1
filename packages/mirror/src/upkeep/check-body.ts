import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { openPyramid } from "../tiff/open-pyramid.ts";

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
  onBytes: (sizeBytes: number) => void = () => {},
  signal?: AbortSignal,
): Promise<string | undefined> {
  const file = await openIfThere(path);
  if (file === undefined) return undefined;
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
      onBytes(bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** What is wrong with a stored pyramid's tables, or with its tiles; `undefined` if nothing is. */
export function pyramidFault(path: string, isFull: boolean): string | undefined {
  try {
    const file = openPyramid(path);
    try {
      if (!isFull || file.pyramid.encoding !== "jpeg") return undefined;
      for (const [tier, { offsets }] of file.pyramid.tiers.entries()) {
        for (let index = 0; index < offsets.length; index += 1) {
          const fault = offsets[index] === 0 ? undefined : tileFault(file.readTile(tier, index));
          if (fault !== undefined) return `tile ${index} of its tier ${tier} ${fault}`;
        }
      }
      return undefined;
    } finally {
      file.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A JPEG begins and ends with its markers. */
function tileFault(tile: Uint8Array): string | undefined {
  if (tile[0] !== 0xff || tile[1] !== 0xd8) return "is no JPEG";
  return tile.at(-2) === 0xff && tile.at(-1) === 0xd9 ? undefined : "is cut off";
}
