import { expect, test, vi } from "vitest";
import { defer, rejectionOf } from "../../../../../tests/support/fault-server.ts";
import {
  askFor,
  closing,
  fakeTime,
  getText,
  type RawRequest,
  type RawServer,
  startRawServer,
  turn,
  withLength,
} from "../../../../../tests/support/wire-kit.ts";
import { TimeoutError } from "../../errors.ts";
import { createSocketWire } from "./socket-wire.ts";
import type { Wire } from "./wire.ts";

/** A wire of one connection that has answered a first request, `/warm`. */
async function warm(
  answer: (request: RawRequest) => void,
  pipelining = 2,
): Promise<{ server: RawServer; wire: Wire; get: (path: string, signal?: AbortSignal) => Promise<string> }> {
  const server = await startRawServer((request) => {
    if (request.path === "/warm") request.socket.write(withLength("warm"));
    else answer(request);
  });
  const wire = closing(createSocketWire({ pipelining }));
  wire.limit(1);
  await getText(wire, `${server.origin}/warm`);
  const get = async (path: string, signal?: AbortSignal): Promise<string> =>
    (await getText(wire, server.origin + path, { signal })).text;
  return { server, wire, get };
}

function pathsOf({ requests }: RawServer): string[] {
  return requests.map(({ path, connection }) => `${connection}${path}`);
}

test("get() sends requests ahead, as many as it may, and gives each its own answer", async () => {
  const held: RawRequest[] = [];
  const full = defer();
  const { server, get } = await warm((request) => {
    held.push(request);
    if (held.length === 3) full.resolve();
    else if (held.length > 3) request.socket.write(withLength(request.path));
  }, 3);
  const all = Promise.all(["/a", "/b", "/c", "/d", "/e"].map((path) => get(path)));
  await full.promise;
  expect(pathsOf(server)).toEqual(["1/warm", "1/a", "1/b", "1/c"]);
  const answers = held.map(({ path }) => withLength(path)).join("");
  for (const byte of answers) held[0]?.socket.write(byte, "latin1");
  expect(await all).toEqual(["/a", "/b", "/c", "/d", "/e"]);
  expect(pathsOf(server)).toEqual(["1/warm", "1/a", "1/b", "1/c", "1/d", "1/e"]);
});

test("get() sends nothing ahead on a connection that has answered nothing yet, or where another may be opened", async () => {
  const held: RawRequest[] = [];
  const both = defer();
  const server = await startRawServer((request) => {
    held.push(request);
    if (held.length === 2) both.resolve();
    else if (held.length > 2) request.socket.write(withLength(request.path));
  });
  const wire = closing(createSocketWire({ pipelining: 4 }));
  wire.limit(2);
  const all = Promise.all(["/a", "/b", "/c", "/d"].map((path) => getText(wire, server.origin + path)));
  await both.promise;
  expect(held.map(({ connection, nth }) => [connection, nth])).toEqual([
    [1, 1],
    [2, 1],
  ]);
  for (const { socket, path } of held.slice(0, 2)) socket.write(withLength(path));
  expect((await all).map(({ text }) => text)).toEqual(["/a", "/b", "/c", "/d"]);
});

test("get() waits with the next request until little of a long body is left", async () => {
  const half = 4 * 1024 * 1024;
  const received = defer();
  let isReleased = false;
  const releasedAtNext: boolean[] = [];
  const { server, wire, get } = await warm(({ socket, path }) => {
    if (path === "/next") {
      releasedAtNext.push(isReleased);
      socket.write(withLength(path));
    } else socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${2 * half}\r\n\r\n${"x".repeat(half)}`);
  });
  let receivedBytes = 0;
  let next: Promise<string> | undefined;
  const long = wire.get(askFor(`${server.origin}/long`), () => ({
    write(bytes) {
      next ??= get("/next");
      receivedBytes += bytes.length;
      if (receivedBytes === half) received.resolve();
      return undefined;
    },
  }));
  await received.promise;
  await turn();
  isReleased = true;
  server.requests[1]?.socket.write("x".repeat(half));
  await long;
  expect(await next).toBe("/next");
  expect(receivedBytes).toBe(2 * half);
  expect(releasedAtNext).toEqual([true]);
});

test("get() sends again what a reset left unanswered, and nothing ahead from then on", async () => {
  let isReset = false;
  const { server, wire, get } = await warm(({ socket, path, connection }) => {
    if (path === "/b" && connection === 1) {
      isReset = true;
      socket.resetAndDestroy();
    } else if (connection > 1) socket.write(withLength(path));
  }, 2);
  expect(wire.capacity(4, server.origin)).toBe(8);
  const all = ["/a", "/b", "/c"].map((path) => get(path));
  expect(await Promise.all(all)).toEqual(["/a", "/b", "/c"]);
  expect(isReset).toBe(true);
  expect(wire.capacity(4, server.origin)).toBe(4);
  expect(pathsOf(server)).toEqual(["1/warm", "1/a", "1/b", "2/a", "2/b", "2/c"]);
});

test("get() sends again, without end of it, what stands behind an answer that closes the connection", async () => {
  const { server, wire, get } = await warm(({ socket, path, connection, nth }) => {
    if (connection === 1 && nth === 2) return;
    if (connection === 1) socket.end(withLength("/a", "connection: close"));
    else socket.write(withLength(path));
  });
  expect(await Promise.all(["/a", "/b"].map((path) => get(path)))).toEqual(["/a", "/b"]);
  expect(pathsOf(server)).toEqual(["1/warm", "1/a", "1/b", "2/b"]);
  // The server said so in order: RFC 9112 §9.3.2 does not count that against pipelining.
  expect(wire.capacity(4, server.origin)).toBe(8);
});

test("get() does not trust the end of a connection on which more was asked for", async () => {
  const { server, get } = await warm(({ socket, path, connection }) => {
    if (connection > 1) socket.write(withLength(path));
    else if (path === "/b") socket.end("HTTP/1.1 200 OK\r\n\r\nhalf of /a");
  });
  // A server that closes with requests unread takes back what it has not delivered: RFC 9112 §9.6.
  const first = rejectionOf(get("/a"));
  expect(await get("/b")).toBe("/b");
  expect(String(await first)).toContain("it may be cut");
  expect(pathsOf(server)).toEqual(["1/warm", "1/a", "1/b", "2/b"]);
});

test("get() does not time out because of the one before", async () => {
  fakeTime();
  const arrived = defer();
  const { server, wire } = await warm(({ path }) => {
    if (path === "/b") arrived.resolve();
  });
  const url = (path: string): string => server.origin + path;
  const first = getText(wire, url("/a"), { timeoutMs: 20_000 });
  const second = rejectionOf(getText(wire, url("/b"), { timeoutMs: 30 }));
  await arrived.promise;
  vi.advanceTimersByTime(10_000);
  expect(pathsOf(server)).toEqual(["1/warm", "1/a", "1/b"]);
  server.requests[1]?.socket.write(withLength("/a"));
  expect((await first).text).toBe("/a");
  vi.advanceTimersByTime(100);
  expect(await second).toBeInstanceOf(TimeoutError);
});

test("get() sends nothing ahead from then on when one that was sent ahead stays without an answer", async () => {
  const { server, wire } = await warm(({ socket, path }) => {
    if (path !== "/b") socket.write(withLength(path));
  });
  const both = [
    getText(wire, `${server.origin}/a`),
    rejectionOf(getText(wire, `${server.origin}/b`, { timeoutMs: 30 })),
  ] as const;
  expect((await both[0]).text).toBe("/a");
  expect(await both[1]).toBeInstanceOf(TimeoutError);
  expect(wire.capacity(1, server.origin)).toBe(1);
});

test("get() sends again elsewhere what stands behind an aborted one", async () => {
  const arrived = defer();
  const { server, wire, get } = await warm(({ socket, path, connection }) => {
    if (connection > 1) socket.write(withLength(path));
    else if (path === "/b") arrived.resolve();
  });
  const controller = new AbortController();
  const first = rejectionOf(get("/a", controller.signal));
  const second = get("/b");
  await arrived.promise;
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await first).toBe(reason);
  expect(await second).toBe("/b");
  expect(pathsOf(server)).toEqual(["1/warm", "1/a", "1/b", "2/b"]);
  expect(wire.capacity(1, server.origin)).toBe(2);
});

test("get() does not cut the answer that stands before an aborted one", async () => {
  const arrived = defer();
  const { server, get } = await warm(({ socket, path, connection }) => {
    if (connection > 1) socket.write(withLength(path));
    else if (path === "/c") arrived.resolve();
  }, 3);
  const controller = new AbortController();
  const first = get("/a");
  const second = rejectionOf(get("/b", controller.signal));
  const third = get("/c");
  await arrived.promise;
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await second).toBe(reason);
  server.requests[1]?.socket.write(withLength("/a"));
  expect(await first).toBe("/a");
  expect(await third).toBe("/c");
  expect(pathsOf(server)).toEqual(["1/warm", "1/a", "1/b", "1/c", "2/c"]);
});

test("get() sends nothing ahead to a server of HTTP/1.0", async () => {
  const held: RawRequest[] = [];
  const server = await startRawServer((request) => {
    const { socket, path, nth } = request;
    const answer = `HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: ${path.length}\r\n\r\n${path}`;
    held.push(request);
    if (nth !== 2) socket.write(answer);
    else setImmediate(() => setImmediate(() => socket.write(answer)));
  });
  const wire = closing(createSocketWire({ pipelining: 4 }));
  wire.limit(1);
  await getText(wire, `${server.origin}/warm`);
  const second = getText(wire, `${server.origin}/a`);
  const third = getText(wire, `${server.origin}/b`);
  expect((await second).text).toBe("/a");
  expect((await third).text).toBe("/b");
  expect(held.map(({ path }) => path)).toEqual(["/warm", "/a", "/b"]);
});
