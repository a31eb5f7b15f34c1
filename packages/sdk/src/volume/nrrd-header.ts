import { show } from "../check.ts";
import { DecodeError, UnsupportedError } from "../errors.ts";
import { isInnerPath } from "./inner-path.ts";
import { type Fields, readLines, splitFields } from "./nrrd-lines.ts";
import { readAxes } from "./nrrd-space.ts";
import { bytesOf, type Endian, type Triple, type VoxelType } from "./voxels.ts";

/** What an error is about. */
export const NRRD = "the NRRD volume";

/** How the voxels of an NRRD file are written. */
export type NrrdEncoding = "raw" | "gzip" | "text";

/** The header of an NRRD file of three axes. */
export interface NrrdHeader {
  /** 1 to 5. */
  readonly version: number;
  readonly type: VoxelType;
  /** Voxels along each axis, the one that runs fastest first. */
  readonly size: Triple;
  /** Edges of a voxel, in µm; `undefined` when the file gives none. */
  readonly spacingUm: Triple | undefined;
  /** Where the first voxel is, in µm; `undefined` when the file does not say. */
  readonly originUm: Triple | undefined;
  /** The space that the axes are said to be in, as the file spells it. */
  readonly space: string | undefined;
  readonly encoding: NrrdEncoding;
  /** `undefined` where the order of the bytes does not matter. */
  readonly endian: Endian | undefined;
  /** The file that holds the voxels; `undefined` when they follow the header. */
  readonly dataFile: string | undefined;
  /** Lines before the voxels that are passed over. */
  readonly lineSkip: number;
  /** Bytes before the voxels that are passed over, after decompression; −1 when the voxels are the last bytes of the file. */
  readonly byteSkip: number;
  /** All fields as they stand there, by their names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  /** Key/value pairs. */
  readonly properties: ReadonlyMap<string, string>;
  /** Lines after `#`, without it. */
  readonly comments: readonly string[];
  /** Where what follows the header begins, a byte offset. */
  readonly dataOffset: number;
}

const TYPES: Readonly<Record<VoxelType, readonly string[]>> = {
  // "char" alone is none: its sign is not known.
  int8: ["signed char", "int8", "int8_t"],
  uint8: ["uchar", "unsigned char", "uint8", "uint8_t"],
  int16: ["short", "short int", "signed short", "signed short int", "int16", "int16_t"],
  uint16: ["ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"],
  int32: ["int", "signed int", "int32", "int32_t"],
  uint32: ["uint", "unsigned int", "uint32", "uint32_t"],
  int64: ["longlong", "long long", "long long int", "signed long long", "signed long long int", "int64", "int64_t"],
  uint64: ["ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"],
  float32: ["float"],
  float64: ["double"],
};

const ENCODINGS: Readonly<Record<NrrdEncoding, readonly string[]>> = {
  raw: ["raw"],
  gzip: ["gzip", "gz"],
  text: ["ascii", "txt", "text"],
};

/** What the format knows and this reader does not. */
const UNREAD_ENCODINGS: readonly string[] = ["hex", "bzip2", "bz2", "zrl"];

/** The format's bound on the number of axes. */
const MAX_AXES = 16;

/**
 * Reads the header of an NRRD file, attached to its voxels or not.
 *
 * @param bytes The file, or its beginning with the whole header.
 * @throws {DecodeError} If it is no header, or says a thing twice, wrongly or not at all.
 * @throws {UnsupportedError} If it has another number of axes than 3, or is written in a way that is not read here.
 * @example parseNrrdHeader(new TextEncoder().encode("NRRD0004\ntype: uint8\ndimension: 3\nsizes: 2 3 4\nencoding: raw\n\n")).size // → [2, 3, 4]
 */
export function parseNrrdHeader(bytes: Uint8Array): NrrdHeader {
  const lines = readLines(bytes);
  const { fields, properties, comments } = splitFields(lines.texts);
  const dimension = readCount(fields, "dimension", 1, MAX_AXES);
  const size = readSize(fields, dimension);
  const type = readWord(fields, "type", TYPES);
  const encoding = readEncoding(fields);
  return {
    version: lines.version,
    type,
    size,
    ...readAxes(fields),
    encoding,
    endian: readEndian(fields, type, encoding),
    dataFile: readDataFile(fields, lines.isClosed),
    lineSkip: fields.has("line skip") ? readCount(fields, "line skip", 0) : 0,
    byteSkip: fields.has("byte skip") ? readCount(fields, "byte skip", encoding === "raw" ? -1 : 0) : 0,
    fields,
    properties,
    comments,
    dataOffset: lines.end,
  };
}

/** A field that must be there. */
function need(fields: Fields, name: string): string {
  const text = fields.get(name);
  if (text !== undefined) return text;
  throw new DecodeError(NRRD, { at: "the header", expected: `a field "${name}"`, found: "none" });
}

function readCount(fields: Fields, name: string, min: number, max: number = Number.MAX_SAFE_INTEGER): number {
  const text = need(fields, name);
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const rule = max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min}` : `a whole number from ${min} to ${max}`;
  throw new DecodeError(NRRD, { at: name, expected: rule, found: show(text) });
}

function readSize(fields: Fields, dimension: number): Triple {
  const text = need(fields, "sizes");
  const words = text.split(/\s+/);
  if (words.length !== dimension) {
    throw new DecodeError(NRRD, {
      at: "sizes",
      expected: `${dimension} numbers, as dimension says`,
      found: show(text),
    });
  }
  const [x, y, z, ...others] = words.map((word) => (/^\d{1,16}$/.test(word) ? Number(word) : Number.NaN));
  if (x === undefined || y === undefined || z === undefined || others.length > 0) {
    throw new UnsupportedError(`an NRRD file of ${dimension} axes`, "a volume has 3; take it apart first");
  }
  if ([x, y, z].every((extent) => Number.isSafeInteger(extent) && extent > 0)) return [x, y, z];
  throw new DecodeError(NRRD, { at: "sizes", expected: "whole numbers from 1", found: show(text) });
}

function readWord<Name extends string>(
  fields: Fields,
  field: string,
  words: Readonly<Record<Name, readonly string[]>>,
): Name {
  const text = need(fields, field);
  const word = text.toLowerCase().replaceAll(/\s+/g, " ");
  // The keys of the table are the names.
  const name = (Object.keys(words) as Name[]).find((each) => words[each].includes(word));
  if (name !== undefined) return name;
  if (field === "type" && word === "block") {
    throw new UnsupportedError("an NRRD file of type block", "its values are of unknown meaning");
  }
  const expected = `one of ${Object.values<readonly string[]>(words)
    .map(([first]) => first)
    .join(", ")}`;
  throw new DecodeError(NRRD, { at: field, expected, found: show(text) });
}

function readEncoding(fields: Fields): NrrdEncoding {
  const word = need(fields, "encoding").toLowerCase();
  if (!UNREAD_ENCODINGS.includes(word)) return readWord(fields, "encoding", ENCODINGS);
  throw new UnsupportedError(
    `an NRRD file of encoding ${word}`,
    "only raw, gzip and text are read; write it anew as one",
  );
}

function readEndian(fields: Fields, type: VoxelType, encoding: NrrdEncoding): Endian | undefined {
  const text = fields.get("endian")?.toLowerCase();
  if (text === "little" || text === "big") return text;
  const matters = bytesOf(type) > 1 && encoding !== "text";
  if (text === undefined && !matters) return undefined;
  throw new DecodeError(NRRD, {
    at: "endian",
    expected: "little or big",
    found: text === undefined ? "nothing" : show(text),
  });
}

function readDataFile(fields: Fields, isClosed: boolean): string | undefined {
  const name = fields.get("data file");
  if (name === undefined) {
    if (isClosed) return undefined;
    throw new DecodeError(NRRD, {
      at: "the header",
      expected: "an empty line at its end",
      found: "the end of the file",
    });
  }
  if (/^LIST(\s|$)/.test(name) || /%\d*d.*\s-?\d+\s+-?\d+\s+-?\d+(\s+\d+)?$/.test(name)) {
    throw new UnsupportedError("an NRRD volume in many files", "they are not joined here; write it anew as one");
  }
  return checkFileName(NRRD, "data file", name);
}

/**
 * Passes the name of a file beside a header through, without the `./` that it may begin with. A header is other people's: it is not to name files elsewhere.
 *
 * @throws {DecodeError} If the name leads out of the header's folder.
 */
export function checkFileName(what: string, at: string, name: string): string {
  const plain = name.replace(/^\.\//, "");
  if (isInnerPath(plain)) return plain;
  throw new DecodeError(what, { at, expected: "the name of a file in the header's folder", found: show(name) });
}
