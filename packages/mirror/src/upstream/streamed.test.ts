import { randomBytes } from "node:crypto";
import { expect, test, vi } from "vitest";
import { type Answer, defer, startTcpServer } from "../../../../tests/support/fault-server.ts";
import { bytes, newStore, source, startRig } from "../../../../tests/support/read-through.ts";
import { createMirror } from "../mirror.ts";

const FILE = "/api/v2/well_known_file_download/7";
const LARGE = randomBytes(3 * 2 ** 20);
const readAll = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

/** Sends the half of the large file, and the rest when it is told to. */
function halves(go: Promise<unknown>, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(200, { "content-length": String(LARGE.length), ...headers });
    response.write(LARGE.subarray(0, LARGE.length / 2));
    void go.then(() => response.end(LARGE.subarray(LARGE.length / 2)));
  };
}

test("a large file passes by as it comes, and is kept as what it is", async () => {
  const go = defer();
  const disposition = 'attachment; filename="a b.nwb"';
  const headers = { etag: '"one"', "content-type": "application/x-nwb", "content-disposition": disposition };
  const { get, server, store, events } = await startRig({ [FILE]: halves(go.promise, headers) });
  const first = await get(`${FILE}?wkf=9`);
  expect([first.status, source(first), first.headers.get("etag")]).toEqual([200, "passed", '"one"']);
  expect(first.headers.get("content-length")).toBe(String(LARGE.length));
  // The other one joins while it comes, and gets it from its beginning.
  const second = await get("/api/v2/well_known_file_download/007");
  go.resolve();
  expect((await readAll(first)).equals(LARGE) && (await readAll(second)).equals(LARGE)).toBe(true);
  await vi.waitFor(() => expect(events.at(-1)).toEqual({ type: "kept", target: FILE, sizeBytes: LARGE.length }));
  expect(server.paths).toEqual([FILE]);
  const third = await get(FILE, { headers: { range: "bytes=10-19", "if-range": '"one"' } });
  expect([third.status, source(third), third.headers.get("etag")]).toEqual([206, "stored", '"one"']);
  expect((await readAll(third)).equals(LARGE.subarray(10, 20))).toBe(true);
  expect(third.headers.get("content-disposition")).toBe("attachment; filename=a_b.nwb");
  const offline = createMirror({ store, images: { threads: 0 } });
  expect((await readAll(await offline.fetch(`http://x${FILE}`))).equals(LARGE)).toBe(true);
});

test("a client that reads slowly keeps nobody waiting, and one that goes away ends nothing", async () => {
  const go = defer();
  const { get, events } = await startRig({ [FILE]: halves(go.promise) });
  const slow = await get(FILE);
  const gone = await get(FILE);
  const quick = await get(FILE);
  await gone.body?.cancel();
  go.resolve();
  expect((await readAll(quick)).equals(LARGE)).toBe(true);
  await vi.waitFor(() => expect(events.at(-1)?.type).toBe("kept"));
  expect((await readAll(slow)).equals(LARGE)).toBe(true);
});

test("what little is left of a file is taken when its last client has gone", async () => {
  const go = defer();
  const { get, events } = await startRig({ [FILE]: halves(go.promise) });
  await (await get(FILE)).body?.cancel();
  go.resolve();
  await vi.waitFor(() => expect(events.at(-1)?.type).toBe("kept"));
  expect(source(await get(FILE))).toBe("stored");
});

test("a body without an end is given up when its last client has gone", async () => {
  const closed = defer();
  const endless: Answer = (response, request) => {
    request.socket.once("close", closed.resolve);
    response.writeHead(200, { "content-type": "application/octet-stream" });
    const more = (): void =>
      void (response.writable && response.write(LARGE.subarray(0, 65_536), () => setImmediate(more)));
    more();
  };
  const { get, store } = await startRig({ [FILE]: endless });
  const response = await get(FILE);
  const reader = response.body?.getReader();
  for (let nth = 0; nth < 20; nth += 1) await reader?.read();
  await reader?.cancel();
  await closed.promise;
  expect((await store.info()).entries.file).toBe(0);
});

test("a body that is larger than may be breaks off, and nothing of it is kept", async () => {
  const { get, store, events } = await startRig({ [FILE]: bytes(LARGE, "a/b") }, { maxBytes: 2 ** 21 });
  await expect((await get(FILE)).arrayBuffer()).rejects.toThrow();
  await vi.waitFor(() => expect(events.at(-1)?.type).toBe("failed"));
  expect((await store.info()).entries.file).toBe(0);
});

test("a large body that is cut off breaks off for the client too, and is not kept", async () => {
  const cut: Answer = (response) => {
    response.writeHead(200, { "content-length": String(LARGE.length) });
    response.write(LARGE.subarray(0, 2 ** 21), () => response.destroy());
  };
  const { get, store } = await startRig({ [FILE]: cut });
  await expect((await get(FILE)).arrayBuffer()).rejects.toThrow();
  await vi.waitFor(async () => expect((await get(FILE)).status).toBe(200));
  expect((await store.info()).entries.file).toBe(0);
});

test("a large picture without its end is not kept", async () => {
  const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2 ** 21)]);
  const { get, store, events } = await startRig({ "/cgi-bin/imageservice": bytes(picture, "image/jpeg") });
  await expect((await get("/cgi-bin/imageservice?path=/a")).arrayBuffer()).rejects.toThrow("breaks off");
  await vi.waitFor(() => expect(events.at(-1)?.type).toBe("failed"));
  expect((await store.info()).entries.answer).toBe(0);
});

test("a part of a file on its way is taken from that", async () => {
  const go = defer();
  const { get, server, events } = await startRig({ [FILE]: halves(go.promise) });
  const whole = await get(FILE);
  const part = await get(FILE, { headers: { range: "bytes=100-199" } });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 100-199/${LARGE.length}`]);
  expect((await readAll(part)).equals(LARGE.subarray(100, 200))).toBe(true);
  go.resolve();
  await readAll(whole);
  await vi.waitFor(() => expect(events.at(-1)?.type).toBe("kept"));
  expect(server.paths).toHaveLength(1);
});

test("a file whose end nothing marks is handed on and not kept", async () => {
  const origin = await startTcpServer((socket) => {
    socket.once("data", () => socket.end("HTTP/1.0 200 OK\r\n\r\nhalf of a file, or all"));
  });
  const { get, store } = await startRig({}, { url: origin });
  expect(await (await get(FILE)).text()).toBe("half of a file, or all");
  expect((await store.info()).entries.file).toBe(0);
});

test("two mirrors may keep into one store at once", async () => {
  const store = await newStore();
  const rigs = await Promise.all([1, 2].map(() => startRig({ [FILE]: bytes(LARGE, "a/b") }, {}, { given: store })));
  const answers = await Promise.all(rigs.map(({ get }) => get(FILE)));
  for (const answer of answers) expect((await readAll(answer)).equals(LARGE)).toBe(true);
  for (const { events } of rigs) await vi.waitFor(() => expect(events.at(-1)?.type).toBe("kept"));
  for (const { get } of rigs) expect((await readAll(await get(FILE))).equals(LARGE)).toBe(true);
});

test("a large answer is handed on when the store takes nothing, and what failed is said to the operator", async () => {
  const store = await newStore();
  const full = (): Promise<never> => Promise.reject(new Error("disk full"));
  const entries = { ...store.entries, aside: full, putWritten: full };
  const { get, errors } = await startRig({ [FILE]: bytes(LARGE, "a/b") }, {}, { given: { ...store, entries } });
  const asked = await Promise.all([get(FILE), get(FILE)]);
  for (const response of asked) {
    expect([response.status, source(response)]).toEqual([200, "passed"]);
    expect((await readAll(response)).equals(LARGE)).toBe(true);
  }
  expect(errors).toContainEqual(new Error("disk full"));
});

test("large JSON whose end nothing marks is handed on and not kept, though it ends in a bracket", async () => {
  const half = `{"success":true,"msg":[${JSON.stringify({ text: "x".repeat(2 ** 21) })}`;
  const origin = await startTcpServer((socket) => {
    socket.once("data", () => socket.end(`HTTP/1.0 200 OK\r\n\r\n${half}`));
  });
  const { get, store } = await startRig({}, { url: origin });
  expect((await get("/api/v2/data/Gene/query.json")).status).toBe(200);
  expect((await store.info()).entries.answer).toBe(0);
});
