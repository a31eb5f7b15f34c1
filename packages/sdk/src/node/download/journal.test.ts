import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { checkProperty } from "../../../../../tests/support/property.ts";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { DISK, type Disk } from "./disk.ts";
import { Journal } from "./journal.ts";
import { parseLine, printLine } from "./manifest-line.ts";
import { hashName, NameIndex } from "./name-index.ts";
import { MAX_LINE_BYTES, readLines } from "./read-lines.ts";
import type { ManifestLine } from "./types.ts";

function lineOf(name: string, more: Partial<ManifestLine> = {}): ManifestLine {
  const done = { status: "done", bytes: 1, sha256: "0".repeat(64) } as const;
  return { name, url: `http://test/${name}`, ...done, attempts: 1, startedAt: "", finishedAt: "", ...more };
}

test("Journal gives back what it was told, in this run and in the next", async () => {
  const directory = await temporaryFolder();
  const first = await Journal.open(directory, DISK);
  expect(first.isNew).toBe(true);
  const long = lineOf("long", { url: `http://test/${"x".repeat(9000)}` });
  await Promise.all([first.append(lineOf("a")), first.append(lineOf("ü")), first.append(long)]);
  expect(await first.find("ü")).toEqual({ line: lineOf("ü"), isOfThisRun: true });
  await first.close();
  const second = await Journal.open(directory, DISK);
  expect(second.isNew).toBe(false);
  expect(await second.find("long")).toEqual({ line: long, isOfThisRun: false });
  expect(await second.find("nobody")).toBeUndefined();
  second.mark("a");
  expect((await second.find("a"))?.isOfThisRun).toBe(true);
  await second.append(lineOf("a", { bytes: 7 }));
  expect((await second.find("a"))?.line.bytes).toBe(7);
  await second.close();
});

test("Journal keeps the last line that is done, whatever failed after it", async () => {
  const directory = await temporaryFolder();
  const lines = [
    lineOf("a", { bytes: 1 }),
    lineOf("a", { bytes: 2 }),
    lineOf("a", { status: "failed" }),
    lineOf("b", { status: "failed" }),
  ];
  await writeFile(join(directory, "manifest.ndjson"), lines.map(printLine).join(""));
  const journal = await Journal.open(directory, DISK);
  expect((await journal.find("a"))?.line).toMatchObject({ status: "done", bytes: 2 });
  expect((await journal.find("b"))?.line.status).toBe("failed");
  await journal.close();
});

test("Journal keeps a line that is done when one that failed is added in the same run", async () => {
  const journal = await Journal.open(await temporaryFolder(), DISK);
  await journal.append(lineOf("a", { bytes: 2 }));
  await Promise.all([
    journal.append(lineOf("a", { status: "failed" })),
    journal.append(lineOf("b", { status: "failed" })),
  ]);
  expect((await journal.find("a"))?.line).toMatchObject({ status: "done", bytes: 2 });
  expect((await journal.find("b"))?.line.status).toBe("failed");
  await journal.append(lineOf("b", { bytes: 3 }));
  expect((await journal.find("b"))?.line).toMatchObject({ status: "done", bytes: 3 });
  await journal.close();
});

test("Journal syncs again what could not be synced", async () => {
  const syncData = vi.fn(() => Promise.reject(new Error("EIO")));
  const journal = await Journal.open(await temporaryFolder(), { ...DISK, syncData });
  await journal.append(lineOf("a"));
  for (let time = 1; time < 3; time += 1) await expect(journal.sync()).rejects.toThrow("EIO");
  expect(syncData).toHaveBeenCalledTimes(2);
  await journal.close();
});

test("Journal ends a torn line before it adds one", async () => {
  const directory = await temporaryFolder();
  const path = join(directory, "manifest.ndjson");
  await writeFile(path, `${printLine(lineOf("a"))}{"name":"b","ur`);
  const journal = await Journal.open(directory, DISK);
  await journal.append(lineOf("c"));
  expect((await journal.find("c"))?.line).toEqual(lineOf("c"));
  await journal.close();
  expect(await readFile(path, "utf8")).toBe(`${printLine(lineOf("a"))}{"name":"b","ur\n${printLine(lineOf("c"))}`);
});

test("Journal goes on after a write that failed half way", async () => {
  const directory = await temporaryFolder();
  let isFull = true;
  const disk: Disk = {
    ...DISK,
    write: async (file, bytes, position) => {
      if (!isFull) return await DISK.write(file, bytes, position);
      await DISK.write(file, bytes.subarray(0, 20), position);
      throw new Error("the disk is full");
    },
  };
  const journal = await Journal.open(directory, disk);
  await expect(journal.append(lineOf("a"))).rejects.toThrow("full");
  isFull = false;
  await journal.append(lineOf("b"));
  expect((await journal.find("b"))?.line).toEqual(lineOf("b"));
  await journal.close();
  const again = await Journal.open(directory, DISK);
  expect((await again.find("b"))?.line).toEqual(lineOf("b"));
  expect(await again.find("a")).toBeUndefined();
  await again.close();
});

test.each([
  "",
  "5",
  "null",
  "{}",
  '{"name":"a"}',
  printLine(lineOf("a", { bytes: -1 })),
  printLine(lineOf("a", { sha256: "x" })),
])("parseLine() takes no %j", (text) => {
  expect(parseLine(text)).toBeUndefined();
});

test("readLines() passes over lines that are too long, and knows where each begins", async () => {
  const path = join(await temporaryFolder(), "lines");
  const long = "x".repeat(MAX_LINE_BYTES * 2 + 5);
  await writeFile(path, `one\n${long}\n\nüber\nend`);
  const lines: unknown[] = [];
  for await (const { text, offset, isEnded } of readLines(path)) lines.push([text, offset, isEnded]);
  const after = 4 + long.length + 1;
  expect(lines).toEqual([
    ["one", 0, true],
    ["", 4, true],
    ["", after, true],
    ["über", after + 1, true],
    ["end", after + 7, false],
  ]);
});

test("NameIndex keeps a number for each name", () => {
  checkProperty(
    fc.property(fc.array(fc.tuple(fc.string(), fc.integer()), { maxLength: 50 }), (pairs) => {
      const index = new NameIndex();
      for (const [name, value] of pairs) index.set(name, value);
      const expected = new Map(pairs);
      return index.size === expected.size && [...expected].every(([name, value]) => index.get(name) === value);
    }),
  );
});

test("NameIndex takes 100,000 names, none for another", () => {
  const index = new NameIndex();
  for (let number = 0; number < 100_000; number += 1) index.set(`section/${number}.jpg`, number);
  expect(index.size).toBe(100_000);
  for (let number = 0; number < 100_000; number += 997) expect(index.get(`section/${number}.jpg`)).toBe(number);
  expect(index.get("section/100000.jpg")).toBeUndefined();
});

test("hashName() spreads names that differ little", () => {
  const seen = new Set(Array.from({ length: 50_000 }, (_, index) => hashName(`${index}`) % 65_536));
  // Of so many drawn at random, about 53 % of the values come.
  expect(seen.size).toBeGreaterThan(65_536 * 0.5);
});
