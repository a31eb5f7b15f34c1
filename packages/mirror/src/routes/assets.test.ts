import { memoryUsage } from "node:process";
import { beforeEach, describe, expect, test } from "vitest";
import { defer } from "../../../../tests/support/fault-server.ts";
import { BusyError } from "../failures.ts";
import { listen } from "../listen.ts";
import { createMirror } from "../mirror.ts";
import { type Asset, CHUNK_BYTES } from "../store/asset.ts";
import { sampleStore } from "../store/sample-store.ts";

const PATH = "/api/v2/well_known_file_download/7";
const SIZE = 3 * CHUNK_BYTES + 1000;
const MODIFIED = "Thu, 31 Jan 2013 22:05:16 GMT";

/** The byte at a place: no two pieces of the file are the same. */
const byteAt = (index: number): number => (index * 31 + (index >> 8)) % 256;

/** What was read of the file. */
let read: { chunks: number; isClosed: boolean; signal: AbortSignal | undefined };

beforeEach(() => {
  read = { chunks: 0, isClosed: false, signal: undefined };
});

function fileOf(sizeBytes: number): Asset {
  return {
    mediaType: "model/obj",
    fileName: 'a "b"\n/c.obj',
    sizeBytes,
    lastModified: new Date(MODIFIED),
    tag: "tag",
    isComputed: false,
    async *read(start, end, signal) {
      read.signal = signal;
      try {
        for (let from = start; from < end; from += CHUNK_BYTES) {
          read.chunks += 1;
          const length = Math.min(CHUNK_BYTES, end - from);
          yield Uint8Array.from({ length }, (_, index) => byteAt(from + index));
        }
      } finally {
        read.isClosed = true;
      }
    },
  };
}

function mirrorOf(sizeBytes = SIZE): ReturnType<typeof createMirror> {
  const store = { ...sampleStore(), asset: async () => fileOf(sizeBytes), whyNoAsset: () => undefined };
  return createMirror({ store });
}

async function get(headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return await mirrorOf().fetch(`http://mirror.test${PATH}`, { method, headers });
}

const ETAG = (await get()).headers.get("etag") ?? "";

async function expectPart(response: Response, start: number, end: number): Promise<void> {
  expect([response.status, response.headers.get("content-range")]).toEqual([206, `bytes ${start}-${end - 1}/${SIZE}`]);
  expect(response.headers.get("content-length")).toBe(String(end - start));
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(bytes.length).toBe(end - start);
  expect(bytes.every((byte, index) => byte === byteAt(start + index))).toBe(true);
}

describe("a file", () => {
  test("is given whole, with what tells it from others", async () => {
    const response = await get({ "accept-encoding": "gzip" });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "model/obj",
      "content-length": String(SIZE),
      "content-disposition": "attachment; filename=a__b___c.obj",
      "accept-ranges": "bytes",
      "last-modified": MODIFIED,
      "x-brainatlas-source": "stored",
    });
    expect(response.headers.get("content-encoding")).toBeNull();
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([bytes.length, bytes.at(-1)]).toEqual([SIZE, byteAt(SIZE - 1)]);
  });

  test.each([
    ["bytes=0-0", 0, 1],
    ["bytes=1000-", 1000, SIZE],
    [`bytes=${CHUNK_BYTES - 1}-${CHUNK_BYTES}`, CHUNK_BYTES - 1, CHUNK_BYTES + 1],
    ["bytes=-7", SIZE - 7, SIZE],
    ["bytes=5-99999999", 5, SIZE],
  ])("is given in parts: %s", async (range, start, end) => {
    await expectPart(await get({ range }), start, end);
  });

  test.each([
    ["the same tag", () => ETAG, 206],
    ["another tag", () => '"other"', 200],
    ["a weak tag", () => `W/${ETAG}`, 200],
    ["the same time", () => MODIFIED, 206],
    ["another time", () => "Thu, 31 Jan 2013 22:05:17 GMT", 200],
  ])("is gone on with under If-Range: %s", async (_, condition, status) => {
    const response = await get({ range: "bytes=10-19", "if-range": condition() });
    expect(response.status).toBe(status);
    await response.body?.cancel();
  });

  test("has no part beyond its end", async () => {
    const response = await get({ range: `bytes=${SIZE}-` });
    expect([response.status, response.headers.get("content-range")]).toEqual([416, `bytes */${SIZE}`]);
    expect(await response.json()).toMatchObject({
      success: false,
      msg: `Cannot give that range: the file has ${SIZE} bytes`,
    });
  });

  test.each(["bytes=0-1,5-6", "bytes=5-4", "lines=1-2", "bytes=x-"])(
    "is given whole for the range %j",
    async (range) => {
      const response = await get({ range });
      expect([response.status, response.headers.get("content-length")]).toEqual([200, String(SIZE)]);
      await response.body?.cancel();
    },
  );

  test("is not sent again to who has it", async () => {
    for (const headers of [{ "if-none-match": ETAG }, { "if-modified-since": MODIFIED }, { "if-none-match": "*" }]) {
      const response = await get({ ...headers, range: "bytes=0-1" } as Record<string, string>);
      expect([response.status, response.headers.get("etag"), response.body]).toEqual([304, ETAG, null]);
    }
    expect(read.chunks).toBe(0);
  });

  test("is described to HEAD, for which a range does not count", async () => {
    const response = await get({ range: "bytes=0-1" }, "HEAD");
    expect([response.status, response.headers.get("content-length")]).toEqual([200, String(SIZE)]);
    expect([await response.text(), read.chunks]).toEqual(["", 0]);
  });

  test("of no bytes is given, and has no part", async () => {
    const mirror = mirrorOf(0);
    const whole = await mirror.fetch(`http://x${PATH}`);
    expect([whole.status, await whole.text()]).toEqual([200, ""]);
    expect((await mirror.fetch(`http://x${PATH}`, { headers: { range: "bytes=0-" } })).status).toBe(416);
  });

  test("is read no further than it is wanted, and let go of when the client goes away", async () => {
    const response = await mirrorOf(1e12).fetch(`http://x${PATH}`);
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(read.chunks).toBeLessThan(6);
    expect(read.isClosed).toBe(false);
    await reader?.cancel();
    expect([read.isClosed, read.signal?.aborted]).toEqual([true, true]);
  });

  test("is let go of when a connection breaks, and takes no more memory the longer it is", async () => {
    const server = await listen(mirrorOf(1e12));
    const closed = defer();
    const before = memoryUsage().arrayBuffers;
    const response = await fetch(`${server.url}${PATH}`);
    const reader = response.body?.getReader();
    for (let bytes = 0; bytes < 50e6; ) bytes += (await reader?.read())?.value?.length ?? 0;
    expect(memoryUsage().arrayBuffers - before).toBeLessThan(40e6);
    read.signal?.addEventListener("abort", () => closed.resolve());
    await reader?.cancel();
    await closed.promise;
    await server.close();
  });
});

test.each([
  ["/grid_data/", 404],
  ["/grid_data/download/x", 404],
  ["/grid_data/download/7?include=tea", 400],
  ["/grid_data/download_file/7?image=tea", 400],
  ["/grid_data/download_file/7?resolution=1e2", 400],
  ["/informatics-archive/", 404],
  ["/api/v2/well_known_file_download/-1", 404],
  ["/api/v2/well_known_file_download/9999999999999999999", 404],
  ["/api/v2/well_known_file_download/%00", 404],
  ["/api/v2/well_known_file_download/7%3Fx", 404],
  ["/grid_data/download/7%3Finclude=energy", 404],
  ["/informatics-archive/folder/", 404],
])("%s is no file", async (path, status) => {
  const response = await mirrorOf().fetch(`http://mirror.test${path}`);
  expect([response.status, response.headers.get("x-brainatlas-source")]).toEqual([status, "refused"]);
});

test("a file that cannot be made in good time is to be asked for again", async () => {
  const asset = (): Promise<never> => Promise.reject(new BusyError());
  const mirror = createMirror({ store: { ...sampleStore(), asset, whyNoAsset: () => undefined } });
  const response = await mirror.fetch(`http://x${PATH}`);
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "10"]);
  expect(await response.json()).toMatchObject({ success: false, msg: expect.stringContaining("ask again in a while") });
});

test("a file whose name is of marks alone is given under another", async () => {
  const asset = async (): Promise<Asset> => ({ ...fileOf(0), fileName: ".." });
  const mirror = createMirror({ store: { ...sampleStore(), asset, whyNoAsset: () => undefined } });
  const { headers } = await mirror.fetch(`http://x${PATH}`);
  expect(headers.get("content-disposition")).toBe("attachment; filename=file");
});

test("no path leads out of the store", async () => {
  const names: string[] = [];
  const asset = async (_: string, name: string): Promise<undefined> => void names.push(name);
  const mirror = createMirror({ store: { ...sampleStore(), asset, whyNoAsset: () => undefined } });
  for (const path of ["../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc%2fpasswd"]) {
    expect((await mirror.fetch(`http://x/informatics-archive/${path}`)).status).toBe(404);
  }
  // Names are only ever keys: the last is one, of which nothing becomes part of a path.
  expect(names).toEqual(["../../etc/passwd"]);
});
