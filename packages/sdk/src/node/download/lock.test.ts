import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { DISK } from "./disk.ts";
import { isDownloading, lockFolder } from "./lock.ts";
import { mayRun, ownIdentity } from "./process-identity.ts";

const LOCK = ".brainatlas-download.lock";

let ended: number | undefined;

/** The number of a process that has ended. */
function deadProcess(): number {
  ended ??= spawnSync(execPath, ["--version"]).pid;
  return ended;
}

test("lockFolder() keeps others out until it is released", async () => {
  const folder = await temporaryFolder();
  const lock = await lockFolder(folder, DISK);
  expect(JSON.parse(await readFile(join(folder, LOCK), "utf8"))).toMatchObject({ pid: process.pid, host: hostname() });
  await expect(lockFolder(folder, DISK)).rejects.toThrow(`Cannot download to "${folder}": process ${process.pid} on`);
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
  await (await lockFolder(folder, DISK)).release();
});

test("lockFolder() takes over what a dead process left", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, LOCK), JSON.stringify({ pid: deadProcess(), host: hostname() }));
  const lock = await lockFolder(folder, DISK);
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

test("lockFolder() takes over from a process whose number another one has by now", async () => {
  const folder = await temporaryFolder();
  const other = { pid: process.pid, host: hostname(), began: "another start" };
  await writeFile(join(folder, LOCK), JSON.stringify(other));
  // Where the system does not say when a process began, numbers are all there is.
  if (ownIdentity().began === undefined) return await expect(lockFolder(folder, DISK)).rejects.toThrow("at work");
  await (await lockFolder(folder, DISK)).release();
});

test("lockFolder() does not judge of processes on other machines", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, LOCK), JSON.stringify({ pid: 1, host: "elsewhere", started: "2020-01-01" }));
  await expect(lockFolder(folder, DISK)).rejects.toThrow("process 1 on elsewhere is at work there, since 2020-01-01");
});

test("lockFolder() leaves a lock that it cannot read", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, LOCK), "?");
  await expect(lockFolder(folder, DISK)).rejects.toThrow("another run is at work there");
});

test("lockFolder() lets one win of many that take over at once", async () => {
  for (let round = 0; round < 20; round += 1) {
    const folder = await temporaryFolder();
    await writeFile(join(folder, LOCK), JSON.stringify({ pid: deadProcess(), host: hostname(), round }));
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder, DISK)));
    const won = all.filter((each) => each.status === "fulfilled");
    expect(won).toHaveLength(1);
    await won[0]?.value.release();
    expect(await readdir(folder)).toEqual([]);
  }
});

test("lockFolder() goes on after a process that died while it took over", async () => {
  const folder = await temporaryFolder();
  const dead = { pid: deadProcess(), host: hostname() };
  const text = JSON.stringify(dead);
  await writeFile(join(folder, LOCK), text);
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 32);
  await writeFile(join(folder, `.brainatlas-${mark}.lock`), JSON.stringify({ ...dead, token: "claim" }));
  await (await lockFolder(folder, DISK)).release();
  expect(await readdir(folder)).toEqual([]);
});

test("lockFolder() works where files have one name only", async () => {
  const folder = await temporaryFolder();
  const disk = { ...DISK, link: () => Promise.reject(Object.assign(new Error("EPERM"), { code: "EPERM" })) };
  const lock = await lockFolder(folder, disk);
  await expect(lockFolder(folder, disk)).rejects.toThrow("at work");
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

test("isDownloading() says so from the lock to the release", async () => {
  const folder = await temporaryFolder();
  expect(await isDownloading(folder)).toBe(false);
  const lock = await lockFolder(folder, DISK);
  expect(await isDownloading(folder)).toBe(true);
  await lock.release();
  expect(await isDownloading(folder)).toBe(false);
});

test.each([
  ["a process on another machine", JSON.stringify({ pid: 1, host: "elsewhere" }), true],
  ["nobody that can be read", "?", true],
  ["no number", JSON.stringify({ pid: "1", host: hostname() }), true],
  ["an error's code", "ENOENT", true],
  ["a process that has ended", JSON.stringify({ pid: deadProcess(), host: hostname() }), false],
])("isDownloading() judges a lock of %s", async (_whose, text, expected) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, LOCK), text);
  expect(await isDownloading(folder)).toBe(expected);
  expect(await readdir(folder)).toEqual([LOCK]);
});

test("isDownloading() takes a lock that cannot be opened for one, and a directory that is none for free", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, LOCK));
  expect(await isDownloading(folder)).toBe(true);
  await writeFile(join(folder, "file"), "");
  expect(await isDownloading(join(folder, "file"))).toBe(false);
  expect(await isDownloading(join(folder, "missing"))).toBe(false);
  await expect(isDownloading("")).rejects.toThrow(TypeError);
});

test("mayRun() tells the living from the dead", () => {
  expect(mayRun(ownIdentity())).toBe(true);
  expect(mayRun({ pid: deadProcess(), host: hostname() })).toBe(false);
  expect(mayRun({ pid: deadProcess(), host: "elsewhere" })).toBe(true);
});
