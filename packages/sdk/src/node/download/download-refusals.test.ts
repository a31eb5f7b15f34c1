import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startServer } from "../../../../../tests/support/scripted-server.ts";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { downloadAll } from "./download-all.ts";
import type { DownloadItem, DownloadOptions } from "./types.ts";

const QUICK = { backoffMs: 1, timeoutMs: 5000 } satisfies Partial<DownloadOptions>;

function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A server that gives each path's own name as its body. */
function startEcho(): ReturnType<typeof startServer> {
  return startServer((request, response) => {
    response.setHeader("content-type", "text/plain; charset=utf-8");
    response.end(`this is ${request.url}`);
  });
}

test("downloadAll() never overwrites a file that is not its own, and adopts one of the same bytes", async () => {
  const [{ origin, seen }, directory] = [await startEcho(), await temporaryFolder()];
  await writeFile(join(directory, "same"), "this is /same");
  await writeFile(join(directory, "other"), "this is mine!!");
  await writeFile(join(directory, "longer"), "this is mine, and it is longer");
  await mkdir(join(directory, "folder"));
  const items = ["same", "other", "longer", "folder"].map((name) => ({ url: `${origin}/${name}`, name }));
  const summary = await downloadAll(items, { directory, ...QUICK });
  expect(summary.failures.map(({ item }) => item.name).sort()).toEqual(["folder", "longer", "other"]);
  for (const { reason, item } of summary.failures) expect(reason).toMatch(`Cannot download "${item.name}": name clash`);
  expect(summary.fetched).toBe(1);
  expect(await readFile(join(directory, "other"), "utf8")).toBe("this is mine!!");
  expect(await downloadAll([{ url: `${origin}/same`, name: "same" }], { directory })).toMatchObject({ kept: 1 });
  expect(seen).toHaveLength(4);
  expect((await readdir(directory)).filter((name) => name.startsWith(".brainatlas-"))).toEqual([]);
});

test("downloadAll() adopts a file of the known hash without asking for it", async () => {
  const [{ origin, seen }, directory] = [await startEcho(), await temporaryFolder()];
  await writeFile(join(directory, "a"), "known");
  const items = [{ url: `${origin}/a`, name: "a", sha256: sha256("known").toUpperCase() }];
  expect(await downloadAll(items, { directory })).toMatchObject({ kept: 1, fetched: 0 });
  expect(await downloadAll(items, { directory })).toMatchObject({ kept: 1, fetched: 0 });
  expect(seen).toHaveLength(0);
});

test("downloadAll() reports items that are of no use, and gets the rest", async () => {
  const [{ origin, seen }, directory] = [await startEcho(), await temporaryFolder()];
  const names = [
    "",
    "/etc/passwd",
    "../x",
    "a//b",
    "a/./b",
    "c:d",
    "x\\y",
    "nul.txt",
    "dot.",
    "manifest.ndjson",
    "n".repeat(300),
  ];
  const items: DownloadItem[] = names.map((name) => ({ url: `${origin}/x`, name }));
  items.push(
    { url: "ftp://h/x", name: "ftp" },
    { url: "nonsense", name: "none" },
    { url: `${origin}/good`, name: "good" },
  );
  // Wrong in a way that types rule out.
  items.push(
    null as never,
    { url: 5, name: "five" } as never,
    { url: `${origin}/k`, name: "k", kind: "tiff" } as never,
  );
  const summary = await downloadAll(items, { directory });
  expect(summary).toMatchObject({ fetched: 1, kept: 0 });
  expect(summary.failures).toHaveLength(items.length - 1);
  for (const { error, attempts, reason, item } of summary.failures) {
    expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
    expect(attempts).toBe(0);
    if (item !== null && item.name.length < 60) expect(reason).toContain(JSON.stringify(item.name));
  }
  expect(seen).toHaveLength(1);
});

test("downloadAll() tells two items of one name from one that comes twice", async () => {
  const [{ origin, seen }, directory] = [await startEcho(), await temporaryFolder()];
  const items = [
    { url: `${origin}/a`, name: "plate" },
    { url: `${origin}/a`, name: "plate" },
    { url: `${origin}/b`, name: "plate" },
    { url: `${origin}/a`, name: "PLATE" },
    { url: `${origin}/c`, name: "e\u0301" },
    { url: `${origin}/d`, name: "\u00e9" },
  ];
  const summary = await downloadAll(items, { directory });
  expect(summary).toMatchObject({ fetched: 2, kept: 1 });
  expect(summary.failures.map(({ item }) => item)).toEqual([items[2], items[3], items[5]]);
  expect(summary.failures[0]?.reason).toContain("has that name too");
  // Also when the first one is long done.
  async function* slowly(): AsyncGenerator<DownloadItem> {
    yield { url: `${origin}/x`, name: "x" };
    while (seen.filter(({ path }) => path === "/x").length === 0) await new Promise(setImmediate);
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    yield { url: `${origin}/y`, name: "X" };
  }
  expect((await downloadAll(slowly(), { directory })).failures).toHaveLength(1);
});

test.each<[string, Partial<DownloadOptions>]>([
  ["directory", { directory: "" }],
  ["concurrency", { concurrency: 0 }],
  ["pipelining", { pipelining: 1.5 }],
  ["retries", { retries: -1 }],
  ["verify", { verify: "none" as never }],
  ["range", { headers: { Range: "bytes=0-" } }],
  ["te", { headers: { TE: "trailers" } }],
  ["expect", { headers: { Expect: "100-continue" } }],
  ["upgrade", { headers: { Upgrade: "h2c" } }],
  ["keep-alive", { headers: { "Keep-Alive": "timeout=1" } }],
  ["minBytesPerSecond", { minBytesPerSecond: -1 }],
  ["onFile", { onFile: 5 as never }],
  ["maxFileBytes", { maxFileBytes: 0 }],
  ['"concurency"; give "concurrency"', { concurency: 3 } as never],
])("downloadAll() refuses a wrong %s before it does anything", async (name, wrong) => {
  const directory = join(await temporaryFolder(), "new");
  await expect(downloadAll([], { directory, ...wrong })).rejects.toThrow(name);
  await expect(stat(directory)).rejects.toThrow("ENOENT");
});

test("downloadAll() refuses what is no source", async () => {
  await expect(downloadAll(5 as never, { directory: "/nowhere" })).rejects.toThrow(TypeError);
});

test("downloadAll() refuses a directory that another run is at work in, and names it", async () => {
  const [{ origin }, directory] = [await startEcho(), await temporaryFolder()];
  const items = [{ url: `${origin}/a`, name: "a" }];
  const second = vi.fn<(error: unknown) => void>();
  await downloadAll(items, { directory, onFile: () => downloadAll(items, { directory }).then(() => {}, second) });
  expect(String(second.mock.calls[0]?.[0])).toContain(`Cannot download to "${directory}": process ${process.pid} on`);
  expect(await downloadAll(items, { directory })).toMatchObject({ kept: 1 });
});

test("downloadAll() holds files to the length, the hash and the limit that they are given", async () => {
  const [{ origin }, directory] = [await startEcho(), await temporaryFolder()];
  const url = `${origin}/a`;
  const items = [
    { url, name: "length", sizeBytes: 11 },
    { url, name: "hash", sha256: sha256("other") },
    { url, name: "good", sizeBytes: 10, sha256: sha256("this is /a") },
  ];
  const summary = await downloadAll(items, { directory, ...QUICK, retries: 1 });
  expect(summary.fetched).toBe(1);
  expect(summary.failures.map(({ reason }) => reason.split(": ")[0]).sort()).toEqual([
    'Cannot download "hash"',
    'Cannot download "length"',
  ]);
  const bounded = await downloadAll([{ url, name: "long" }], { directory, maxFileBytes: 9 });
  expect(bounded.failures[0]).toMatchObject({ attempts: 1, reason: expect.stringContaining("raise maxFileBytes") });
  const own = await downloadAll([{ url, name: "long", maxBytes: 9 }], { directory, maxFileBytes: 1000 });
  expect(own.failures[0]).toMatchObject({
    attempts: 1,
    reason: expect.stringContaining("it is longer than 9 bytes, which no such file is"),
  });
});
