import type { Disk } from "./disk.ts";

/** Bytes that are complete, to be looked at. */
export interface Content {
  readonly sizeBytes: number;
  /** Up to so many bytes from an offset on; fewer at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

const BLOCK_BYTES = 1024 * 1024;

/** Bytes in memory. */
export function heldContent(bytes: Uint8Array): Content {
  return {
    sizeBytes: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

/** Those of an open file; reading rejects with the signal's reason. */
export function fileContent(file: number, sizeBytes: number, disk: Disk, signal?: AbortSignal): Content {
  return {
    sizeBytes,
    async read(offset, length) {
      signal?.throwIfAborted();
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, sizeBytes - offset)));
      return bytes.subarray(0, await disk.read(file, bytes, offset));
    },
  };
}

/** The bytes from an offset on, in blocks. */
export async function* readBlocks(content: Content, offset = 0): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = offset; at < content.sizeBytes; ) {
    const block = await content.read(at, BLOCK_BYTES);
    if (block.length === 0) return;
    yield block;
    at += block.length;
  }
}
