import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { rejectionOf } from "../../../../tests/support/fault-server.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { writeFileWhole } from "./write-file-whole.ts";

test("writeFileWhole() writes bytes and text, and leaves no working file", async () => {
  const folder = await temporaryFolder();
  await writeFileWhole(join(folder, "bytes"), Uint8Array.of(0, 255, 7));
  await writeFileWhole(join(folder, "text"), "Großhirn\n");
  expect([...(await readFile(join(folder, "bytes")))]).toEqual([0, 255, 7]);
  expect(await readFile(join(folder, "text"), "utf8")).toBe("Großhirn\n");
  expect((await readdir(folder)).sort()).toEqual(["bytes", "text"]);
});

test("writeFileWhole() writes only the part of the buffer that the view shows", async () => {
  const path = join(await temporaryFolder(), "part");
  await writeFileWhole(path, Uint8Array.of(1, 2, 3, 4).subarray(1, 3));
  expect([...(await readFile(path))]).toEqual([2, 3]);
});

test("writeFileWhole() writes chunks, and leaves nothing when they fail", async () => {
  const folder = await temporaryFolder();
  async function* chunks(failure?: Error): AsyncGenerator<Uint8Array> {
    yield Uint8Array.of(1, 2);
    yield new Uint8Array(0);
    if (failure !== undefined) throw failure;
    yield Uint8Array.of(3);
  }
  await writeFileWhole(join(folder, "whole"), chunks());
  expect([...(await readFile(join(folder, "whole")))]).toEqual([1, 2, 3]);
  const failure = new Error("broken off");
  expect(await rejectionOf(writeFileWhole(join(folder, "part"), chunks(failure)))).toBe(failure);
  await expect(writeFileWhole(join(folder, "none", "x"), chunks())).rejects.toThrow("its folder does not exist");
  expect(await readdir(folder)).toEqual(["whole"]);
});

test("writeFileWhole() replaces a file in one step: who has it open reads the old one", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "plate.jpg");
  await writeFile(path, "old");
  const reader = await open(path);
  await writeFileWhole(path, "the new one");
  expect(await reader.readFile("utf8")).toBe("old");
  await reader.close();
  expect(await readFile(path, "utf8")).toBe("the new one");
  expect(await readdir(folder)).toEqual(["plate.jpg"]);
});

test("writeFileWhole() takes a relative path, and names of 255 bytes", async () => {
  const folder = await temporaryFolder();
  const name = "n".repeat(255);
  await writeFileWhole(relative(process.cwd(), join(folder, name)), "x");
  expect(await readdir(folder)).toEqual([name]);
});

test("writeFileWhole() lets writers of one name at once each win whole", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "x");
  const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(50_000));
  await Promise.all(texts.map((text) => writeFileWhole(path, text)));
  expect(texts).toContain(await readFile(path, "utf8"));
  expect(await readdir(folder)).toEqual(["x"]);
});

test("writeFileWhole() names the path and the missing folder", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "missing", "x");
  const error = await rejectionOf(writeFileWhole(path, "x"));
  expect(error).toMatchObject({
    code: "ENOENT",
    message: `Cannot write "${path}": its folder does not exist; create it first`,
  });
  expect((error as Error).cause).toMatchObject({ code: "ENOENT" });
  expect(await readdir(folder)).toEqual([]);
});

// A folder of Linux that is there, and takes no file.
test.skipIf(!existsSync("/proc/self"))(
  "writeFileWhole() says of a folder that takes no file that it does not",
  async () => {
    const error = await rejectionOf(writeFileWhole("/proc/x.svg", "x"));
    expect(error).toMatchObject({
      message: 'Cannot write "/proc/x.svg": writing there is not allowed; give another path',
    });
  },
);

test("writeFileWhole() leaves a folder of that name as it was, and no working file", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "taken");
  await mkdir(path);
  await writeFile(join(path, "inside"), "kept");
  const error = await rejectionOf(writeFileWhole(path, "x"));
  expect((error as Error).message).toMatch(/^Cannot write ".*taken": a folder has that name; give a file name$/);
  expect(await readdir(folder)).toEqual(["taken"]);
  expect(await readdir(path)).toEqual(["inside"]);
});

test("writeFileWhole() refuses a name that is too long, and leaves no working file", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "n".repeat(256));
  const error = await rejectionOf(writeFileWhole(path, "x"));
  expect(error).toMatchObject({
    code: "ENAMETOOLONG",
    message: `Cannot write "${path}": the name is too long; give a shorter one`,
  });
  expect(await readdir(folder)).toEqual([]);
});

test("writeFileWhole() says when a part of the path is a file", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "file"), "kept");
  const error = await rejectionOf(writeFileWhole(join(folder, "file", "x"), "x"));
  expect(error).toMatchObject({ code: "ENOTDIR", message: expect.stringContaining("a part of its path is no folder") });
  expect(await readFile(join(folder, "file"), "utf8")).toBe("kept");
});

test("writeFileWhole() leaves the old file intact when the bytes cannot be written", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "x");
  await writeFile(path, "old");
  // The wrong type fails in the middle of the work, after the working file was made.
  const error = await rejectionOf(writeFileWhole(path, { not: "bytes" } as never));
  expect((error as Error).message).toMatch(/^Cannot write ".*x": /);
  expect(await readFile(path, "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["x"]);
});

test("writeFileWhole() replaces a link, and leaves what it led to", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "target"), "kept");
  await symlink("target", join(folder, "link"));
  await writeFileWhole(join(folder, "link"), "new");
  expect(await readFile(join(folder, "target"), "utf8")).toBe("kept");
  expect(await readFile(join(folder, "link"), "utf8")).toBe("new");
});
