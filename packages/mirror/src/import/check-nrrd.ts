import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type NrrdHeader, parseNrrdHeader, readNrrd } from "@brainatlas/sdk/volume";
import { MAX_CHECKED_BYTES } from "./check-text-asset.ts";
import { type AssetSource, importError } from "./source.ts";

/** Bytes of a value, by the ending of the type's name. */
const TYPE_BYTES: Readonly<Record<string, number>> = { "8": 1, "16": 2, "32": 4, "64": 8 };

/** A file without a spacing is taken: who reads it may know it. */
const ANY_SPACING_UM = 1;

/**
 * Checks that an NRRD file is whole: that its header is one, and that as many voxels follow as it says, and nothing else. They are
 * counted and not kept, so that volumes of any size are taken; clients refuse what is refused here.
 *
 * @returns Edge of a voxel in µm, where all three are the same.
 */
export async function checkNrrd(source: AssetSource): Promise<{ readonly spacingUm: number | undefined }> {
  try {
    const header = parseNrrdHeader(source.head);
    if (header.dataFile !== undefined) throw new Error("its voxels are in another file; give one that holds them");
    await checkVoxels(source, header);
    const [x, y, z] = header.spacingUm ?? [];
    return { spacingUm: x === y && y === z ? x : undefined };
  } catch (cause) {
    throw importError(source, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

async function checkVoxels({ path, sizeBytes }: AssetSource, header: NrrdHeader): Promise<void> {
  if (header.encoding === "text" || header.lineSkip !== 0 || header.byteSkip !== 0) {
    // Not what the archive has: read whole, by the reader that clients have.
    if (sizeBytes > MAX_CHECKED_BYTES)
      throw new Error(`it has ${sizeBytes} bytes; give one of at most ${MAX_CHECKED_BYTES}`);
    await readNrrd(createReadStream(path), { maxBytes: MAX_CHECKED_BYTES, spacingUm: ANY_SPACING_UM });
    return;
  }
  const [nx, ny, nz] = header.size;
  const expected = nx * ny * nz * (TYPE_BYTES[/\d+$/.exec(header.type)?.[0] ?? ""] ?? 1);
  const packed = createReadStream(path, { start: header.dataOffset });
  const bytes = header.encoding === "gzip" ? packed.pipe(createGunzip()) : packed;
  packed.once("error", (error) => bytes.destroy(error));
  try {
    const found = await countBytes(bytes, expected);
    if (found !== expected) {
      throw new Error(
        `it holds ${found > expected ? "more" : found} of ${expected} bytes of voxels; give a whole file`,
      );
    }
  } finally {
    packed.destroy();
  }
  if (header.encoding === "gzip" && (await lastUint32(path, sizeBytes)) !== expected % 2 ** 32) {
    throw new Error("it holds more than one gzip stream, or something behind it; give a file of one");
  }
}

/** The trailer of gzip ends with the length: another number at the end is that of another stream, or none. */
async function lastUint32(path: string, sizeBytes: number): Promise<number> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, sizeBytes - 4);
    return buffer.readUInt32LE();
  } finally {
    await file.close();
  }
}

/** Counts up to one more than is expected: what unpacks to no end is not waited for. */
async function countBytes(bytes: Readable, expected: number): Promise<number> {
  let count = 0;
  for await (const chunk of bytes) {
    count += chunk.length;
    if (count > expected) break;
  }
  return count;
}
