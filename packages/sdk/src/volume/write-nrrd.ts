import { show } from "../check.ts";
import { MAX_HEADER_BYTES } from "./nrrd-lines.ts";
import { isSpace } from "./nrrd-space.ts";
import type { Volume } from "./volume.ts";
import { bytesOf, HOST_ENDIAN, type Triple, type VoxelType } from "./voxels.ts";

/** How a volume is written. */
export interface WriteNrrdOptions {
  /** @default "gzip" */
  readonly encoding?: "gzip" | "raw" | undefined;
}

/** The spellings of the format's oldest version, which every reader knows. */
const TYPES: Readonly<Record<VoxelType, string>> = {
  int8: "signed char",
  uint8: "unsigned char",
  int16: "short",
  uint16: "unsigned short",
  int32: "int",
  uint32: "unsigned int",
  int64: "long long int",
  uint64: "unsigned long long int",
  float32: "float",
  float64: "double",
};

/**
 * Writes a volume as an NRRD file (NRRD0004), in this machine's byte order. A space that the format has no word for, such as those
 * of MetaImage files, is written as the property `AnatomicalOrientation`.
 *
 * @throws {TypeError} If the encoding is none of those.
 * @throws {RangeError} If a property's name or value cannot be written, or they are longer than a header may be.
 * @example await writeFile("mask.nrrd", await writeNrrd(new Volume(volume.mask([385]), volume.size, volume)));
 */
export async function writeNrrd(
  volume: Volume,
  { encoding = "gzip" }: WriteNrrdOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding !== "gzip" && encoding !== "raw") {
    throw new TypeError(`Cannot use encoding ${show(encoding)}; give "gzip" or "raw"`);
  }
  const header = new TextEncoder().encode(printHeader(volume, encoding));
  if (header.length > MAX_HEADER_BYTES) {
    throw new RangeError(
      `Cannot write a header of ${header.length} bytes; give properties for at most ${MAX_HEADER_BYTES}`,
    );
  }
  const { buffer, byteOffset, byteLength } = volume.data;
  const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  const body = encoding === "raw" ? bytes : await gzip(bytes);
  const file = new Uint8Array(header.length + body.length);
  file.set(header);
  file.set(body, header.length);
  return file;
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

function printHeader({ type, size, spacingUm, originUm, space, properties }: Volume, encoding: string): string {
  const direction = (axis: number): string =>
    vector([0, 1, 2].map((each) => (each === axis ? (spacingUm[axis] ?? 0) : 0)));
  const isKnown = space !== undefined && isSpace(space);
  const others = space === undefined || isKnown ? [] : [["AnatomicalOrientation", space] as const];
  return [
    "NRRD0004",
    `type: ${TYPES[type]}`,
    "dimension: 3",
    isKnown ? `space: ${space}` : "space dimension: 3",
    `sizes: ${size.join(" ")}`,
    `space directions: ${[0, 1, 2].map(direction).join(" ")}`,
    "kinds: domain domain domain",
    ...(bytesOf(type) > 1 ? [`endian: ${HOST_ENDIAN}`] : []),
    `encoding: ${encoding}`,
    `space origin: ${vector(originUm)}`,
    ...Array.from(new Map([...others, ...properties]), ([name, value]) => printProperty(name, value)),
    "\n",
  ].join("\n");
}

function vector(numbers: readonly number[] | Triple): string {
  return `(${numbers.join(",")})`;
}

function printProperty(name: string, value: string): string {
  const isPlain = name !== "" && !/[:\r#]|^\s|\s$/.test(name) && !value.includes("\r");
  if (isPlain) return `${printEscapes(name)}:=${printEscapes(value)}`;
  throw new RangeError(`Cannot write property ${show(name)}; give a name without : and #, and no returns`);
}

function printEscapes(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
