import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import {
  type Answer,
  defer,
  inTurn,
  redirect,
  rejectionOf,
  silence,
  stall,
  startFaultServer,
  startTcpServer,
  text,
} from "../../../../tests/support/fault-server.ts";
import { BrainAtlas } from "../client/brain-atlas.ts";
import type { AtlasEvent } from "../client/event.ts";
import type { BrainAtlasOptions } from "../client/options.ts";
import type { AtlasStream } from "./atlas-stream.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function clientOf(baseUrl: string, options: BrainAtlasOptions = {}): BrainAtlas {
  return new BrainAtlas({ baseUrl, backoffMs: 1, ...options });
}

async function readAll(stream: AtlasStream): Promise<string> {
  const decoder = new TextDecoder();
  let read = "";
  for await (const chunk of stream.chunks()) read += decoder.decode(chunk, { stream: true });
  return read + decoder.decode();
}

/** Answers with one chunk, and gives the response to the test. */
function begin(arrived: (response: ServerResponse) => void, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(200, headers);
    response.write("first", () => arrived(response));
  };
}

test("stream() gives an answer before its body is there", async () => {
  const arrived = defer<ServerResponse>();
  const server = await startFaultServer({
    "/a": redirect(302, "/b"),
    "/b": begin(arrived.resolve, { "x-lab": "one" }),
  });
  const stream = await clientOf(server.origin).stream("/a", { query: { x: 1 } });
  expect(stream).toMatchObject({ url: `${server.origin}/b`, status: 200, ok: true, method: "GET", attempts: 1 });
  expect(stream.history.map(({ status }) => status)).toEqual([302]);
  expect([stream.headers.get("X-Lab"), stream.mediaType, stream.statusText]).toEqual(["one", "", "OK"]);
  const chunks = stream.chunks();
  expect(new TextDecoder().decode((await chunks.next()).value as Uint8Array)).toBe("first");
  (await arrived.promise).end("last");
  expect(new TextDecoder().decode((await chunks.next()).value as Uint8Array)).toBe("last");
  expect(await chunks.next()).toEqual({ done: true, value: undefined });
  expect(server.paths).toEqual(["/a?x=1", "/b"]);
});

test("stream() reads more than maxBodyBytes, and compressed bodies", async () => {
  const words = "word ".repeat(50_000);
  const server = await startFaultServer({
    "/x": text(200, words),
    "/z": (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(words)),
    "/none": (response) => response.writeHead(204).end(),
  });
  const client = clientOf(server.origin, { maxBodyBytes: 1000 });
  expect(await readAll(await client.stream("/x"))).toBe(words);
  expect(await readAll(await client.stream("/z"))).toBe(words);
  expect(await readAll(await client.stream("/none"))).toBe("");
});

test("stream() tells the length when the body has ended", async () => {
  const events: AtlasEvent[] = [];
  const server = await startFaultServer({ "/x": text(200, "four") });
  const stream = await clientOf(server.origin, { onEvent: (event) => events.push(event) }).stream("/x");
  expect(events.map(({ type }) => type)).toEqual(["request"]);
  await readAll(stream);
  expect(events.at(-1)).toMatchObject({ type: "response", status: 200, bytes: 4 });
});

test("stream() is sent again until the headers are there, not after", async () => {
  const broken: Answer = (response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("the first words", () => response.socket?.resetAndDestroy());
  };
  const server = await startFaultServer({ "/x": inTurn(text(503, ""), broken) });
  const stream = await clientOf(server.origin).stream("/x");
  expect(stream.attempts).toBe(2);
  expect(await rejectionOf(readAll(stream))).toMatchObject({ code: "ATLAS_CONNECTION", method: "GET", attempts: 2 });
  expect(server.paths).toHaveLength(2);
});

test("chunks() rejects when the body ends before its promised length", async () => {
  const origin = await startTcpServer((socket) => {
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort"));
  });
  const stream = await clientOf(origin).stream("/x");
  expect(await rejectionOf(readAll(stream))).toMatchObject({ code: "ATLAS_CONNECTION" });
  // Where the platform does not tell, the length does.
  const fetch = async (): Promise<Response> => new Response("short", { headers: { "content-length": "100" } });
  const told = await clientOf(origin, { fetch }).stream("/x");
  const error = await rejectionOf(readAll(told));
  expect(error).toMatchObject({ code: "ATLAS_CONNECTION" });
  expect(error).toHaveProperty("message", expect.stringContaining("the body ended after 5 of 100 bytes"));
});

test("chunks() rejects when a chunk does not come within timeoutMs, and not when the reader takes its time", async () => {
  vi.useFakeTimers();
  const pull = defer<ReadableStreamDefaultController>();
  const body = new ReadableStream({ start: (controller) => pull.resolve(controller) });
  const cancelled = vi.spyOn(body, "getReader");
  const client = clientOf("http://atlas.test", { fetch: async () => new Response(body) });
  const stream = await client.stream("/x", { timeoutMs: 1000, totalTimeoutMs: 2000 });
  const controller = await pull.promise;
  const chunks = stream.chunks();
  await vi.advanceTimersByTimeAsync(60_000);
  controller.enqueue(new Uint8Array([1]));
  expect((await chunks.next()).value).toEqual(new Uint8Array([1]));
  await vi.advanceTimersByTimeAsync(60_000);
  const waiting = rejectionOf(chunks.next());
  await vi.advanceTimersByTimeAsync(1000);
  expect(await waiting).toMatchObject({ code: "ATLAS_TIMEOUT", timeoutMs: 1000, scope: "attempt" });
  expect(cancelled).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test("stream() rejects within timeoutMs while there are no headers", async () => {
  const server = await startFaultServer({ "/x": silence });
  const error = await rejectionOf(clientOf(server.origin, { timeoutMs: 20, retries: 0 }).stream("/x"));
  expect(error).toMatchObject({ code: "ATLAS_TIMEOUT", timeoutMs: 20 });
});

test("chunks() left early ends the request on the server", async () => {
  const arrived = defer<ServerResponse>();
  const server = await startFaultServer({ "/x": begin(arrived.resolve) });
  const stream = await clientOf(server.origin).stream("/x");
  const closed = once(await arrived.promise, "close");
  for await (const _ of stream.chunks()) break;
  await closed;
});

test("cancel() ends the request on the server, read or not", async () => {
  for (const isRead of [false, true]) {
    const arrived = defer<ServerResponse>();
    const server = await startFaultServer({ "/x": begin(arrived.resolve) });
    const stream = await clientOf(server.origin).stream("/x");
    const closed = once(await arrived.promise, "close");
    const chunks = isRead ? stream.chunks() : undefined;
    await chunks?.next();
    const waiting = chunks && rejectionOf(chunks.next());
    stream.cancel();
    await closed;
    if (waiting !== undefined) expect(await waiting).toMatchObject({ name: "AbortError" });
    expect(() => stream.chunks()).toThrow(TypeError);
  }
});

test.each(["before", "headers", "unread", "body"])("stream() rejects with signal.reason: %s", async (moment) => {
  const arrived = defer<ServerResponse>();
  const server = await startFaultServer({
    "/x": (response, request, nth) => {
      (moment === "headers" ? silence : stall)(response, request, nth);
      arrived.resolve(response);
    },
  });
  const controller = new AbortController();
  const whim = { why: "so" };
  if (moment === "before") controller.abort(whim);
  const opening = clientOf(server.origin).stream("/x", { signal: controller.signal });
  if (moment === "before" || moment === "headers") {
    const rejection = rejectionOf(opening);
    if (moment === "headers") await arrived.promise;
    controller.abort(whim);
    expect(await rejection).toBe(whim);
    return;
  }
  const chunks = (await opening).chunks();
  const closed = once(await arrived.promise, "close");
  if (moment === "body") await chunks.next();
  controller.abort(whim);
  expect(await rejectionOf(chunks.next())).toBe(whim);
  await closed;
});

test.each(Array.from({ length: 40 }, (_, ticks) => ticks))(
  "stream() ends an answer whose abort comes %i ticks after it",
  async (ticks) => {
    const controller = new AbortController();
    const cancelled = defer();
    const body = new ReadableStream({ cancel: () => cancelled.resolve() });
    const abortSoon = (left: number): void => {
      queueMicrotask(() => (left === 0 ? controller.abort("late") : abortSoon(left - 1)));
    };
    const fetch = async (): Promise<Response> => {
      abortSoon(ticks);
      return new Response(body);
    };
    const opening = clientOf("http://atlas.test", { fetch }).stream("/x", { signal: controller.signal });
    expect(await rejectionOf(opening.then(readAll))).toBe("late");
    await cancelled.promise;
  },
);

test("stream() lets go of the signal when the body has ended", async () => {
  const server = await startFaultServer({ "/x": text(200, "fine") });
  const { signal } = new AbortController();
  const remove = vi.spyOn(signal, "removeEventListener");
  const add = vi.spyOn(signal, "addEventListener");
  await readAll(await clientOf(server.origin).stream("/x", { signal }));
  expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
});

test("stream() rejects for a failing status with the words of the body, or gives it", async () => {
  const server = await startFaultServer({ "/x": text(404, "no such thing") });
  const error = await rejectionOf(clientOf(server.origin).stream("/x"));
  expect(error).toMatchObject({ code: "ATLAS_HTTP", status: 404, bodyExcerpt: "no such thing" });
  const stream = await clientOf(server.origin).stream("/x", { throwHttpErrors: false });
  expect([stream.ok, await readAll(stream)]).toEqual([false, "no such thing"]);
});

test("chunks() gives the body once", async () => {
  const server = await startFaultServer({ "/x": text(200, "fine") });
  const stream = await clientOf(server.origin).stream("/x");
  await readAll(stream);
  expect(() => stream.chunks()).toThrow("Cannot read the body twice: it is not kept; ask for it again");
});

test("stream() keeps no place of the concurrency while its body is read", async () => {
  const arrived = defer<ServerResponse>();
  const server = await startFaultServer({ "/x": begin(arrived.resolve), "/y": text(200, "fine") });
  const client = clientOf(server.origin, { concurrency: 1 });
  const stream = await client.stream("/x");
  expect((await client.get("/y")).text()).toBe("fine");
  (await arrived.promise).end();
  expect(await readAll(stream)).toBe("first");
});

test("stream() is not shared", async () => {
  const server = await startFaultServer({ "/x": text(200, "fine") });
  const client = clientOf(server.origin);
  const streams = await Promise.all([client.stream("/x"), client.stream("/x")]);
  expect(await Promise.all(streams.map(readAll))).toEqual(["fine", "fine"]);
  expect(server.paths).toHaveLength(2);
});
