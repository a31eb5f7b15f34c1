import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startServer } from "../../../../../tests/support/scripted-server.ts";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { startRawServer, withLength } from "../../../../../tests/support/wire-kit.ts";
import { downloadAll } from "./download-all.ts";
import { partPaths } from "./part-paths.ts";
import type { DownloadOptions } from "./types.ts";

const MIB = 1024 * 1024;
const QUICK = { backoffMs: 1, timeoutMs: 5000, concurrency: 1 } satisfies Partial<DownloadOptions>;

/** Bytes that differ from place to place. */
function makeBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) bytes.writeUInt32LE(Math.imul(at + seed, 2_654_435_761) >>> 0, at);
  return bytes;
}

const BIG = makeBytes(5 * MIB);

interface RangeOptions {
  readonly bytes?: Buffer;
  readonly headers?: Record<string, string>;
  /** Bytes after which the connection is broken off. */
  readonly breakAfter?: number | undefined;
}

/** Answers with a file, or with the rest of it where that is asked for. */
function giveFile(request: IncomingMessage, response: ServerResponse, options: RangeOptions = {}): void {
  const { bytes = BIG, headers = { etag: '"one"' }, breakAfter } = options;
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const isSame = [headers.etag, headers["last-modified"]].some((each) => each === request.headers["if-range"]);
  const start = isSame ? from : 0;
  const body = bytes.subarray(start);
  const range = start > 0 ? { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
  response.writeHead(start > 0 ? 206 : 200, { ...headers, ...range, "content-length": body.length });
  if (breakAfter === undefined) response.end(body);
  else response.write(body.subarray(0, breakAfter), () => response.destroy());
}

async function fetchBig(
  answer: (request: IncomingMessage, response: ServerResponse, time: number) => void,
  options: Partial<DownloadOptions> = {},
  bytes = BIG,
): Promise<{ attempts: number; ranges: (string | undefined)[]; ifRanges: unknown[]; receivedBytes: number }> {
  const { origin, seen } = await startServer(answer);
  const directory = await temporaryFolder();
  let attempts = 0;
  const summary = await downloadAll([{ url: `${origin}/big`, name: "big" }], {
    directory,
    ...QUICK,
    ...options,
    onFile: (file) => {
      attempts = file.attempts;
    },
  });
  expect(summary.failures).toEqual([]);
  expect((await readFile(join(directory, "big"))).equals(bytes)).toBe(true);
  expect((await readdir(directory)).sort()).toEqual(["big", "manifest.ndjson"]);
  return {
    attempts,
    ranges: seen.map(({ headers }) => headers.range),
    ifRanges: seen.map(({ headers }) => headers["if-range"]),
    receivedBytes: summary.receivedBytes,
  };
}

test("downloadAll() goes on where a body broke off, with the tag as the condition", async () => {
  const { attempts, ranges, ifRanges } = await fetchBig((request, response, time) =>
    giveFile(request, response, { breakAfter: time < 3 ? 2 * MIB : undefined }),
  );
  expect(attempts).toBe(3);
  expect(ifRanges).toEqual([undefined, '"one"', '"one"']);
  expect(ranges[1]).toMatch(/^bytes=\d+-$/);
});

test("downloadAll() counts no tries that got on well", async () => {
  const { attempts } = await fetchBig(
    (request, response, time) => giveFile(request, response, { breakAfter: time < 4 ? 1.25 * MIB : undefined }),
    { retries: 1 },
  );
  expect(attempts).toBe(4);
});

test("downloadAll() goes by the date where there is no tag, if the date is old enough to tell", async () => {
  const date = "Wed, 21 Oct 2015 07:28:00 GMT";
  const old = await fetchBig((request, response, time) =>
    giveFile(request, response, { headers: { "last-modified": date }, breakAfter: time === 1 ? 2 * MIB : undefined }),
  );
  expect(old.ifRanges).toEqual([undefined, date]);
  const headers = { "last-modified": date, date };
  const fresh = await fetchBig((request, response, time) =>
    giveFile(request, response, { headers, breakAfter: time === 1 ? 2 * MIB : undefined }),
  );
  expect(fresh.ranges).toEqual([undefined, undefined]);
});

test.each([
  ["a weak tag", { etag: 'W/"one"' }],
  ["nothing", {}],
])("downloadAll() begins anew with %s to go by", async (_, headers) => {
  const { ranges, attempts } = await fetchBig((request, response, time) =>
    giveFile(request, response, { headers, breakAfter: time === 1 ? 2 * MIB : undefined }),
  );
  expect([attempts, ranges]).toEqual([2, [undefined, undefined]]);
});

test("downloadAll() begins anew when the file has changed", async () => {
  const other = makeBytes(4 * MIB, 7);
  const { ranges } = await fetchBig(
    (request, response, time) => {
      if (time === 1) giveFile(request, response, { breakAfter: 2 * MIB });
      else giveFile(request, response, { bytes: other, headers: { etag: '"two"' } });
    },
    {},
    other,
  );
  expect(ranges[1]).toMatch(/^bytes=/);
});

const WRONG: Readonly<Record<string, (from: number) => { status: number; headers: Record<string, string> }>> = {
  "another place": (from) => ({
    status: 206,
    headers: { "content-range": `bytes ${from - 1}-${BIG.length - 1}/${BIG.length}` },
  }),
  "another length": (from) => ({
    status: 206,
    headers: { "content-range": `bytes ${from}-${BIG.length}/${BIG.length + 1}` },
  }),
  "another tag": (from) => ({
    status: 206,
    headers: { "content-range": `bytes ${from}-${BIG.length - 1}/${BIG.length}`, etag: '"two"' },
  }),
  "no place": () => ({ status: 206, headers: {} }),
  "a refusal": () => ({ status: 416, headers: {} }),
};

test.each(Object.keys(WRONG))("downloadAll() begins anew when the rest is answered with %s", async (name) => {
  const { attempts, ranges } = await fetchBig((request, response, time) => {
    if (time === 1) return giveFile(request, response, { breakAfter: 2 * MIB });
    if (time > 2) return giveFile(request, response);
    const from = Number(/\d+/.exec(request.headers.range ?? "")?.[0]);
    const { status, headers } = WRONG[name]?.(from) ?? { status: 500, headers: {} };
    const body = BIG.subarray(from);
    response.writeHead(status, { etag: '"one"', ...headers, "content-length": body.length }).end(body);
  });
  expect(attempts).toBe(3);
  expect(ranges[2]).toBeUndefined();
});

test("downloadAll() goes on after parts that are shorter than was asked for", async () => {
  const { attempts } = await fetchBig((request, response, time) => {
    if (time === 1) return giveFile(request, response, { breakAfter: 2 * MIB });
    const from = Number(/\d+/.exec(request.headers.range ?? "")?.[0]);
    const body = BIG.subarray(from, from + 2 * MIB);
    const range = `bytes ${from}-${from + body.length - 1}/${BIG.length}`;
    response.writeHead(206, { etag: '"one"', "content-range": range, "content-length": body.length }).end(body);
  });
  expect(attempts).toBeGreaterThanOrEqual(3);
});

test("downloadAll() takes the bytes that it has for the file when the server says that nothing follows them", async () => {
  const directory = await temporaryFolder();
  const asked: (string | undefined)[] = [];
  const fetch = (_url: string, init: RequestInit): Promise<Response> => {
    asked.push(new Headers(init.headers).get("range") ?? undefined);
    const headers = { etag: '"one"', "content-type": "text/plain" };
    if (asked.length > 1) {
      const range = { ...headers, "content-type": "text/html", "content-range": "bytes */5" };
      return Promise.resolve(new Response(null, { status: 416, headers: range }));
    }
    let isGiven = false;
    const body = new ReadableStream({
      pull(controller) {
        if (isGiven) return controller.error(new Error("reset"));
        isGiven = true;
        controller.enqueue(new TextEncoder().encode("whole"));
      },
    });
    return Promise.resolve(new Response(body, { headers }));
  };
  let mediaType = "";
  const onFile = (file: { readonly mediaType: string }): void => {
    mediaType = file.mediaType;
  };
  const summary = await downloadAll([{ url: "http://test/a", name: "a" }], { directory, ...QUICK, fetch, onFile });
  expect(summary.failures).toEqual([]);
  expect(asked).toEqual([undefined, "bytes=5-"]);
  expect(await readFile(join(directory, "a"), "utf8")).toBe("whole");
  expect(mediaType).toBe("text/plain");
});

/** A directory in which a run was ended when some of the file was there. */
async function endedRun(): Promise<{
  directory: string;
  origin: string;
  seen: readonly { headers: IncomingMessage["headers"] }[];
}> {
  const controller = new AbortController();
  const { origin, seen } = await startServer((request, response, time) => {
    if (time > 1 || request.url !== "/big") return giveFile(request, response);
    response.writeHead(200, { etag: '"one"', "content-length": BIG.length });
    response.write(BIG.subarray(0, 3 * MIB));
  });
  const directory = await temporaryFolder();
  const done = downloadAll([{ url: `${origin}/big`, name: "big" }], {
    directory,
    ...QUICK,
    signal: controller.signal,
    onProgress: ({ receivedBytes }) => {
      if (receivedBytes === 3 * MIB) controller.abort(new Error("enough"));
    },
  });
  await expect(done).rejects.toThrow("enough");
  return { directory, origin, seen };
}

test("downloadAll() goes on in the next run where an abort ended the last one", async () => {
  const { directory, origin, seen } = await endedRun();
  const { part, checkpoint } = partPaths(directory, "big");
  expect((await readFile(part)).length).toBe(3 * MIB);
  expect(JSON.parse(await readFile(checkpoint, "utf8"))).toMatchObject({
    syncedBytes: 3 * MIB,
    totalBytes: BIG.length,
  });
  const summary = await downloadAll([{ url: `${origin}/big`, name: "big" }], { directory, ...QUICK });
  expect(summary).toMatchObject({ fetched: 1, receivedBytes: 2 * MIB, completeBytes: BIG.length });
  expect(seen.at(-1)?.headers.range).toBe(`bytes=${3 * MIB}-`);
  expect((await readFile(join(directory, "big"))).equals(BIG)).toBe(true);
  expect((await readdir(directory)).sort()).toEqual(["big", "manifest.ndjson"]);
});

test.each<[string, (paths: { part: string; checkpoint: string }) => Promise<void>]>([
  ["bytes that changed", async ({ part }) => await writeFile(part, makeBytes(3 * MIB, 9))],
  ["fewer bytes", async ({ part }) => await writeFile(part, BIG.subarray(0, MIB))],
  ["a torn checkpoint", async ({ checkpoint }) => await writeFile(checkpoint, '{"name":"big","url":')],
  ["an empty checkpoint", async ({ checkpoint }) => await writeFile(checkpoint, "")],
])("downloadAll() begins anew over %s", async (_, damage) => {
  const { directory, origin, seen } = await endedRun();
  await damage(partPaths(directory, "big"));
  await downloadAll([{ url: `${origin}/big`, name: "big" }], { directory, ...QUICK });
  expect(seen.at(-1)?.headers.range).toBeUndefined();
  expect((await readFile(join(directory, "big"))).equals(BIG)).toBe(true);
});

test("downloadAll() ignores bytes behind the last checkpoint", async () => {
  const { directory, origin } = await endedRun();
  const { part } = partPaths(directory, "big");
  await writeFile(part, Buffer.alloc(1000, 9), { flag: "a" });
  await downloadAll([{ url: `${origin}/big`, name: "big" }], { directory, ...QUICK });
  expect((await readFile(join(directory, "big"))).equals(BIG)).toBe(true);
});

test("downloadAll() does not go on with what is of another URL", async () => {
  const { directory, origin, seen } = await endedRun();
  await downloadAll([{ url: `${origin}/big?other`, name: "big" }], { directory, ...QUICK });
  expect(seen.at(-1)?.headers.range).toBeUndefined();
  expect((await readdir(directory)).sort()).toEqual(["big", "manifest.ndjson"]);
});

test("downloadAll() gives a file its name whose run was killed between its line and its name", async () => {
  const directory = await temporaryFolder();
  const [url, sha256] = ["http://127.0.0.1:1/never-asked", createHash("sha256").update("whole").digest("hex")];
  await writeFile(partPaths(directory, "a").part, "whole");
  const line = { name: "a", url, status: "done", bytes: 5, sha256, attempts: 1, startedAt: "", finishedAt: "" };
  await writeFile(join(directory, "manifest.ndjson"), `${JSON.stringify(line)}\n`);
  expect(await downloadAll([{ url, name: "a" }], { directory, verify: "size" })).toMatchObject({
    kept: 1,
    failures: [],
  });
  expect(await readFile(join(directory, "a"), "utf8")).toBe("whole");
});

test("downloadAll() takes no wrong bytes from a server that answers twice or too long, and asks anew", async () => {
  const directory = await temporaryFolder();
  const faults = new Map([
    ["/3", (answer: string) => answer + answer],
    ["/5", (answer: string) => `${answer}more`],
  ]);
  const server = await startRawServer(({ socket, path }) => {
    const answer = withLength(`this is ${path}`, 'etag: "a"');
    const damage = faults.get(path) ?? ((whole: string) => whole);
    faults.delete(path);
    socket.write(damage(answer));
  });
  const items = Array.from({ length: 20 }, (_, index) => ({ url: `${server.origin}/${index}`, name: `${index}` }));
  const summary = await downloadAll(items, { directory, ...QUICK });
  expect(summary).toMatchObject({ fetched: 20, failures: [] });
  for (const { name } of items) expect(await readFile(join(directory, name), "utf8")).toBe(`this is /${name}`);
  expect(server.requests).toHaveLength(22);
  expect(server.requests.map(({ head }) => head).join()).not.toContain("range");
});
