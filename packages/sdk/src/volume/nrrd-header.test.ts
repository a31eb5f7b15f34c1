import { expect, test } from "vitest";
import { DecodeError, UnsupportedError } from "../errors.ts";
import { parseNrrdHeader } from "./nrrd-header.ts";

/** A header of these lines over the least that must be there; a line of the same field takes its place. */
function header(...lines: string[]): Uint8Array {
  const least = ["type: uint8", "dimension: 3", "sizes: 2 3 4", "encoding: raw"];
  const fields = lines.map((line) => line.split(":", 1)[0]);
  const kept = least.filter((line) => !fields.includes(line.split(":", 1)[0]));
  return new TextEncoder().encode(["NRRD0004", ...kept, ...lines, "", ""].join("\n"));
}

test.each([
  ["signed char", "int8"],
  ["int8_t", "int8"],
  ["uchar", "uint8"],
  ["unsigned char", "uint8"],
  ["short int", "int16"],
  ["signed short int", "int16"],
  ["unsigned short int", "uint16"],
  ["ushort", "uint16"],
  ["signed int", "int32"],
  ["int", "int32"],
  ["unsigned int", "uint32"],
  ["UNSIGNED  INT", "uint32"],
  ["uint32_t", "uint32"],
  ["long long int", "int64"],
  ["signed long long", "int64"],
  ["unsigned long long int", "uint64"],
  ["ulonglong", "uint64"],
  ["float", "float32"],
  ["double", "float64"],
])("parseNrrdHeader() reads type %s", (word, type) => {
  expect(parseNrrdHeader(header(`type: ${word}`, "endian: little")).type).toBe(type);
});

test("parseNrrdHeader() reads all that a header says", () => {
  const read = parseNrrdHeader(
    header(
      "# by hand",
      "content: a:b",
      "space: left-posterior-superior",
      "space directions: (25,0,0) (0, 50 ,0) (0,0,1e2)",
      "space origin: (-1,+2,.5)",
      "kinds: domain domain domain",
      'note\\\\s:=first\\nsecond: "x" \\\\',
    ),
  );
  expect(read).toMatchObject({
    version: 4,
    size: [2, 3, 4],
    spacingUm: [25, 50, 100],
    originUm: [-1, 2, 0.5],
    space: "left-posterior-superior",
    comments: ["by hand"],
    lineSkip: 0,
    byteSkip: 0,
    dataFile: undefined,
    endian: undefined,
  });
  expect([...read.properties]).toEqual([["note\\s", 'first\nsecond: "x" \\']]);
  expect(read.fields.get("content")).toBe("a:b");
});

test("parseNrrdHeader() reads Windows line ends, old versions and joined names", () => {
  const text =
    "NRRD0001\r\ntype: float\r\nDimension: 3\r\nsizes: 1 1 1\r\nspacings: 10 10 20\r\nendian: BIG\r\nencoding: GZ\r\nbyteskip: 4\r\nlineskip: 1\r\n\r\n";
  const bytes = new TextEncoder().encode(text);
  expect(parseNrrdHeader(bytes)).toMatchObject({
    version: 1,
    spacingUm: [10, 10, 20],
    endian: "big",
    encoding: "gzip",
    byteSkip: 4,
    lineSkip: 1,
    dataOffset: bytes.length,
  });
});

test("parseNrrdHeader() takes axis mins for the origin of spacings", () => {
  const origin = (...lines: string[]): unknown => parseNrrdHeader(header(...lines)).originUm;
  expect(origin("spacings: 25 25 25", "axis mins: 100 -2e2 .5")).toEqual([100, -200, 0.5]);
  expect(origin("spacings: 1 1 1", "axis mins: 1 2 3", 'units: "mm" "mm" "mm"')).toEqual([1000, 2000, 3000]);
  expect(origin("spacings: 25 25 25", "axis mins: nan NaN nan")).toBeUndefined();
  expect(() => origin("axis mins: 1 2 3")).toThrow(UnsupportedError);
  expect(() => origin("spacings: 1 1 1", "axis mins: 1 2 3", "space origin: (1,2,3)")).toThrow("beside space origin");
});

test("parseNrrdHeader() takes axes of space alone", () => {
  for (const kinds of ["domain domain domain", "space Space ???", "none domain space"]) {
    expect(parseNrrdHeader(header(`kinds: ${kinds}`)).size).toEqual([2, 3, 4]);
  }
});

test("parseNrrdHeader() turns units into µm", () => {
  const directions = "space directions: (0.025,0,0) (0,0.025,0) (0,0,0.025)";
  const read = parseNrrdHeader(header(directions, 'space units: "mm" "mm" "mm"', "space origin: (1,0,0)"));
  expect([read.spacingUm, read.originUm]).toEqual([
    [25, 25, 25],
    [1000, 0, 0],
  ]);
  expect(parseNrrdHeader(header("spacings: 1 2 3", 'units: "um" "um" "um"')).spacingUm).toEqual([1, 2, 3]);
  expect(() => parseNrrdHeader(header(directions, 'space units: "furlong" "mm" "mm"'))).toThrow(UnsupportedError);
  expect(() => parseNrrdHeader(header(directions, 'space units: "mm" "um" "mm"'))).toThrow("axes of different units");
});

test("parseNrrdHeader() reads a detached header without an empty line", () => {
  const bytes = header("data file: sub/voxels of it.raw").slice(0, -2);
  expect(parseNrrdHeader(bytes)).toMatchObject({ dataFile: "sub/voxels of it.raw", dataOffset: bytes.length });
  expect(parseNrrdHeader(header("data file: ./voxels.raw")).dataFile).toBe("voxels.raw");
});

test.each([
  ["type: char", "type", "one of signed char"],
  ["type: toString", "type", "one of"],
  ["dimension: 3.0", "dimension", "a whole number from 1 to 16"],
  ["dimension: 17", "dimension", "a whole number"],
  ["dimension: 2", "sizes", "2 numbers, as dimension says"],
  ["sizes: 2 3", "sizes", "3 numbers"],
  ["sizes: 2 3 0", "sizes", "whole numbers from 1"],
  ["sizes: 2 3 -4", "sizes", "whole numbers from 1"],
  ["sizes: 2 3 4e0", "sizes", "whole numbers from 1"],
  ["sizes: 2 3 9007199254740993", "sizes", "whole numbers from 1"],
  ["encoding: rot13", "encoding", "one of raw, gzip, ascii"],
  ["endian: middle", "endian", "little or big"],
  ["type: float", "endian", "little or big"],
  ["spacings: 25 25 nan", "spacings", "3 numbers above 0"],
  ["spacings: 25 25 0", "spacings", "3 numbers above 0"],
  ["spacings: 25 25 -25", "spacings", "3 numbers above 0"],
  ["spacings: 25 25 1e999", "spacings", "3 numbers above 0"],
  ["spacings: 0x10 25 25", "spacings", "3 numbers above 0"],
  ["space directions: (25,0,0) (0,25,0)", "space directions", "3 vectors"],
  ["space directions: (25,0,0) (0,25,0) (0,0,nan)", "space directions", "3 vectors"],
  ["space directions: (25,0,0) (0,25,0) (0,0,25) x", "space directions", "3 vectors"],
  ["space origin: (1,2)", "space origin", "a vector of 3 numbers"],
  ["space: upside-down", "space", "a space of the format"],
  ["line skip: -1", "line skip", "a whole number from 0"],
  ["byte skip: -2", "byte skip", "a whole number from -1"],
  ["data file: ../other.raw", "data file", "the name of a file in the header's folder"],
  ["kinds: domain domain", "kinds", "3 kinds"],
  ["axis mins: 1 2", "axis mins", "3 numbers"],
  ["axis mins: 1 nan 2", "axis mins", "3 numbers"],
  ["data file: .", "data file", "the name of a file"],
  ["data file: a/./b", "data file", "the name of a file"],
  ["data file: ./../b", "data file", "the name of a file"],
  ["data file: /etc/passwd", "data file", "the name of a file"],
  ["data file: C:\\\\voxels.raw", "data file", "the name of a file"],
  ["data file: https://example.org/x.raw", "data file", "the name of a file"],
])("parseNrrdHeader() refuses %s", (line, at, expected) => {
  const read = (): unknown => parseNrrdHeader(header(line));
  expect(read).toThrow(DecodeError);
  expect(read).toThrow(expected);
  expect(read).toThrow(expect.objectContaining({ at }));
});

test.each([
  "type: block",
  "encoding: bzip2",
  "encoding: hex",
  "data file: LIST",
  "data file: slice%03d.raw 1 9 1",
  "space: right-anterior-superior-time",
  "space dimension: 4",
  "kinds: vector domain domain",
  "kinds: domain complex domain",
  "kinds: domain domain list",
  "space directions: (0,25,0) (25,0,0) (0,0,25)",
  "space directions: (25,0,0) (0,-25,0) (0,0,25)",
  "space directions: (25,0,0) none (0,0,25)",
])("parseNrrdHeader() says that it does not read %s", (line) => {
  expect(() => parseNrrdHeader(header(line))).toThrow(UnsupportedError);
});

test("parseNrrdHeader() says that it does not read other numbers of axes", () => {
  const bytes = header("dimension: 4", "sizes: 3 2 2 2");
  expect(() => parseNrrdHeader(bytes)).toThrow(
    "Cannot use an NRRD file of 4 axes: a volume has 3; take it apart first",
  );
});

test.each([
  [["type: uint8", "type: uint8"], 'line 6 holds it a second time; expected "type" once'],
  [["axis mins: 0 0 0", "axismins: 0 0 0"], "a second time"],
  [["a:=1", "a:=2"], "a second time"],
  [["spacings: 1 1 1", "space directions: (1,0,0) (0,1,0) (0,0,1)"], "nothing beside space directions"],
  [["space: LPS", "space dimension: 3"], "nothing beside space"],
  [["sized: 1 2 3"], "a field of the format"],
  [["toString: 1"], "a field of the format"],
  [["what is this"], "a field of the format"],
])("parseNrrdHeader() refuses %j", (lines, message) => {
  expect(() => parseNrrdHeader(header(...lines))).toThrow(message);
});

test.each(["", "NRRD", "NRRD0006\n", "<html>", "NRRD0004 \ntype: x", "\u{ff}\u{d8}\u{ff}"])(
  "parseNrrdHeader() refuses what begins with %j",
  (text) => {
    expect(() => parseNrrdHeader(new TextEncoder().encode(text))).toThrow("expected NRRD0001 to NRRD0005");
  },
);

test("parseNrrdHeader() names what is missing", () => {
  const of = (text: string): Uint8Array => new TextEncoder().encode(`NRRD0004\n${text}`);
  expect(() => parseNrrdHeader(of("\n"))).toThrow('expected a field "dimension"');
  expect(() => parseNrrdHeader(header().slice(0, -1))).toThrow("expected an empty line at its end");
  expect(() => parseNrrdHeader(of(`#${"x".repeat(2 ** 17)}\n\n`))).toThrow("byte 131072 holds more header");
});
