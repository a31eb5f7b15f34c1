import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { readStaticFiles } from "./static-files.ts";

test("readStaticFiles() tells files apart by their content and their name", async () => {
  const folder = await temporaryFolder();
  for (const name of ["index.html", "a.txt", "b.txt"]) await writeFile(join(folder, name), "same");
  const before = await readStaticFiles(folder);
  expect([...before.keys()].sort()).toEqual(["a.txt", "b.txt", "index.html"]);
  expect(new Set([...before.values()].map(({ etag }) => etag)).size).toBe(3);
  await writeFile(join(folder, "a.txt"), "other");
  const after = await readStaticFiles(folder);
  expect(after.get("a.txt")?.etag).not.toBe(before.get("a.txt")?.etag);
  expect(after.get("b.txt")?.etag).toBe(before.get("b.txt")?.etag);
});

test("readStaticFiles() refuses what is more than a page before it reads it", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "index.html"), "page");
  await writeFile(join(folder, "large.txt"), "");
  await truncate(join(folder, "large.txt"), 65 * 1024 * 1024);
  await expect(readStaticFiles(folder)).rejects.toThrow(RangeError);
});

test("readStaticFiles() refuses more files than a page has", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "page");
  for (let nth = 0; nth < 1000; nth += 1) await writeFile(join(folder, "assets", `${nth}.txt`), "");
  await expect(readStaticFiles(folder)).rejects.toThrow("it holds more than a page does");
});
