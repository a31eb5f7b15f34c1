import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { DecodeError, UnsupportedError } from "../errors.ts";
import { parseMetaImageHeader } from "./meta-header.ts";
import { readMetaImage } from "./read-meta-image.ts";

const VALUES = Uint16Array.of(1, 2, 3, 400, 500, 65_535);
const BYTES = new Uint8Array(VALUES.buffer);

/** A file with these fields in place of, or beside, those that must be there; an empty value leaves one out. */
function file(given: Record<string, string>, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const { ElementDataFile = "LOCAL", ...fields } = {
    ObjectType: "Image",
    NDims: "3",
    BinaryData: "True",
    BinaryDataByteOrderMSB: "False",
    ElementSpacing: "25 25 50",
    DimSize: "3 2 1",
    ElementType: "MET_USHORT",
    ...given,
  };
  const lines = Object.entries(fields).filter(([, value]) => value !== "");
  const head = [...lines, ["ElementDataFile", ElementDataFile]].map(([name, value]) => `${name} = ${value}\n`).join("");
  return Uint8Array.from([...new TextEncoder().encode(head), ...body]);
}

test("readMetaImage() reads voxels behind the header and in a file of their own", async () => {
  const volume = await readMetaImage(file({ Offset: "1 -2 0.5", AnatomicalOrientation: "RAI" }, BYTES));
  expect(volume).toMatchObject({ type: "uint16", size: [3, 2, 1], spacingUm: [25, 25, 50], originUm: [1, -2, 0.5] });
  expect([volume.data, volume.space]).toEqual([VALUES, "RAI"]);
  const resolve = async (name: string): Promise<Uint8Array> => (name === "v.raw" ? BYTES : Uint8Array.of());
  expect((await readMetaImage(file({ ElementDataFile: "v.raw" }), { resolve })).data).toEqual(VALUES);
  await expect(readMetaImage(file({ ElementDataFile: "v.raw" }))).rejects.toThrow('give "v.raw" by the option resolve');
});

test("readMetaImage() reads big-endian, compressed and shifted voxels", async () => {
  const swapped = Uint8Array.from(BYTES, (_, index) => BYTES[index ^ 1] ?? 0);
  const packed = deflateSync(BYTES);
  const compressed = { CompressedData: "True", CompressedDataSize: String(packed.length) };
  for (const bytes of [
    file({ BinaryDataByteOrderMSB: "", ElementByteOrderMSB: "True" }, swapped),
    file({ CompressedData: "True" }, packed),
    file(compressed, packed),
    file({ HeaderSize: "3" }, Uint8Array.of(7, 8, 9, ...BYTES)),
    file({ HeaderSize: "-1" }, Uint8Array.of(7, 8, 9, ...BYTES)),
    file({ ...compressed, HeaderSize: "-1" }, Uint8Array.of(7, 8, 9, ...packed)),
  ]) {
    expect((await readMetaImage(bytes)).data).toEqual(VALUES);
  }
});

test.each([
  ["MET_CHAR", "int8"],
  ["MET_UCHAR", "uint8"],
  ["MET_SHORT", "int16"],
  ["MET_INT", "int32"],
  ["MET_UINT", "uint32"],
  ["MET_LONG", "int32"],
  ["MET_ULONG_LONG", "uint64"],
  ["MET_FLOAT", "float32"],
  ["MET_DOUBLE", "float64"],
])("parseMetaImageHeader() reads %s", (ElementType, type) => {
  expect(parseMetaImageHeader(file({ ElementType })).type).toBe(type);
});

test.each([
  ["a byte too few", file({}, BYTES.subarray(1)), "expected 12 bytes"],
  ["a byte too many", file({}, Uint8Array.of(...BYTES, 0)), "expected 12 bytes"],
  ["zlib that is none", file({ CompressedData: "True" }, BYTES), "expected a deflate stream"],
  ["zlib cut short", file({ CompressedData: "True" }, deflateSync(BYTES).subarray(0, -1)), "expected"],
  ["a byte behind zlib", file({ CompressedData: "True" }, Uint8Array.of(...deflateSync(BYTES), 0)), "expected"],
  [
    "another compressed size",
    file({ CompressedData: "True", CompressedDataSize: "9" }, deflateSync(BYTES)),
    "expected 9",
  ],
  ["no spacing", file({ ElementSpacing: "" }, BYTES), "expected ElementSpacing, or the option spacingUm"],
  ["a spacing of 0", file({ ElementSpacing: "25 25 0" }, BYTES), "ElementSpacing holds 25 25 0"],
  ["a spacing that is no number", file({ ElementSpacing: "25 25 nan" }, BYTES), "expected 3 numbers"],
  ["a size of 0", file({ DimSize: "3 2 0" }, BYTES), "DimSize holds 3 2 0"],
  ["a size that is too large", file({ DimSize: "9007199254740991 9007199254740991 2" }, BYTES), "the limit maxBytes"],
  ["no byte order", file({ BinaryDataByteOrderMSB: "" }, BYTES), "a field BinaryDataByteOrderMSB"],
  ["two byte orders", file({ ElementByteOrderMSB: "True" }, BYTES), "nothing beside BinaryDataByteOrderMSB"],
  ["no type", file({ ElementType: "" }, BYTES), "a field ElementType"],
  ["an unknown type", file({ ElementType: "MET_STRING" }, BYTES), "expected one of MET_CHAR"],
  ["another object", file({ ObjectType: "Tube" }, BYTES), "expected Image"],
  ["a name that leads elsewhere", file({ ElementDataFile: "../v.raw" }), "the name of a file in the header's folder"],
  ["an HTML page", new TextEncoder().encode("<html>\n</html>"), 'expected a line "name = value"'],
  ["nothing", new Uint8Array(0), "expected ElementDataFile"],
  ["a field twice", new TextEncoder().encode("NDims = 3\nNDims = 3\n"), "expected NDims once"],
])("readMetaImage() refuses %s", async (_, bytes, message) => {
  const read = readMetaImage(bytes);
  await expect(read).rejects.toThrow(DecodeError);
  await expect(read).rejects.toThrow(message);
});

test.each([
  ["NDims", { NDims: "2", DimSize: "3 2" }],
  ["channels", { ElementNumberOfChannels: "3" }],
  ["text", { BinaryData: "False" }],
  ["many files", { ElementDataFile: "LIST" }],
  ["a pattern", { ElementDataFile: "slice%03d.raw 1 9 1" }],
  ["a turned matrix", { TransformMatrix: "0 1 0 1 0 0 0 0 1" }],
  ["a mirrored matrix", { Rotation: "-1 0 0 0 1 0 0 0 1" }],
])("readMetaImage() says that it does not read %s", async (_, fields: Record<string, string>) => {
  await expect(readMetaImage(file(fields, BYTES))).rejects.toThrow(UnsupportedError);
});
