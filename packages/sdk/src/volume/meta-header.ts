import { show } from "../check.ts";
import { DecodeError, UnsupportedError } from "../errors.ts";
import { checkFileName } from "./nrrd-header.ts";
import { bytesOf, type Endian, type Triple, type VoxelType } from "./voxels.ts";

/** What an error is about. */
export const META_IMAGE = "the MetaImage volume";

/** The header of a MetaImage file of three axes and one channel. */
export interface MetaImageHeader {
  readonly type: VoxelType;
  /** Voxels along each axis, the one that runs fastest first. */
  readonly size: Triple;
  /** Edges of a voxel, in µm; `undefined` when the file gives none. */
  readonly spacingUm: Triple | undefined;
  readonly originUm: Triple | undefined;
  /** `AnatomicalOrientation`, as the file has it. */
  readonly space: string | undefined;
  /** `undefined` where the order of the bytes does not matter. */
  readonly endian: Endian | undefined;
  readonly isCompressed: boolean;
  /** Length of the compressed voxels, where the file says it. */
  readonly compressedBytes: number | undefined;
  /** Bytes before the voxels that are passed over; −1 when the voxels are the last bytes of the file. */
  readonly headerSize: number;
  /** The file that holds the voxels; `undefined` when they follow the header. */
  readonly dataFile: string | undefined;
  /** All fields as they stand there. */
  readonly fields: ReadonlyMap<string, string>;
  /** Where what follows the header begins, a byte offset. */
  readonly dataOffset: number;
}

const TYPES: Readonly<Record<string, VoxelType>> = {
  MET_CHAR: "int8",
  MET_UCHAR: "uint8",
  MET_SHORT: "int16",
  MET_USHORT: "uint16",
  MET_INT: "int32",
  MET_UINT: "uint32",
  // Of 4 bytes whatever the machine.
  MET_LONG: "int32",
  MET_ULONG: "uint32",
  MET_LONG_LONG: "int64",
  MET_ULONG_LONG: "uint64",
  MET_FLOAT: "float32",
  MET_DOUBLE: "float64",
};

/** Fields that mean the same; a file has one of each at most. */
const SAME: readonly (readonly string[])[] = [
  ["Offset", "Origin", "Position"],
  ["TransformMatrix", "Rotation", "Orientation"],
  ["BinaryDataByteOrderMSB", "ElementByteOrderMSB"],
];

const IDENTITY = "1 0 0 0 1 0 0 0 1";
const MAX_HEADER_BYTES = 1 << 20;
const MAX_AXES = 10;

type Fields = ReadonlyMap<string, string>;

/**
 * Reads the header of a MetaImage file, `.mhd` or `.mha`. Its last field is `ElementDataFile`.
 *
 * @throws {DecodeError} If it is no header, or says a thing twice, wrongly or not at all.
 * @throws {UnsupportedError} If it has another number of axes than 3, more channels than one, or is written in a way that is not
 * read here.
 */
export function parseMetaImageHeader(bytes: Uint8Array): MetaImageHeader {
  const { fields, end } = readFields(bytes);
  const kind = fields.get("ObjectType") ?? "Image";
  if (kind !== "Image") throw fault("ObjectType", "Image", show(kind));
  const axes = readNumbers(fields, "NDims", 1)?.[0] ?? missing("NDims");
  const size = readNumbers(fields, "DimSize", axes) ?? missing("DimSize");
  refuseOthers(fields, axes);
  const type = readType(fields);
  return {
    type,
    size: toTriple("DimSize", size, (extent) => Number.isSafeInteger(extent) && extent > 0),
    spacingUm: readTriple(fields, "ElementSpacing", (edge) => edge > 0),
    originUm: readTriple(fields, nameOf(fields, "Offset"), () => true),
    space: fields.get("AnatomicalOrientation"),
    endian: readEndian(fields, type),
    isCompressed: readFlag(fields, "CompressedData") ?? false,
    compressedBytes: readWhole(fields, "CompressedDataSize", 0),
    headerSize: readWhole(fields, "HeaderSize", -1) ?? 0,
    dataFile: readDataFile(fields),
    fields,
    dataOffset: end,
  };
}

function readFields(bytes: Uint8Array): { readonly fields: Fields; readonly end: number } {
  const fields = new Map<string, string>();
  let start = 0;
  while (start < bytes.length && start < MAX_HEADER_BYTES) {
    const found = bytes.subarray(0, MAX_HEADER_BYTES).indexOf(10, start);
    const end = found < 0 ? Math.min(bytes.length, MAX_HEADER_BYTES) : found + 1;
    const line = new TextDecoder().decode(bytes.subarray(start, end)).trim();
    const [, name, value = ""] = /^([A-Za-z]\w*)\s*=\s*(.*)$/s.exec(line) ?? [];
    if (name !== undefined) {
      if (fields.has(name)) throw fault(start, `${name} once`, "it a second time");
      fields.set(name, value);
    } else if (line !== "") throw fault(start, 'a line "name = value"', show(line));
    start = end;
    if (name === "ElementDataFile") return { fields, end };
  }
  throw fault(Math.min(start, bytes.length), "ElementDataFile before it", "the end of the header");
}

/** What the format knows and a volume has not. */
function refuseOthers(fields: Fields, axes: number): void {
  if (axes !== 3) {
    if (!Number.isInteger(axes) || axes < 1 || axes > MAX_AXES) throw fault("NDims", "a number of axes", String(axes));
    throw new UnsupportedError(`a MetaImage file of ${axes} axes`, "a volume has 3; take it apart first");
  }
  const channels = readWhole(fields, "ElementNumberOfChannels", 1) ?? 1;
  if (channels !== 1)
    throw new UnsupportedError(`a MetaImage file of ${channels} channels`, "a voxel has one value here");
  if (readFlag(fields, "BinaryData") === false) {
    throw new UnsupportedError("a MetaImage file in text", "only binary ones are read; write it anew as one");
  }
  const matrix = readNumbers(fields, nameOf(fields, "TransformMatrix"), 9)?.join(" ") ?? IDENTITY;
  if (matrix !== IDENTITY) {
    throw new UnsupportedError(
      `TransformMatrix ${matrix}`,
      "turned and mirrored axes are not put right here; reorder the voxels first",
    );
  }
}

function readType(fields: Fields): VoxelType {
  const text = fields.get("ElementType") ?? missing("ElementType");
  const type = Object.hasOwn(TYPES, text) ? TYPES[text] : undefined;
  if (type !== undefined) return type;
  throw fault("ElementType", `one of ${Object.keys(TYPES).join(", ")}`, show(text));
}

function readEndian(fields: Fields, type: VoxelType): Endian | undefined {
  const name = nameOf(fields, "BinaryDataByteOrderMSB");
  const isBig = readFlag(fields, name);
  if (isBig !== undefined) return isBig ? "big" : "little";
  // The format has that of the machine that wrote it then, which is not known.
  return bytesOf(type) === 1 ? undefined : missing(name);
}

function readDataFile(fields: Fields): string | undefined {
  const name = fields.get("ElementDataFile") ?? missing("ElementDataFile");
  if (name === "LOCAL") return undefined;
  if (/^LIST(\s|$)/.test(name) || /%\d*d/.test(name)) {
    throw new UnsupportedError("a MetaImage volume in many files", "they are not joined here; write it anew as one");
  }
  return checkFileName(META_IMAGE, "ElementDataFile", name);
}

/** Which of the names that mean the same a file has. */
function nameOf(fields: Fields, name: string): string {
  const names = SAME.find(([first]) => first === name) ?? [name];
  const [found = name, other] = names.filter((each) => fields.has(each));
  if (other === undefined) return found;
  throw fault(other, `nothing beside ${found}`, show(fields.get(other)));
}

function readNumbers(fields: Fields, name: string, count: number): number[] | undefined {
  const text = fields.get(name);
  if (text === undefined) return undefined;
  const words = text.split(/\s+/);
  const numbers = words.map((word) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : Number.NaN));
  if (numbers.length === count && numbers.every(Number.isFinite)) return numbers;
  throw fault(name, `${count} ${count === 1 ? "number" : "numbers"}`, show(text));
}

function readTriple(fields: Fields, name: string, isValid: (value: number) => boolean): Triple | undefined {
  const numbers = readNumbers(fields, name, 3);
  return numbers === undefined ? undefined : toTriple(name, numbers, isValid);
}

function toTriple(name: string, numbers: readonly number[], isValid: (value: number) => boolean): Triple {
  const [x, y, z] = numbers;
  if (x !== undefined && y !== undefined && z !== undefined && numbers.every(isValid)) return [x, y, z];
  throw fault(name, "3 numbers above 0", numbers.join(" "));
}

function readWhole(fields: Fields, name: string, min: number): number | undefined {
  const [value] = readNumbers(fields, name, 1) ?? [];
  if (value === undefined || (Number.isSafeInteger(value) && value >= min)) return value;
  throw fault(name, `a whole number from ${min}`, String(value));
}

function readFlag(fields: Fields, name: string): boolean | undefined {
  const text = fields.get(name)?.toLowerCase();
  if (text === undefined) return undefined;
  if (["true", "t", "1"].includes(text)) return true;
  if (["false", "f", "0"].includes(text)) return false;
  throw fault(name, "True or False", show(text));
}

function missing(name: string): never {
  throw fault("the header", `a field ${name}`, "none");
}

function fault(at: string | number, expected: string, found: string): DecodeError {
  return new DecodeError(META_IMAGE, { at, expected, found });
}
