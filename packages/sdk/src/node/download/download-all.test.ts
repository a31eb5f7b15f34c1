import { createHash } from "node:crypto";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startServer } from "../../../../../tests/support/scripted-server.ts";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { downloadAll } from "./download-all.ts";
import type { DownloadedFile, DownloadItem, DownloadOptions, DownloadProgress, ManifestLine } from "./types.ts";

const QUICK = { backoffMs: 1, timeoutMs: 5000 } satisfies Partial<DownloadOptions>;
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(500, 1), Buffer.from([0xff, 0xd9])]);

function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function linesOf(directory: string): Promise<ManifestLine[]> {
  const text = await readFile(join(directory, "manifest.ndjson"), "utf8");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line): ManifestLine => JSON.parse(line));
}

/** A server that gives each path's own name as its body. */
function startEcho(): ReturnType<typeof startServer> {
  return startServer((request, response) => {
    response.setHeader("content-type", "text/plain; charset=utf-8");
    response.end(`this is ${request.url}`);
  });
}

test("downloadAll() writes files, folders and a line for each", async () => {
  const [{ origin }, directory] = [await startEcho(), await temporaryFolder()];
  const items = ["a.txt", "b/c.txt", "b/d/e.txt"].map((name) => ({
    url: `${origin}/${name}`,
    name,
    mark: name.length,
  }));
  const files: DownloadedFile<(typeof items)[number]>[] = [];
  const summary = await downloadAll(items, { directory, onFile: (file) => void files.push(file) });
  expect(summary).toMatchObject({ fetched: 3, kept: 0, failures: [], receivedBytes: 48, completeBytes: 48 });
  expect(await readFile(join(directory, "b/d/e.txt"), "utf8")).toBe("this is /b/d/e.txt");
  expect(files.map(({ item }) => item.mark).sort()).toEqual([5, 7, 9]);
  const file = files.find(({ item }) => item.name === "a.txt");
  expect(file).toMatchObject({
    path: join(directory, "a.txt"),
    sizeBytes: 14,
    sha256: sha256("this is /a.txt"),
    mediaType: "text/plain",
    isKept: false,
    attempts: 1,
  });
  expect(file?.headers?.get("content-length")).toBe("14");
  const lines = await linesOf(directory);
  expect(lines.map(({ name }) => name).sort()).toEqual(["a.txt", "b/c.txt", "b/d/e.txt"]);
  expect(lines.every(({ status, attempts }) => status === "done" && attempts === 1)).toBe(true);
  expect((await readdir(directory)).sort()).toEqual(["a.txt", "b", "manifest.ndjson"]);
});

test("downloadAll() asks for nothing the second time, and mends what is missing or damaged", async () => {
  const [{ origin, seen }, directory] = [await startEcho(), await temporaryFolder()];
  const items = ["a", "b", "c"].map((name) => ({ url: `${origin}/${name}`, name }));
  await downloadAll(items, { directory });
  expect(await downloadAll(items, { directory })).toMatchObject({ fetched: 0, kept: 3, completeBytes: 30 });
  expect(seen).toHaveLength(3);
  await rm(join(directory, "a"));
  await writeFile(join(directory, "b"), "this is /X");
  expect(await downloadAll(items, { directory })).toMatchObject({ fetched: 2, kept: 1 });
  expect(
    seen
      .slice(3)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(["/a", "/b"]);
  expect(await readFile(join(directory, "b"), "utf8")).toBe("this is /b");
});

test('downloadAll() takes the length for enough with verify "size"', async () => {
  const [{ origin, seen }, directory] = [await startEcho(), await temporaryFolder()];
  const items = [{ url: `${origin}/a`, name: "a" }];
  await downloadAll(items, { directory });
  await writeFile(join(directory, "a"), "this is /X");
  expect(await downloadAll(items, { directory, verify: "size" })).toMatchObject({ kept: 1 });
  await writeFile(join(directory, "a"), "shorter");
  expect(await downloadAll(items, { directory, verify: "size" })).toMatchObject({ fetched: 1 });
  expect(seen).toHaveLength(2);
});

test("downloadAll() replaces its own file when the URL is another", async () => {
  const [{ origin }, directory] = [await startEcho(), await temporaryFolder()];
  await downloadAll([{ url: `${origin}/a`, name: "a" }], { directory });
  expect(await downloadAll([{ url: `${origin}/b`, name: "a" }], { directory })).toMatchObject({ fetched: 1, kept: 0 });
  expect(await readFile(join(directory, "a"), "utf8")).toBe("this is /b");
});

test("downloadAll() tries again after what may pass, and tells of it", async () => {
  const statuses: Record<string, number[]> = {
    "/a": [500, 503],
    "/b": [408],
    "/c": [429, 502, 504],
    "/d": [404],
    "/e": [403],
  };
  const { origin, seen } = await startServer((request, response, time) => {
    const status = statuses[request.url ?? ""]?.[time - 1];
    response.writeHead(status ?? 200).end(status === undefined ? "good" : "bad");
  });
  const directory = await temporaryFolder();
  const onRetry = vi.fn();
  const items = Object.keys(statuses).map((path) => ({ url: `${origin}${path}`, name: path.slice(1) }));
  const summary = await downloadAll(items, { directory, ...QUICK, onRetry });
  expect(summary.fetched).toBe(3);
  expect(summary.failures.map(({ reason }) => /answered (\d+)/.exec(reason)?.[1]).sort()).toEqual(["403", "404"]);
  expect(onRetry).toHaveBeenCalledTimes(6);
  expect(seen).toHaveLength(2 + 1 + 3 + 1 + 1 + 3);
  const lines = await linesOf(directory);
  expect(lines.find(({ name }) => name === "c")).toMatchObject({ status: "done", attempts: 4 });
  expect(lines.find(({ name }) => name === "d")).toMatchObject({ status: "failed", attempts: 1 });
});

test("downloadAll() gives up after so many retries, and says why", async () => {
  const { origin, seen } = await startServer((_request, response) => response.writeHead(500).end());
  const directory = await temporaryFolder();
  const failures: string[] = [];
  await downloadAll([{ url: `${origin}/a`, name: "a.jpg" }], {
    directory,
    ...QUICK,
    retries: 2,
    onFailure: ({ reason }) => failures.push(reason),
  });
  expect(seen).toHaveLength(3);
  expect(failures).toEqual([
    `Cannot download "a.jpg": cannot GET ${origin}/a: the server answered 500 Internal Server Error; the server is at fault, try again later`,
  ]);
});

test("downloadAll() takes no error page for a picture, and asks again", async () => {
  const page = "<!DOCTYPE html><html><body>Down for maintenance</body></html>";
  const { origin } = await startServer((_request, response, time) => {
    response.setHeader("content-type", time < 3 ? "text/html" : "image/jpeg");
    response.end(time < 3 ? page : JPEG);
  });
  const directory = await temporaryFolder();
  const items = [{ url: `${origin}/a`, name: "a.jpg" }];
  const summary = await downloadAll(items, { directory, ...QUICK });
  expect(summary).toMatchObject({ fetched: 1, failures: [] });
  const failed = await downloadAll([{ url: `${origin}/b`, name: "b.bin" }], { directory, ...QUICK, retries: 0 });
  expect(failed.failures[0]?.reason).toContain("an HTML page");
});

test("downloadAll() asks no more of an origin that wants to be left alone for too long, and says so twice", async () => {
  const { origin, seen } = await startServer((_request, response) =>
    response.writeHead(503, { "retry-after": "7200" }).end(),
  );
  const directory = await temporaryFolder();
  const items = Array.from({ length: 40 }, (_, index) => ({ url: `${origin}/${index}`, name: `${index}` }));
  const summary = await downloadAll(items, { directory, ...QUICK, concurrency: 1, maxBackoffMs: 5 });
  expect(summary.failures).toHaveLength(40);
  expect(seen).toHaveLength(2);
  expect(summary.failures.at(-1)?.reason).toMatch(/asked to be left alone for 7200 s/);
});

test.each([404, 403, 500, 429, 503])(
  "downloadAll() loses one file alone to a Retry-After that is too long, of status %i",
  async (status) => {
    const { origin } = await startServer((request, response) => {
      if (request.url === "/3") response.writeHead(status, { "retry-after": "86400" }).end("no");
      else response.end(`this is ${request.url}`);
    });
    const directory = await temporaryFolder();
    const items = Array.from({ length: 60 }, (_, index) => ({ url: `${origin}/${index}`, name: `${index}` }));
    const summary = await downloadAll(items, { directory, ...QUICK, maxBackoffMs: 5 });
    expect(summary.fetched).toBe(59);
    expect(summary.failures.map(({ item }) => item.name)).toEqual(["3"]);
  },
);

test("downloadAll() takes from its source no more than it has room for", async () => {
  let given = 0;
  let [open, release]: [boolean, () => void] = [false, () => {}];
  const waiting: (() => void)[] = [];
  const { origin } = await startServer((_request, response) => {
    if (open) response.end("x");
    else waiting.push(() => response.end("x"));
    if (waiting.length >= 2) release();
  });
  const directory = await temporaryFolder();
  async function* source(): AsyncGenerator<DownloadItem> {
    for (; given < 500; given += 1) yield { url: `${origin}/${given}`, name: `${given}` };
  }
  const full = new Promise<void>((resolve) => {
    release = resolve;
  });
  const done = downloadAll(source(), {
    directory,
    concurrency: 2,
    pipelining: 1,
  });
  await full;
  expect(given).toBeLessThan(60);
  open = true;
  for (const answer of waiting) answer();
  expect(await done).toMatchObject({ fetched: 500 });
});

test("downloadAll() makes an item fail whose taker throws, and keeps its file", async () => {
  const [{ origin }, directory] = [await startEcho(), await temporaryFolder()];
  const items = [{ url: `${origin}/a`, name: "a" }];
  const onFile = vi.fn(() => Promise.reject(new Error("no room in the store")));
  const summary = await downloadAll(items, { directory, onFile });
  expect(summary.failures[0]?.reason).toBe(`Cannot hand on "a" from ${origin}/a: no room in the store`);
  expect(await downloadAll(items, { directory })).toMatchObject({ kept: 1 });
});

test("downloadAll() reports progress that adds up, and once more at its end", async () => {
  const [{ origin }, directory] = [await startEcho(), await temporaryFolder()];
  const items = Array.from({ length: 50 }, (_, index) => ({ url: `${origin}/${index}`, name: `${index}` }));
  const all: DownloadProgress[] = [];
  await downloadAll(items, { directory, onProgress: (progress) => all.push(progress) });
  expect(all.at(-1)).toMatchObject({ found: 50, isComplete: true, fetched: 50, kept: 0, failed: 0, active: 0 });
  for (const { found, fetched, kept, failed, active } of all) expect(fetched + kept + failed + active).toBe(found);
});

test("downloadAll() rejects with the reason of an abort, and leaves what is complete", async () => {
  const controller = new AbortController();
  const { origin } = await startServer((request, response) => {
    if (request.url === "/slow") response.write("a part");
    else response.end("whole");
  });
  const directory = await temporaryFolder();
  const reason = new Error("enough");
  const items = ["quick", "slow"].map((name) => ({ url: `${origin}/${name}`, name }));
  const done = downloadAll(items, { directory, signal: controller.signal, onFile: () => controller.abort(reason) });
  await expect(done).rejects.toBe(reason);
  expect((await readdir(directory)).sort()).toEqual(["manifest.ndjson", "quick"]);
  expect((await linesOf(directory)).map(({ name }) => name)).toEqual(["quick"]);
  await expect(downloadAll(items, { directory, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test("downloadAll() ends on an abort though its source stands still", async () => {
  const directory = await temporaryFolder();
  const controller = new AbortController();
  async function* source(): AsyncGenerator<DownloadItem> {
    queueMicrotask(() => controller.abort(new Error("enough")));
    await new Promise(() => {});
  }
  await expect(downloadAll(source(), { directory, signal: controller.signal })).rejects.toThrow("enough");
  expect(await readdir(directory)).toEqual(["manifest.ndjson"]);
});

test("downloadAll() rejects with what its source throws, once all that was begun is done", async () => {
  const [{ origin }, directory] = [await startEcho(), await temporaryFolder()];
  function* source(): Generator<DownloadItem> {
    yield { url: `${origin}/a`, name: "a" };
    throw new Error("the list ended early");
  }
  await expect(downloadAll(source(), { directory })).rejects.toThrow("the list ended early");
  expect((await stat(join(directory, "a"))).size).toBe(10);
});

test("downloadAll() uses a given fetch", async () => {
  const directory = await temporaryFolder();
  const fetch = vi.fn(() => Promise.resolve(new Response("from memory")));
  const summary = await downloadAll([{ url: "https://nowhere.test/a", name: "a" }], { directory, fetch });
  expect(summary).toMatchObject({ fetched: 1, completeBytes: 11 });
  expect(fetch).toHaveBeenCalledOnce();
});
