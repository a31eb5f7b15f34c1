import { checkPositive } from "../check.ts";
import { DecodeError } from "../errors.ts";
import { inflateExactly, readExactly } from "./exact-bytes.ts";
import { META_IMAGE, type MetaImageHeader, parseMetaImageHeader } from "./meta-header.ts";
import { type ReadVolumeOptions, resolveFile } from "./read-nrrd.ts";
import { Volume } from "./volume.ts";
import { HOST_ENDIAN, MAX_VOLUME_BYTES, measureVolume, type VoxelArray, viewVoxels } from "./voxels.ts";

/**
 * Reads a MetaImage volume of three axes and one channel: `.mhd` with its voxels in a file of its own, or `.mha`.
 *
 * Numbers are µm, as the institute writes them. Voxels are compressed by zlib or not, in either byte order. An uncompressed volume
 * of this machine's byte order is a view of the bytes given, not a copy.
 *
 * @param bytes The `.mhd` or `.mha` file.
 * @throws {DecodeError} If the header is wrong, or the voxels are damaged, fewer, or more than it promises.
 * @throws {UnsupportedError} If the volume is written in a way that is not read here.
 * @throws {RangeError} If `maxBytes` is no number above 0.
 * @example await readMetaImage(await readFile("energy.mhd"), { resolve: (name) => readFile(name) });
 */
export async function readMetaImage(bytes: Uint8Array, options: ReadVolumeOptions = {}): Promise<Volume> {
  const maxBytes = checkPositive("maxBytes", options.maxBytes ?? MAX_VOLUME_BYTES);
  const header = parseMetaImageHeader(bytes);
  const { size, type, dataFile, originUm } = header;
  const sizeBytes = measureVolume(META_IMAGE, "DimSize", { size, type, maxBytes });
  const spacingUm = header.spacingUm ?? options.spacingUm;
  if (spacingUm === undefined) {
    const expected = "ElementSpacing, or the option spacingUm";
    throw new DecodeError(META_IMAGE, { at: "the header", expected, found: "neither" });
  }
  const body =
    dataFile === undefined
      ? bytes.subarray(header.dataOffset)
      : await resolveFile(META_IMAGE, dataFile, options.resolve);
  const offset = dataFile === undefined ? header.dataOffset : 0;
  const data = await readVoxels(header, sizeBytes, offset, body);
  return new Volume(data, size, { spacingUm, originUm, space: readSpace(header) });
}

async function readVoxels(
  { type, endian = HOST_ENDIAN, isCompressed, compressedBytes, headerSize }: MetaImageHeader,
  sizeBytes: number,
  offset: number,
  body: Uint8Array,
): Promise<VoxelArray> {
  const promised = isCompressed ? compressedBytes : sizeBytes;
  const skip = headerSize < 0 && promised !== undefined ? Math.max(0, body.length - promised) : Math.max(0, headerSize);
  const source = body.subarray(skip);
  const options = { what: META_IMAGE, offset: offset + skip, sizeBytes };
  if (!isCompressed) return viewVoxels(await readExactly(source, options), type, endian, false);
  if (compressedBytes !== undefined && compressedBytes !== source.length) {
    const found = String(source.length);
    throw new DecodeError(META_IMAGE, { at: offset + skip, expected: `${compressedBytes} compressed bytes`, found });
  }
  return viewVoxels(await inflateExactly(source, "deflate", options), type, endian, true);
}

/** `???` and the like say that nobody knows. */
function readSpace({ space }: MetaImageHeader): string | undefined {
  return space !== undefined && /^[\w-]+$/.test(space) ? space : undefined;
}
