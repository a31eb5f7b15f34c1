// What a folder of downloads knows of itself: whose it is now, what its journal says, and what was damaged since.
import { appendFile, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { downloadAll, verifyDownloads } from "@brainatlas/sdk/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { lookAtFolder, readManifestState } from "../support/chaos-check.ts";
import { startChaosServer } from "../support/chaos-server.ts";
import { makeDownloadProgram } from "../support/download-program.ts";
import { defer, rejectionOf, startTcpServer } from "../support/fault-server.ts";
import { temporaryFolder } from "../support/temporary.ts";

const COUNT = 24;
const GARBAGE = [
  "{",
  "null",
  "7",
  "[]",
  '"text"',
  "{}",
  '{"name":7,"status":"done"}',
  '{"name":"../../etc/passwd","url":"http://127.0.0.1/","status":"done","bytes":1,"sha256":"00"}',
  '{"__proto__":{"name":"0/file-1.jpg"},"status":"done"}',
  "\u0000\u0001\ufffd",
  "x".repeat(300_000),
];

describe("downloadAll() into one folder twice at once", () => {
  test("refuses the second run, and names folder and process; a run that was killed is no hindrance", async () => {
    const asked = defer();
    const silent = await startTcpServer(() => asked.resolve());
    const program = await makeDownloadProgram(await temporaryFolder());
    const { server, directory } = await prepare();
    const { child, outcome } = await program.start([{ url: `${silent}/never`, name: "never.txt" }], { directory });
    await asked.promise;

    const refusal = await rejectionOf(downloadAll(server.items(), { directory }));
    expect(refusal).toBeInstanceOf(Error);
    expect(String(refusal)).toContain(directory);
    expect(String(refusal)).toContain(String(child.pid));
    expect(server.records).toEqual([]);

    child.kill("SIGKILL");
    expect(await outcome).toBeUndefined();
    const { fetched, failures } = await downloadAll(server.items(), { directory });
    expect([fetched, failures]).toEqual([COUNT, []]);
    expect((await lookAtFolder(server, directory)).others).toEqual(["manifest.ndjson"]);
  });

  test("lets one of several runs that begin together have it", async () => {
    const { server, directory } = await prepare();
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => downloadAll(server.items(), { directory })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { right, wrong, others } = await lookAtFolder(server, directory);
    expect([right.size, wrong, others]).toEqual([COUNT, [], ["manifest.ndjson"]]);
  });

  test("frees it for the next, whatever became of the one before", async () => {
    const { server, directory } = await prepare();
    const abort = new AbortController();
    const failing = {
      async *[Symbol.asyncIterator]() {
        yield server.item(1);
        throw new Error("the list broke off");
      },
    };
    expect(String(await rejectionOf(downloadAll(failing, { directory })))).toContain("the list broke off");
    const onFile = () => abort.abort(new Error("enough"));
    const run = downloadAll(server.items(), { directory, signal: abort.signal, onFile });
    expect(String(await rejectionOf(run))).toContain("enough");
    const { failures } = await downloadAll(server.items(), { directory });
    expect(failures).toEqual([]);
    expect((await lookAtFolder(server, directory)).right.size).toBe(COUNT);
  });
});

describe("the manifest", () => {
  test("whose last line is torn costs one file, no more", async () => {
    const { server, directory } = await prepare();
    await downloadAll(server.items(), { directory });
    const path = join(directory, "manifest.ndjson");
    await truncate(path, (await readFile(path)).length - 20);
    const before = server.records.length;
    const { failures } = await downloadAll(server.items(), { directory });
    expect(failures).toEqual([]);
    expect(server.records.length - before).toBeLessThanOrEqual(1);
    const { lines, damaged } = await readManifestState(directory);
    expect([lines.size, damaged.length]).toEqual([COUNT, 1]);
    expect((await lookAtFolder(server, directory)).right.size).toBe(COUNT);
  });

  test("with damaged lines among its own is read all the same", async () => {
    const { server, directory } = await prepare();
    await downloadAll(server.items(), { directory });
    const path = join(directory, "manifest.ndjson");
    const lines = (await readFile(path, "utf8")).split("\n");
    const mixed = lines.flatMap((line, index) => [GARBAGE[index % GARBAGE.length] ?? "", line]);
    await writeFile(path, mixed.join("\n"));
    const before = server.records.length;
    const { kept, failures } = await downloadAll(server.items(), { directory });
    expect([kept, failures, server.records.length]).toEqual([COUNT, [], before]);
    const { ok, faults } = await verifyDownloads(directory);
    expect([ok, faults]).toEqual([COUNT, []]);
  });

  test("that is gone: files are had again, and found to be what they are", async () => {
    const { server, directory } = await prepare();
    await downloadAll(server.items(), { directory });
    await rm(join(directory, "manifest.ndjson"));
    const { failures } = await downloadAll(server.items(), { directory });
    expect(failures).toEqual([]);
    expect((await readManifestState(directory)).lines.size).toBe(COUNT);
  });
});

describe("verifyDownloads()", () => {
  test("names what was damaged, cut, lengthened or removed since, and a run mends it", async () => {
    const { server, directory } = await prepare();
    await downloadAll(server.items(), { directory });
    const [changed, cut, longer, gone] = [6, 9, 12, 14].map((index) => server.file(index).name) as [
      string,
      string,
      string,
      string,
    ];
    const bytes = await readFile(join(directory, changed));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(join(directory, changed), bytes);
    await truncate(join(directory, cut), 100);
    await appendFile(join(directory, longer), "more");
    await rm(join(directory, gone));
    const { ok, faults } = await verifyDownloads(directory);
    expect(ok).toBe(COUNT - 4);
    expect(faults.map(({ name }) => name).toSorted()).toEqual([changed, cut, longer, gone].toSorted());

    const { fetched, kept } = await downloadAll(server.items(), { directory });
    expect([fetched, kept]).toEqual([4, COUNT - 4]);
    expect(await verifyDownloads(directory)).toMatchObject({ ok: COUNT, faults: [], damagedLines: 0 });
    expect((await lookAtFolder(server, directory)).right.size).toBe(COUNT);
  });
});

async function prepare() {
  const server = await startChaosServer({ seed: 5, count: COUNT, largeBytes: 500_000 });
  onTestFinished(() => server.stop());
  server.calm();
  return { server, directory: await temporaryFolder() };
}
