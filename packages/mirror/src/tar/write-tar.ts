import { printPax } from "./pax.ts";
import { BLOCK_BYTES, MAX_OCTAL_SIZE, MAX_PATH_BYTES, writeHeader } from "./tar-header.ts";

/** A file that goes into a tar. */
export interface NewTarMember {
  /** Its parts divided by `/`. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Exactly as many bytes as were said. */
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * Writes a tar (POSIX ustar; longer paths and larger sizes by pax), piece by piece; memory stays flat. The same members give the same bytes.
 *
 * @throws {Error} If a content is longer or shorter than was said.
 */
export async function* writeTar(
  members: AsyncIterable<NewTarMember> | Iterable<NewTarMember>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const { path, sizeBytes, content } of members) {
    yield headersOf(path, sizeBytes);
    let left = sizeBytes;
    for await (const chunk of content) {
      left -= chunk.byteLength;
      if (left < 0) break;
      yield chunk;
    }
    if (left !== 0) throw new Error(`Cannot write "${path}" into a tar: it is not of ${sizeBytes} bytes, as was said`);
    yield new Uint8Array(padding(sizeBytes));
  }
  yield new Uint8Array(2 * BLOCK_BYTES);
}

/** The header of a file, after another where it has no room for all. */
function headersOf(path: string, sizeBytes: number): Uint8Array {
  const isLong = Buffer.byteLength(path) > MAX_PATH_BYTES;
  const isLarge = sizeBytes > MAX_OCTAL_SIZE;
  const header = writeHeader({
    path: isLong ? path.slice(-MAX_PATH_BYTES) : path,
    sizeBytes: isLarge ? 0 : sizeBytes,
    type: "file",
  });
  if (!isLong && !isLarge) return header;
  const fields = Buffer.from(printPax({ path: isLong ? path : undefined, sizeBytes: isLarge ? sizeBytes : undefined }));
  const before = writeHeader({ path: "pax", sizeBytes: fields.length, type: "pax" });
  return Buffer.concat([before, fields, new Uint8Array(padding(fields.length)), header]);
}

/** Bytes from an end to that of its block. */
export function padding(sizeBytes: number): number {
  return (BLOCK_BYTES - (sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES;
}
