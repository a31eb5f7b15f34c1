import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { DISK, renamePatiently } from "./disk.ts";

test("makeFolder() makes what is missing, and gives the uppermost of it", async () => {
  const root = await realpath(await temporaryFolder());
  expect(await DISK.makeFolder(root)).toBeUndefined();
  expect(await DISK.makeFolder(join(root, "a", "b", "c"))).toBe(join(root, "a"));
  expect(await DISK.makeFolder(join(root, "a", "b", "c"))).toBeUndefined();
  expect(await DISK.makeFolder(join(root, "a", "b", "d"))).toBe(join(root, "a", "b", "d"));
  await Promise.all(["x", "y", "z"].map((name) => DISK.makeFolder(join(root, "many", "levels", name))));
  expect((await DISK.look(join(root, "many", "levels", "z")))?.isFile).toBe(false);
});

test("makeFolder() fails below a file, and where a file is", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, "file"), "");
  await expect(DISK.makeFolder(join(root, "file"))).rejects.toMatchObject({ code: "EEXIST" });
  await expect(DISK.makeFolder(join(root, "file", "a", "b"))).rejects.toMatchObject({ code: "ENOTDIR" });
});

test.skipIf(process.platform !== "linux")("makeFolder() ends in a folder that says it is not there", async () => {
  await expect(DISK.makeFolder("/proc/brainatlas/a/b")).rejects.toMatchObject({ code: "ENOENT" });
});

test("syncFolder() passes over what the system cannot do", async () => {
  const root = await temporaryFolder();
  await mkdir(join(root, "a"));
  await DISK.syncFolder(join(root, "a"));
  await DISK.syncFolder(join(root, "missing"));
});

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

test("renamePatiently() tries again while others hold the file, and not for ever", async () => {
  const pause = vi.fn(() => Promise.resolve());
  const held = vi.fn().mockRejectedValueOnce(failure("EPERM")).mockRejectedValueOnce(failure("EBUSY"));
  await renamePatiently("a", "b", held, pause);
  expect(held.mock.calls).toEqual([
    ["a", "b"],
    ["a", "b"],
    ["a", "b"],
  ]);
  const always = vi.fn(() => Promise.reject(failure("EBUSY")));
  await expect(renamePatiently("a", "b", always, pause)).rejects.toThrow("EBUSY");
  expect(always).toHaveBeenCalledTimes(5);
  const other = vi.fn(() => Promise.reject(failure("ENOENT")));
  await expect(renamePatiently("a", "b", other, pause)).rejects.toThrow("ENOENT");
  expect(other).toHaveBeenCalledOnce();
});
