import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { startServer } from "../../../../../tests/support/scripted-server.ts";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { createSocketWire } from "../wire/socket-wire.ts";
import { DISK, type Disk } from "./disk.ts";
import { downloadWith } from "./download-with.ts";
import { partPaths } from "./part-paths.ts";
import type { DownloadItem, DownloadOptions, DownloadSummary } from "./types.ts";

const MIB = 1024 * 1024;
const REASON = new Error("enough");
const BIG = Buffer.from(Array.from({ length: 8 * MIB }, (_, index) => index >> 7));

/** A run that is aborted at the n-th time that it reads from the disk, and how often it has read then. */
async function abortAtRead(
  items: readonly DownloadItem[],
  options: DownloadOptions,
  time: number,
): Promise<{ done: PromiseSettledResult<DownloadSummary>; reads: number }> {
  const controller = new AbortController();
  let reads = 0;
  const disk: Disk = {
    ...DISK,
    read: (file, bytes, position) => {
      if (bytes.length >= MIB / 2) reads += 1;
      if (reads === time) controller.abort(REASON);
      return DISK.read(file, bytes, position);
    },
  };
  const run = downloadWith(
    items,
    { ...options, signal: controller.signal },
    { disk, createWire: () => createSocketWire() },
  );
  const [done] = await Promise.allSettled([run]);
  return { done, reads };
}

function lineOf(name: string, url: string, bytes: Buffer): string {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const line = { name, url, status: "done", bytes: bytes.length, sha256, attempts: 1, startedAt: "", finishedAt: "" };
  return `${JSON.stringify(line)}\n`;
}

test("downloadAll() hears an abort while it looks at a file that is there", async () => {
  const directory = await temporaryFolder();
  const url = "http://127.0.0.1:1/never-asked";
  await writeFile(join(directory, "big"), BIG);
  await writeFile(join(directory, "manifest.ndjson"), lineOf("big", url, BIG));
  const { done, reads } = await abortAtRead([{ url, name: "big" }], { directory }, 2);
  expect(done).toEqual({ status: "rejected", reason: REASON });
  expect(reads).toBe(2);
  expect((await readFile(join(directory, "big"))).length).toBe(BIG.length);
});

const NRRD = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 16384 512 1\nencoding: gzip\n\n";
const VOLUME = Buffer.concat([Buffer.from(NRRD), gzipSync(BIG, { level: 0 })]);

test("downloadAll() hears an abort while it checks what has come, keeps that, and goes on with it", async () => {
  const { origin, seen } = await startServer((request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const headers = { etag: '"one"', "content-type": "application/octet-stream" };
    if (from === 0) response.writeHead(200, { ...headers, "content-length": VOLUME.length }).end(VOLUME);
    else {
      const range = { "content-range": `bytes */${VOLUME.length}`, "content-type": "text/html" };
      response.writeHead(416, { ...headers, ...range }).end("no more");
    }
  });
  const directory = await temporaryFolder();
  const items = [{ url: `${origin}/a`, name: "a.nrrd" }];
  const { done, reads } = await abortAtRead(items, { directory }, 3);
  expect(done).toEqual({ status: "rejected", reason: REASON });
  expect(reads).toBeLessThanOrEqual(4);
  const { part, checkpoint } = partPaths(directory, "a.nrrd");
  expect((await readFile(part)).equals(VOLUME)).toBe(true);
  // An abort while what is left is looked at again leaves it as well.
  expect(await abortAtRead(items, { directory }, 2)).toEqual({
    done: { status: "rejected", reason: REASON },
    reads: 2,
  });
  expect((await readFile(part)).equals(VOLUME)).toBe(true);
  expect(JSON.parse(await readFile(checkpoint, "utf8"))).toMatchObject({ syncedBytes: VOLUME.length });
  let told: unknown;
  const onFile: DownloadOptions["onFile"] = ({ mediaType, headers }) => {
    told = { mediaType, headers };
  };
  const { done: last } = await abortAtRead(items, { directory, onFile }, -1);
  expect(last).toMatchObject({ value: { fetched: 1, receivedBytes: 0, failures: [] } });
  // What a refusal says of itself says nothing of the file.
  expect(told).toEqual({ mediaType: "", headers: undefined });
  expect(seen.map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${VOLUME.length}-`]);
  expect((await readFile(join(directory, "a.nrrd"))).equals(VOLUME)).toBe(true);
  expect((await readdir(directory)).sort()).toEqual(["a.nrrd", "manifest.ndjson"]);
});
