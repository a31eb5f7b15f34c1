import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { printPax, readPax } from "./pax.ts";
import { readTar } from "./read-tar.ts";
import { writeHeader } from "./tar-header.ts";
import { writeTar } from "./write-tar.ts";

/** Whether a text has no half of a pair of code units by itself, which UTF-8 cannot hold. */
const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);

type File = readonly [path: string, content: string];

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

async function tarOf(files: readonly File[]): Promise<Buffer> {
  const members = files.map(([path, content]) => {
    const bytes = Buffer.from(content);
    return { path, sizeBytes: bytes.length, content: [bytes] };
  });
  return await collect(writeTar(members));
}

async function filesOf(tar: Uint8Array, size = 512): Promise<File[]> {
  const files: File[] = [];
  for await (const { path, content } of readTar(inPieces(tar, size))) {
    files.push([path, (await collect(content)).toString()]);
  }
  return files;
}

const LONG = `${"a/".repeat(80)}é`;

test("readTar() gives what writeTar() was given, in pieces of any size", async () => {
  const path = fc.oneof(fc.string({ minLength: 1, maxLength: 90 }), fc.string({ minLength: 90, maxLength: 300 }));
  const printable = path.filter((text) => !/[\0\n]/.test(text) && isWellFormed(text));
  const file = fc.tuple(
    printable,
    fc.string({ maxLength: 1500 }).filter((text) => isWellFormed(text)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 5 }), fc.integer({ min: 1, max: 2000 }), async (files, size) => {
      expect(await filesOf(await tarOf(files), size)).toEqual(files);
    }),
    { numRuns: 60, seed: 7 },
  );
});

test("writeTar() makes what other programs unpack, long paths too", async () => {
  const folder = await temporaryFolder();
  await writeFile(
    join(folder, "x.tar"),
    await tarOf([
      ["b/c.txt", "hello"],
      [LONG, "long"],
      ["empty", ""],
    ]),
  );
  await mkdir(join(folder, "out"));
  await promisify(execFile)("tar", ["xf", join(folder, "x.tar"), "-C", join(folder, "out")]);
  expect(await readFile(join(folder, "out", "b/c.txt"), "utf8")).toBe("hello");
  expect(await readFile(join(folder, "out", LONG), "utf8")).toBe("long");
  expect(await readFile(join(folder, "out", "empty"), "utf8")).toBe("");
});

test("readTar() reads what another program packed, and passes over what is not read", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "a"), "x".repeat(2000));
  await writeFile(join(folder, "b"), "second");
  const args = ["cf", join(folder, "x.tar"), "--format=ustar", "-C", folder, "a", "b"];
  await promisify(execFile)("tar", args);
  const seen: string[] = [];
  for await (const { path, content } of readTar(inPieces(await readFile(join(folder, "x.tar")), 700))) {
    seen.push(path === "b" ? (await collect(content)).toString() : path);
  }
  expect(seen).toEqual(["a", "second"]);
});

test("writeTar() says sizes over 8 GiB in fields before the header", async () => {
  const size = 9 * 1024 ** 3;
  const [headers] = await first(writeTar([{ path: "large", sizeBytes: size, content: [] }]));
  const read = readTar(inPieces(headers, 512));
  expect((await read.next()).value).toMatchObject({ path: "large", sizeBytes: size });
});

async function first(chunks: AsyncIterable<Uint8Array>): Promise<[Uint8Array]> {
  for await (const chunk of chunks) return [chunk];
  return [new Uint8Array(0)];
}

test("writeTar() refuses a content that is not as long as was said", async () => {
  for (const sizeBytes of [3, 5]) {
    const members = [{ path: "a", sizeBytes, content: [Buffer.from("four")] }];
    await expect(collect(writeTar(members))).rejects.toThrow(`not of ${sizeBytes} bytes`);
  }
});

describe("readTar() refuses", () => {
  const typed = (mark: string): Buffer => {
    const block = Buffer.from(writeHeader({ path: "evil", sizeBytes: 0, type: "file" }));
    block.write(mark, 156);
    block.write("        ", 148);
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return Buffer.concat([block, Buffer.alloc(1024)]);
  };

  test.each([
    ["1", /"evil" is a link, and no file/],
    ["2", /is a link/],
    ["3", /is a device/],
    ["4", /is a device/],
    ["5", /is a folder/],
    ["6", /is a pipe/],
    ["L", /of another type/],
    ["g", /of another type/],
    ["S", /of another type/],
  ])("a member of type %s", async (mark, words) => {
    await expect(filesOf(typed(mark))).rejects.toThrow(words);
  });

  test("what is cut off anywhere", async () => {
    const whole = await tarOf([
      ["a", "x".repeat(700)],
      [LONG, "y"],
    ]);
    for (let length = 0; length < whole.length; length += 61) {
      await expect(filesOf(whole.subarray(0, length))).rejects.toThrow(/cut off/);
    }
  });

  test("what is changed in a header, and never crashes on it", async () => {
    const whole = await tarOf([["a", "x".repeat(100)]]);
    for (let at = 0; at < 512; at += 3) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x41;
      await expect(filesOf(damaged)).rejects.toThrow(Error);
    }
  });

  test("fields before a header that are endless or none", async () => {
    const pax = (sizeBytes: number, text: string): Buffer => {
      const fields = Buffer.alloc(Math.ceil(text.length / 512) * 512);
      fields.write(text);
      return Buffer.concat([writeHeader({ path: "pax", sizeBytes, type: "pax" }), fields]);
    };
    await expect(filesOf(pax(2 ** 32, "x"))).rejects.toThrow(/fields of 4294967296 bytes/);
    for (const text of ["x", "8 path=a\n", "11 size=-1\n", "0 =\n", "99999999 a=b\n", "13 size=1e99\n"]) {
      await expect(filesOf(pax(text.length, text))).rejects.toThrow(/before a header/);
    }
  });

  test("what follows the end", async () => {
    await expect(filesOf(Buffer.concat([await tarOf([["a", "b"]]), Buffer.from("more")]))).rejects.toThrow(
      /follows its end/,
    );
    expect(await filesOf(Buffer.concat([await tarOf([["a", "b"]]), Buffer.alloc(8192)]))).toEqual([["a", "b"]]);
  });
});

test("readPax() gives what printPax() was given", () => {
  const fields = fc.record({ path: fc.string().filter((text) => isWellFormed(text)), sizeBytes: fc.nat() });
  fc.assert(
    fc.property(fields, (given) => {
      expect(readPax(Buffer.from(printPax(given)))).toEqual(given);
    }),
    { seed: 7 },
  );
});
