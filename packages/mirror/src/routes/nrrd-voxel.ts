import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { DecodeError } from "@brainatlas/sdk";
import { parseNrrdHeader, type Triple, type VoxelType } from "@brainatlas/sdk/volume";
import type { Asset } from "../store/asset.ts";

type Bytes = AsyncIterable<Uint8Array>;

/** How a value is read, and how many bytes it has. Values of 64 bits are in no grid. */
const VALUES: Partial<
  Record<VoxelType, readonly [sizeBytes: number, get: (view: DataView, little: boolean) => number]>
> = {
  int8: [1, (view) => view.getInt8(0)],
  uint8: [1, (view) => view.getUint8(0)],
  int16: [2, (view, little) => view.getInt16(0, little)],
  uint16: [2, (view, little) => view.getUint16(0, little)],
  int32: [4, (view, little) => view.getInt32(0, little)],
  uint32: [4, (view, little) => view.getUint32(0, little)],
  float32: [4, (view, little) => view.getFloat32(0, little)],
  float64: [8, (view, little) => view.getFloat64(0, little)],
};

/** Longest beginning of a file that is looked at for its header, in bytes; the parser takes no longer ones. */
const HEAD_BYTES = 256 * 1024;
/** Bytes that are unpacked at a time. */
const STEP_BYTES = 256 * 1024;

/**
 * The value of one voxel of an NRRD file: what lies behind it is neither read nor checked.
 *
 * @param indexOf Index of the voxel in the order of the file, or `undefined` for none.
 * @returns `undefined` for no voxel, and `"unread"` for a file that must be read whole, or cannot be.
 * @param options.maxBytes Bytes before the voxel that are passed over at most.
 * @throws {DecodeError} If the header is wrong, or the file ends before the voxel.
 */
export async function readNrrdVoxel(
  asset: Asset,
  indexOf: (grid: { readonly size: Triple; readonly spacingUm: Triple }) => number | undefined,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal?: AbortSignal | undefined },
): Promise<number | "unread" | undefined> {
  const header = parseNrrdHeader(
    await firstBytes(asset.read(0, Math.min(HEAD_BYTES, asset.sizeBytes), signal), HEAD_BYTES),
  );
  const { type, size, spacingUm, encoding, endian, dataFile, dataOffset, lineSkip, byteSkip } = header;
  const value = VALUES[type];
  const isPlain = encoding !== "text" && dataFile === undefined && lineSkip === 0 && byteSkip >= 0;
  if (value === undefined || spacingUm === undefined || !isPlain) return "unread";
  const index = indexOf({ size, spacingUm });
  if (index === undefined) return undefined;
  const [sizeBytes, get] = value;
  const offset = byteSkip + index * sizeBytes;
  if (offset > maxBytes) return "unread";
  const packed = (start: number): Bytes => asset.read(start, asset.sizeBytes, signal);
  const bytes =
    encoding === "gzip"
      ? await firstBytes(gunzipped(packed(dataOffset)), sizeBytes, offset)
      : await firstBytes(packed(dataOffset + offset), sizeBytes);
  if (bytes.byteLength === sizeBytes) return get(new DataView(bytes.buffer, bytes.byteOffset), endian === "little");
  throw new DecodeError("the NRRD volume", {
    at: dataOffset,
    expected: `voxel ${index}`,
    found: "the end of the file",
  });
}

/** So many of the bytes from an offset on, or as many as there are; the source is left then. */
async function firstBytes(source: Bytes, count: number, offset = 0): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let [toSkip, found] = [offset, 0];
  for await (const chunk of source) {
    const part = chunk.subarray(toSkip, toSkip + count - found);
    toSkip = Math.max(0, toSkip - chunk.byteLength);
    if (part.byteLength > 0) parts.push(part);
    found += part.byteLength;
    if (found === count) break;
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

async function* gunzipped(source: Bytes): AsyncGenerator<Uint8Array, void, undefined> {
  const packed = Readable.from(source);
  const unpacked = createGunzip({ chunkSize: STEP_BYTES });
  packed.once("error", (error) => unpacked.destroy(error));
  try {
    yield* packed.pipe(unpacked);
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}
