import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type NrrdHeader, parseNrrdHeader } from "@brainatlas/sdk/volume";
import { type AssetSource, importError } from "./source.ts";

/** Bytes of a value, by the ending of the type's name. */
const TYPE_BYTES: Readonly<Record<string, number>> = { "8": 1, "16": 2, "32": 4, "64": 8 };

/**
 * Checks that an NRRD file is whole: that its header is one, and that as many voxels follow as it says. They are counted and not kept, so
 * that volumes of any size are taken.
 *
 * @returns Edge of a voxel in µm, where all three are the same.
 */
export async function checkNrrd(source: AssetSource): Promise<{ readonly spacingUm: number | undefined }> {
  try {
    const header = parseNrrdHeader(source.head);
    if (header.dataFile !== undefined) throw new Error("its voxels are in another file; give one that holds them");
    await checkLength(source, header);
    const [x, y, z] = header.spacingUm ?? [];
    return { spacingUm: x === y && y === z ? x : undefined };
  } catch (cause) {
    throw importError(source, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

async function checkLength({ path }: AssetSource, header: NrrdHeader): Promise<void> {
  // As text, or behind lines to be skipped, it is not what the archive has; it is taken as it is.
  if (header.encoding === "text" || header.lineSkip !== 0 || header.byteSkip !== 0) return;
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
