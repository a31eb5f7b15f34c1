import { DecodeError, UnsupportedError } from "../errors.ts";

const ARRAYS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const satisfies Record<VoxelType, unknown>;

/** Type of the value of a voxel. */
export type VoxelType =
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "float32"
  | "float64";

/** Values of voxels. Those of 64 bits are kept whole, as bigints, and are not computed with. */
export type VoxelArray = NumberArray | BigInt64Array | BigUint64Array;

/** Values that fit into a number. */
export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** One value for each axis. */
export type Triple = readonly [number, number, number];

/** Byte orders. */
export type Endian = "little" | "big";

/** The byte order of this machine, which typed arrays have. */
export const HOST_ENDIAN: Endian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? "little" : "big";

/**
 * Bytes of a volume that is read unless more are allowed: 8 GiB, which the largest of the institute's fits in, 4.8 GB. Above 4 GiB it
 * takes a runtime that has so long an array, as Node has from version 22 on.
 */
export const MAX_VOLUME_BYTES: number = 8 * 1024 ** 3;

/** Type of the values of an array. */
export function typeOfVoxels(data: VoxelArray): VoxelType {
  for (const [type, create] of Object.entries(ARRAYS)) {
    if (data instanceof create) return type as VoxelType; // The keys of the table are the types.
  }
  throw new TypeError("Cannot use data of a volume that is no typed array; give one of numbers or bigints");
}

/** Bytes of a value. */
export function bytesOf(type: VoxelType): number {
  return ARRAYS[type].BYTES_PER_ELEMENT;
}

/** Whether values of a type are kept as bigints. */
export function isWide(type: VoxelType): type is "int64" | "uint64" {
  return type === "int64" || type === "uint64";
}

/** Whether an array has bigints. */
export function isWideArray(data: VoxelArray): data is BigInt64Array | BigUint64Array {
  return data instanceof BigInt64Array || data instanceof BigUint64Array;
}

/** Bigints as numbers: uint32 or int32 where all fit, else float64. @throws {RangeError} If one does not fit exactly. */
export function narrow(data: BigInt64Array | BigUint64Array): Uint32Array | Int32Array | Float64Array {
  let [min, max] = [0n, 0n];
  for (const value of data) {
    if (value < min) min = value;
    if (value > max) max = value;
    if (BigInt(Number(value)) !== value)
      throw new RangeError(`Cannot make a number of ${value}: it does not fit exactly`);
  }
  const fits = (low: bigint, high: bigint): boolean => min >= low && max <= high;
  if (fits(0n, 2n ** 32n - 1n)) return Uint32Array.from(data, Number);
  return fits(-(2n ** 31n), 2n ** 31n - 1n) ? Int32Array.from(data, Number) : Float64Array.from(data, Number);
}

/** An array for so many values, all 0. */
export function createVoxels(type: VoxelType, count: number): VoxelArray {
  return new ARRAYS[type](allocate(count * bytesOf(type)).buffer);
}

/**
 * Bytes as values, in the byte order that they are in: as a view where the machine allows it, else as a copy. Other people's bytes
 * are never changed.
 *
 * @param isOurs Whether the bytes may be changed.
 */
export function viewVoxels(bytes: Uint8Array, type: VoxelType, endian: Endian, isOurs: boolean): VoxelArray {
  const width = bytesOf(type);
  const mustSwap = width > 1 && endian !== HOST_ENDIAN;
  const mustCopy = bytes.byteOffset % width !== 0 || (mustSwap && !isOurs);
  // Not by `slice()`, which of a Buffer is no copy.
  const own = mustCopy ? new Uint8Array(bytes) : bytes;
  if (mustSwap) swapBytes(own, width);
  return new ARRAYS[type](own.buffer as ArrayBuffer, own.byteOffset, own.byteLength / width);
}

/** Turns the bytes of each value round. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}

/** Bytes for a volume, all 0. @throws {UnsupportedError} If this runtime has no room for so many. */
export function allocate(sizeBytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(sizeBytes);
  } catch (cause) {
    const wayOut = sizeBytes > 2 ** 32 ? "; arrays above 4 GiB need Node 22 or newer, and as much memory" : "";
    throw new UnsupportedError(`a volume of ${sizeBytes} bytes`, `this runtime has no room for it${wayOut}`, { cause });
  }
}

/**
 * Bytes of a volume of a size.
 *
 * @param what What is read, for the message.
 * @param at The field that gives the size.
 * @throws {DecodeError} If an extent is no whole number from 1, or their product is too large.
 */
export function measureVolume(
  what: string,
  at: string,
  { size, type, maxBytes }: { readonly size: readonly number[]; readonly type: VoxelType; readonly maxBytes: number },
): number {
  // As bigints, since a product of numbers may be rounded to one that fits.
  let sizeBytes = BigInt(bytesOf(type));
  for (const extent of size) {
    if (!Number.isSafeInteger(extent) || extent < 1) {
      throw new DecodeError(what, { at, expected: "extents from 1", found: String(extent) });
    }
    sizeBytes *= BigInt(extent);
  }
  if (sizeBytes <= BigInt(Math.floor(Math.min(maxBytes, Number.MAX_SAFE_INTEGER)))) return Number(sizeBytes);
  throw new DecodeError(what, {
    at,
    expected: `at most ${maxBytes} bytes, the limit maxBytes`,
    found: `a volume of ${sizeBytes} bytes`,
  });
}
