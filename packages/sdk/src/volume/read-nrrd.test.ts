import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { DecodeError, UnsupportedError } from "../errors.ts";
import { readNrrd } from "./read-nrrd.ts";

/** Six values of two bytes each, little-endian. */
const VALUES = Uint16Array.of(1, 2, 3, 400, 500, 65_535);
const BYTES = new Uint8Array(VALUES.buffer);
const SWAPPED = Uint8Array.from(BYTES, (_, index) => BYTES[index ^ 1] ?? 0);

function file(body: Uint8Array | string, ...lines: string[]): Uint8Array<ArrayBuffer> {
  const least = [
    "type: uint16",
    "dimension: 3",
    "sizes: 3 2 1",
    "spacings: 25 25 25",
    "encoding: raw",
    "endian: little",
  ];
  const fields = lines.map((line) => line.split(":", 1)[0]);
  const kept = least.filter((line) => !fields.includes(line.split(":", 1)[0]));
  const head = ["NRRD0005", ...kept, ...lines, "", ""].join("\n");
  return Uint8Array.from([...new TextEncoder().encode(head), ...(typeof body === "string" ? Buffer.from(body) : body)]);
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

test.each([
  ["raw, little-endian", file(BYTES)],
  ["raw, big-endian", file(SWAPPED, "endian: big")],
  ["gzip, little-endian", file(gzipSync(BYTES), "encoding: gzip")],
  ["gzip, big-endian", file(gzipSync(SWAPPED), "encoding: gz", "endian: big")],
  ["text", file("1 2 +3\n400\t500 65535\n", "encoding: ascii")],
  ["text with commas", file("1, 2, 3, 400, 500, 65535", "encoding: txt")],
  [
    "text behind a line and bytes to skip",
    file("x\n7 81 2 3 400 500 65535", "encoding: txt", "line skip: 1", "byte skip: 3"),
  ],
  ["gzip behind lines", file(Uint8Array.of(10, 65, 10, ...gzipSync(BYTES)), "encoding: gzip", "line skip: 2")],
  ["a line and bytes to skip", file(Uint8Array.of(65, 10, 7, 8, 9, ...BYTES), "line skip: 1", "byte skip: 3")],
  ["bytes to skip in gzip", file(gzipSync(Uint8Array.of(7, 8, ...BYTES)), "encoding: gzip", "byte skip: 2")],
  ["voxels at the end of the file", file(Uint8Array.of(1, 2, 3, ...BYTES), "byte skip: -1")],
])("readNrrd() reads %s", async (_, bytes) => {
  const before = bytes.slice();
  for (const source of [bytes, inChunks(bytes, 1), inChunks(bytes, 7), inChunks(bytes, bytes.length)]) {
    const volume = await readNrrd(source);
    expect([volume.type, volume.size, volume.data]).toEqual(["uint16", [3, 2, 1], VALUES]);
  }
  expect(bytes).toEqual(before);
  // A slice of a Buffer is a view of it.
  const buffer = Buffer.from(bytes);
  expect((await readNrrd(buffer)).data).toEqual(VALUES);
  expect(buffer.equals(before)).toBe(true);
});

test("readNrrd() gives a view of raw bytes where the machine's order allows it", async () => {
  const bytes = file(BYTES, "type: uint8", "sizes: 12 1 1", "endian: little");
  const { data } = await readNrrd(bytes);
  expect(data.buffer).toBe(bytes.buffer);
});

test("readNrrd() reads voxels out of a file of their own", async () => {
  const asked: string[] = [];
  const resolve = async (name: string): Promise<Uint8Array> => {
    asked.push(name);
    return BYTES;
  };
  const volume = await readNrrd(file("", "data file: voxels.raw"), { resolve });
  expect([asked, volume.data]).toEqual([["voxels.raw"], VALUES]);
  await expect(readNrrd(file("", "data file: voxels.raw"))).rejects.toThrow(
    'Cannot use the NRRD volume whose voxels are in a file of their own: give "voxels.raw" by the option resolve',
  );
  await expect(readNrrd(file("", "data file: ../voxels.raw"), { resolve })).rejects.toThrow(DecodeError);
  await expect(readNrrd(file("", "data file: v.raw"), { resolve: async () => BYTES.subarray(1) })).rejects.toThrow(
    "byte 0 holds 11; expected 12 bytes of voxels",
  );
});

test("readNrrd() reads text of every kind of number", async () => {
  const real = await readNrrd(file("-1.5 nan inf -INF 1e-3 .5", "type: float", "encoding: text"));
  expect([...real.data]).toEqual([-1.5, Number.NaN, Infinity, -Infinity, Math.fround(1e-3), 0.5]);
  const wide = await readNrrd(
    file("-9223372036854775808 9223372036854775807 0 1 2 3", "type: int64", "encoding: text"),
  );
  expect(wide.data).toEqual(BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n, 0n, 1n, 2n, 3n));
  for (const word of ["65536", "-1", "1.5", "0x1", "x"]) {
    await expect(readNrrd(file(`1 2 3 4 5 ${word}`, "encoding: text"))).rejects.toThrow(`value 5 holds "${word}"`);
  }
  await expect(readNrrd(file("1 2 3 4 5", "encoding: text"))).rejects.toThrow("expected 6 values");
});

test("readNrrd() takes the spacing that it is given only where the file has none", async () => {
  const without = Buffer.from(
    Buffer.from(file(BYTES)).toString("latin1").replace("spacings: 25 25 25\n", ""),
    "latin1",
  );
  await expect(readNrrd(without)).rejects.toThrow("expected space directions or spacings, or the option spacingUm");
  expect((await readNrrd(without, { spacingUm: 10 })).spacingUm).toEqual([10, 10, 10]);
  expect((await readNrrd(file(BYTES), { spacingUm: 10 })).spacingUm).toEqual([25, 25, 25]);
});

test.each([
  ["a byte too few", file(BYTES.subarray(1)), "holds 11; expected 12 bytes"],
  ["a byte too many", file(Uint8Array.of(...BYTES, 0)), "expected 12 bytes"],
  ["no bytes", file(""), "holds 0; expected 12 bytes"],
  ["fewer bytes than are skipped", file("", "byte skip: 5"), "holds 0; expected 12 bytes"],
  ["lines that are not there", file(BYTES, "line skip: 9"), "expected 9 lines before the voxels"],
  ["gzip that is none", file(BYTES, "encoding: gzip"), "expected a gzip stream"],
  ["gzip cut short", file(gzipSync(BYTES).subarray(0, -1), "encoding: gzip"), "expected a gzip stream"],
  ["too much in gzip", file(gzipSync(Uint8Array.of(...BYTES, 0)), "encoding: gzip"), "holds more; expected 12 bytes"],
  ["too little in gzip", file(gzipSync(BYTES.subarray(2)), "encoding: gzip"), "holds 10; expected 12 bytes"],
  ["a byte behind gzip", file(Uint8Array.of(...gzipSync(BYTES), 0), "encoding: gzip"), "expected"],
  [
    "zeros behind gzip",
    file(Uint8Array.of(...gzipSync(BYTES), 0, 0, 0, 0, 12, 0, 0, 0), "encoding: gzip"),
    "expected a gzip stream",
  ],
  ["gzip behind gzip", file(Buffer.concat([gzipSync(BYTES), gzipSync("")]), "encoding: gzip"), "expected"],
])("readNrrd() refuses %s", async (_, bytes, message) => {
  for (const source of [bytes, inChunks(bytes, 5)]) {
    const read = readNrrd(source);
    await expect(read).rejects.toThrow(DecodeError);
    await expect(read).rejects.toThrow(message);
  }
});

test("readNrrd() refuses gzip whose checksum is wrong", async () => {
  const packed = gzipSync(BYTES);
  const crc = packed.length - 8;
  packed[crc] = (packed[crc] ?? 0) ^ 1;
  await expect(readNrrd(file(packed, "encoding: gzip"))).rejects.toThrow(DecodeError);
});

test("readNrrd() says what it does not read", async () => {
  await expect(readNrrd(file("", "encoding: bz2"))).rejects.toThrow(UnsupportedError);
});

test("readNrrd() bounds what a header promises", async () => {
  const bomb = gzipSync(new Uint8Array(10_000_000));
  await expect(readNrrd(file(bomb, "encoding: gzip"))).rejects.toThrow("holds more; expected 12 bytes");
  await expect(readNrrd(file(BYTES, "sizes: 2097152 2097152 2097152"))).rejects.toThrow(
    "sizes holds a volume of 18446744073709551616 bytes; expected at most 8589934592 bytes, the limit maxBytes",
  );
  await expect(readNrrd(file(BYTES, "sizes: 9007199254740991 9007199254740991 1"))).rejects.toThrow(DecodeError);
  // Not even asked of the machine: so many bytes cannot be in a stream of this length.
  await expect(readNrrd(file(gzipSync(BYTES), "encoding: gzip", "sizes: 1000 1000 2000"))).rejects.toThrow(
    "which cannot be as many",
  );
  await expect(readNrrd(file(BYTES), { maxBytes: 11 })).rejects.toThrow("the limit maxBytes");
  // Nor are as many values in a text of this length.
  await expect(readNrrd(file("1 2 3", "encoding: text", "sizes: 1000 1000 2000"))).rejects.toThrow("holds fewer");
  expect((await readNrrd(file(BYTES), { maxBytes: 12 })).data.length).toBe(6);
  await expect(readNrrd(file(BYTES), { maxBytes: 0 })).rejects.toThrow(RangeError);
});

test("readNrrd() lets go of a source that it does not read to its end, and passes its errors on", async () => {
  for (const body of [file(BYTES, "encoding: rot13"), file(Uint8Array.of(...BYTES, 0)), Buffer.from("<html>\n\n")]) {
    let open = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      open += 1;
      try {
        yield* inChunks(body, 20);
        yield body;
      } finally {
        open -= 1;
      }
    }
    await expect(readNrrd(source())).rejects.toThrow();
    expect(open).toBe(0);
  }
  const broken = new Error("the line is cut");
  async function* cut(): AsyncGenerator<Uint8Array> {
    yield file(gzipSync(BYTES), "encoding: gzip").subarray(0, -5);
    throw broken;
  }
  await expect(readNrrd(cut())).rejects.toBe(broken);
});

/** A file that goes on with a piece until its reader has had enough, and how many bytes it gave. */
function endless(head: Uint8Array, piece: Uint8Array): { chunks: AsyncGenerator<Uint8Array>; given: () => number } {
  let given = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield head;
    for (; ; given += piece.length) yield piece;
  }
  return { chunks: chunks(), given: () => given };
}

test.each([
  ["more values", "1 2 3 4\n".repeat(100), "holds more; expected 6 values"],
  ["a word without an end", "1".repeat(1000), "value 0 holds"],
])("readNrrd() ends at %s of text", async (_, piece, message) => {
  const { chunks, given } = endless(file("", "encoding: text"), Buffer.from(piece));
  await expect(readNrrd(chunks)).rejects.toThrow(message);
  expect(given()).toBeLessThan(4000);
});

test.each([
  ["bytes before voxels at the end", "byte skip: -1", 7, BYTES],
  ["a line", "line skip: 1", 7, Uint8Array.of(10, ...BYTES)],
  ["blanks of a text", "encoding: text", 32, Buffer.from("1 2 3 400 500 65535")],
])("readNrrd() does not hold %s", async (_, line, filler, tail) => {
  let most = 0;
  async function* source(): AsyncGenerator<Uint8Array> {
    const before = process.memoryUsage().arrayBuffers;
    yield file("", line);
    for (let i = 0; i < 512; i += 1) {
      yield new Uint8Array(1 << 20).fill(filler);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    yield tail;
  }
  expect((await readNrrd(source())).data).toEqual(VALUES);
  expect(most).toBeLessThan(256 << 20);
});

test("readNrrd() reads a long header byte by byte in time that grows with its length", async () => {
  const started = performance.now();
  const bytes = file(BYTES, `# ${"x".repeat(120_000)}`);
  expect((await readNrrd(inChunks(bytes, 1))).data).toEqual(VALUES);
  expect(performance.now() - started).toBeLessThan(3000);
  const long = endless(Buffer.from("NRRD0004\n"), Buffer.from("# more\n"));
  await expect(readNrrd(long.chunks)).rejects.toThrow("byte 131072 holds more header");
  expect(long.given()).toBeLessThan(131_100);
});

test("readNrrd() tells what is wrong while its source stands still", async () => {
  async function* still(head: Uint8Array): AsyncGenerator<Uint8Array> {
    yield head;
    await new Promise(() => {});
  }
  await expect(readNrrd(still(file("no gzip at all", "encoding: gzip")))).rejects.toThrow("expected a gzip stream");
});

test("readNrrd() says which runtime has room for a volume above 4 GiB, before its voxels come", async () => {
  const head = file("", "encoding: gzip", "sizes: 9007199254740 100 5");
  const { chunks, given } = endless(head, new Uint8Array(9));
  await expect(readNrrd(chunks, { maxBytes: Infinity })).rejects.toThrow(
    "Cannot use a volume of 9007199254740000 bytes: this runtime has no room for it; arrays above 4 GiB need Node 22 or newer",
  );
  expect(given()).toBe(0);
});

test("readNrrd() lets go of its source when an option is wrong", async () => {
  let isOpen = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      isOpen = true;
      yield file(BYTES);
    } finally {
      isOpen = false;
    }
  }
  await expect(readNrrd(source(), { maxBytes: Number.NaN })).rejects.toThrow(RangeError);
  expect(isOpen).toBe(false);
});
