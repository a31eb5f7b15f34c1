import { crc32 as crcOfNode, deflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeZip, type ZipPart } from "../../../../tests/support/make-zip.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { DecodeError, UnsupportedError } from "../errors.ts";
import { crc32 } from "./crc32.ts";
import { readGridZip } from "./read-grid-zip.ts";
import { readZip } from "./zip.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test("crc32() is what zlib computes", () => {
  checkProperty(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => crc32(bytes) === crcOfNode(bytes)));
});

test("readZip() lists and unpacks files, stored and deflated", async () => {
  const zip = makeZip(
    [
      { name: "folder/", body: "", method: 0 },
      { name: "folder/a.txt", body: "aaaa".repeat(100) },
      { name: "é.txt", body: "plain", method: 0, flags: 0x800 },
      { name: "empty", body: "", method: 0 },
    ],
    "PK\u0005\u0006 in a comment",
  );
  const entries = readZip(zip);
  expect(entries.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
    ["folder/a.txt", 400],
    ["é.txt", 5],
    ["empty", 0],
  ]);
  const bodies = await Promise.all(entries.map((entry) => entry.read()));
  expect(bodies.map(text)).toEqual(["aaaa".repeat(100), "plain", ""]);
  expect(readZip(makeZip([]))).toEqual([]);
});

test.each(["../a", "a/../../b", "/etc/passwd", "C:a", "a\\b", "a//b", "./a", "a\u0000b", ""])(
  "readZip() refuses the name %j",
  (name) => {
    expect(() => readZip(makeZip([{ name, body: "x" }]))).toThrow("expected the name of a file inside of the zip");
  },
);

const wrong: [string, ZipPart, string][] = [
  ["a checksum", { name: "a", body: "x", crc: 1 }, "bytes of the promised checksum"],
  ["a size that is too small", { name: "a", body: "x".repeat(99), sizeBytes: 98 }, "holds more; expected 98 bytes"],
  ["a size that is too large", { name: "a", body: "x".repeat(99), sizeBytes: 100 }, "holds 99; expected 100 bytes"],
  ["a stored size", { name: "a", body: "xx", method: 0, sizeBytes: 3 }, "expected 3 bytes"],
];

test.each(wrong)("readZip() notices %s that is wrong", async (_, part, message) => {
  const [entry] = readZip(makeZip([part]));
  const read = entry?.read();
  await expect(read).rejects.toThrow(DecodeError);
  await expect(read).rejects.toThrow(message);
});

test("readZip() refuses what contradicts itself", () => {
  const zip = makeZip([{ name: "a", body: "x" }]);
  const edited = (at: number, value: number): Buffer => {
    const copy = Buffer.from(zip);
    copy[at < 0 ? copy.length + at : at] = value;
    return copy;
  };
  expect(() => readZip(new Uint8Array(0))).toThrow("the end of a zip");
  expect(() => readZip(Buffer.from("<html>".repeat(20)))).toThrow(DecodeError);
  for (let length = 0; length < zip.length; length += 1) {
    expect(() => readZip(zip.subarray(0, length))).toThrow(DecodeError);
  }
  expect(() => readZip(Buffer.concat([zip, Buffer.from("x")]))).toThrow(DecodeError);
  expect(() => readZip(Buffer.concat([Buffer.from("x"), zip]))).toThrow("a directory that ends here");
  expect(() => readZip(edited(30, 98))).toThrow('file "a", as the directory says');
  expect(() => readZip(edited(0, 0))).toThrow('file "a"');
  const twice = [
    { name: "a", body: "x" },
    { name: "a", body: "y" },
  ];
  expect(() => readZip(makeZip(twice))).toThrow("each name once");
});

test("readZip() refuses files that share bytes", () => {
  const zip = makeZip([
    { name: "a", body: "x" },
    { name: "b", body: "y" },
  ]);
  const second = zip.lastIndexOf("PK\u0001\u0002");
  zip.writeUInt32LE(0, second + 42);
  zip.write("a", second + 46);
  expect(() => readZip(zip)).toThrow(DecodeError);
  zip.write("b", second + 46);
  zip.write("b", 30);
  expect(() => readZip(zip)).toThrow(DecodeError);
});

test("readZip() says what it does not read", () => {
  expect(() => readZip(makeZip([{ name: "a", body: "x", flags: 1 }]))).toThrow("it is encrypted");
  expect(() => readZip(makeZip([{ name: "a", body: "x", method: 12 }]))).toThrow("neither stored nor deflated");
  expect(() => readZip(makeZip([{ name: "a", body: "x", sizeBytes: 0xffffffff }]))).toThrow("a zip in zip64");
  const parts = makeZip([]);
  parts[4] = 1;
  expect(() => readZip(parts)).toThrow(UnsupportedError);
});

test("readZip() bounds what a zip unpacks to", async () => {
  const bomb = makeZip([{ name: "a", body: new Uint8Array(10_000_000) }]);
  expect(() => readZip(bomb, { maxBytes: 9_999_999 })).toThrow("the limit maxBytes");
  const lying = makeZip([{ name: "a", body: new Uint8Array(10_000_000), sizeBytes: 10 }]);
  await expect(readZip(lying)[0]?.read()).rejects.toThrow("holds more; expected 10 bytes");
  const promising = makeZip([{ name: "a", body: "x", sizeBytes: 4_000_000_000 }]);
  await expect(readZip(promising)[0]?.read()).rejects.toThrow("which cannot be as many");
  expect(() => readZip(bomb, { maxBytes: Number.NaN })).toThrow(RangeError);
});

const MHD = (data: string): string =>
  `NDims = 3\nBinaryDataByteOrderMSB = False\nElementSpacing = 200 200 200\nDimSize = 2 1 1\nElementType = MET_UCHAR\nElementDataFile = ${data}\n`;

test("readGridZip() reads volumes of the root and of a folder, and the record", async () => {
  const parts = [
    { name: "data_set.xml", body: "<section-data-set/>" },
    { name: "energy.raw", body: Uint8Array.of(1, 2) },
    { name: "energy.mhd", body: MHD("energy.raw") },
    { name: "more/density.mhd", body: MHD("density.raw") },
    { name: "more/density.raw", body: Uint8Array.of(3, 4) },
    { name: "read me.txt", body: "x" },
  ];
  const { volumes, dataSetXml } = await readGridZip(makeZip(parts));
  expect(dataSetXml).toBe("<section-data-set/>");
  expect(Array.from(volumes, ([name, { data }]) => [name, [...data]])).toEqual([
    ["energy", [1, 2]],
    ["density", [3, 4]],
  ]);
});

test("readGridZip() reads each file once at most", async () => {
  const body = Uint8Array.of(1, 2);
  const shared = ["a", "b"].map((name) => ({ name: `${name}.mhd`, body: MHD("x.raw") }));
  await expect(readGridZip(makeZip([...shared, { name: "x.raw", body }]))).rejects.toThrow(
    'expected a file "x.raw" for one volume alone',
  );
  for (const name of ["a.mhd", "b.mhd"]) {
    const headers = [
      { name: "a.mhd", body: MHD(name) },
      { name: "b.mhd", body: MHD("b.raw") },
    ];
    await expect(readGridZip(makeZip(headers))).rejects.toThrow("expected voxels in a file of their own");
  }
});

test("readGridZip() bounds what all volumes unpack to", async () => {
  const voxels = new Uint8Array(1000);
  const parts = ["a", "b", "c"].flatMap((name) => [
    { name: `${name}.mhd`, body: `CompressedData = True\n${MHD(`${name}.zraw`).replace("2 1 1", "1000 1 1")}` },
    { name: `${name}.zraw`, body: deflateSync(voxels) },
  ]);
  const read = async (maxBytes: number): Promise<number> =>
    (await readGridZip(makeZip(parts), { maxBytes })).volumes.size;
  expect(await read(3000)).toBe(3);
  for (const maxBytes of [2999, 2000, 1500]) await expect(read(maxBytes)).rejects.toThrow("the limit maxBytes");
});

test("readGridZip() finds a file that is named with ./", async () => {
  const parts = [
    { name: "f/a.mhd", body: MHD("./a.raw") },
    { name: "f/a.raw", body: Uint8Array.of(1, 2) },
  ];
  expect((await readGridZip(makeZip(parts))).volumes.get("a")?.data).toEqual(Uint8Array.of(1, 2));
});

test("readGridZip() refuses a zip without volumes, or with half of one", async () => {
  await expect(readGridZip(makeZip([{ name: "a", body: "x" }]))).rejects.toThrow("expected a volume (.mhd)");
  await expect(readGridZip(makeZip([{ name: "a/energy.mhd", body: MHD("energy.raw") }]))).rejects.toThrow(
    'expected a file "a/energy.raw"',
  );
  const twice = ["a", "b"].flatMap((folder) => [
    { name: `${folder}/energy.mhd`, body: MHD("energy.raw") },
    { name: `${folder}/energy.raw`, body: Uint8Array.of(1, 2) },
  ]);
  await expect(readGridZip(makeZip(twice))).rejects.toThrow("expected each volume once");
});
