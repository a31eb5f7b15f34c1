import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { DISK } from "./disk.ts";
import { downloadAll } from "./download-all.ts";
import { lockFolder } from "./lock.ts";
import { removeDownloads } from "./remove-downloads.ts";

const fetch = async (): Promise<Response> => new Response("content");

test("removeDownloads() removes what was downloaded, and what is half done", async () => {
  const folder = await temporaryFolder();
  const directory = join(folder, "work");
  await downloadAll([{ url: "http://x/a", name: "a/b.txt" }], { directory, fetch });
  await writeFile(join(directory, "a/.brainatlas-1.part"), "half");
  await removeDownloads(directory);
  expect(await readdir(folder)).toEqual([]);
  await removeDownloads(directory);
});

test("removeDownloads() leaves a directory alone where a run is at work, and goes on when it has ended", async () => {
  const folder = await temporaryFolder();
  const directory = join(folder, "work");
  await downloadAll([{ url: "http://x/a", name: "a.txt" }], { directory, fetch });
  const lock = await lockFolder(directory, DISK);
  await expect(removeDownloads(directory)).rejects.toThrow("is at work there");
  expect(await readdir(directory)).toContain("a.txt");
  await lock.release();
  await removeDownloads(directory);
  expect(await readdir(folder)).toEqual([]);
});

test("removeDownloads() refuses a directory that holds no downloads", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "mine"));
  await writeFile(join(folder, "mine/notes.txt"), "one");
  await expect(removeDownloads(join(folder, "mine"))).rejects.toThrow("it has no manifest.ndjson");
  expect(await readdir(join(folder, "mine"))).toEqual(["notes.txt"]);
});
