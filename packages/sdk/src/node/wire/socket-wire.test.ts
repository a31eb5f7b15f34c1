import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  defer,
  findRefusingOrigin,
  inTurn,
  rejectionOf,
  startFaultServer,
  text,
} from "../../../../../tests/support/fault-server.ts";
import {
  askFor,
  closing,
  fakeTime,
  getText,
  startRawServer,
  withLength,
} from "../../../../../tests/support/wire-kit.ts";
import { ConnectionError } from "../../errors.ts";
import { createSocketWire, type SocketWireOptions } from "./socket-wire.ts";
import type { Wire } from "./wire.ts";

function openWire(options?: SocketWireOptions): Wire {
  return closing(createSocketWire(options));
}

test("get() gives head and body, and sends what it was given and no more", async () => {
  const server = await startRawServer(({ socket }) => socket.write(withLength("hello", "etag: x")));
  const wire = openWire();
  const { head, text: body } = await getText(wire, `${server.origin}/a%20b?c=1#d`, { headers: { "if-range": "e" } });
  expect(body).toBe("hello");
  expect(head).toMatchObject({ url: `${server.origin}/a%20b?c=1#d`, status: 200, history: [] });
  expect(head.headers.get("etag")).toBe("x");
  const { host } = new URL(server.origin);
  expect(server.requests[0]?.head).toBe(
    `GET /a%20b?c=1 HTTP/1.1\r\nhost: ${host}\r\naccept: */*\r\naccept-encoding: identity\r\nif-range: e`,
  );
});

test("get() does not judge the status, and lets a body go unread", async () => {
  const server = await startFaultServer({ "/x": text(503, "later", { "retry-after": "3" }) });
  const wire = openWire();
  wire.limit(1);
  const head = await wire.get(askFor(`${server.origin}/x`), () => undefined);
  expect(head.status).toBe(503);
  expect(head.headers.get("retry-after")).toBe("3");
  expect(await getText(wire, `${server.origin}/x`)).toMatchObject({ text: "later" });
  expect(server.requests[0]?.socket).toBe(server.requests[1]?.socket);
});

test("get() ends the connection of a long body that nobody wants", async () => {
  const server = await startRawServer(({ socket, path }) => {
    if (path === "/long") socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10000000\r\n\r\n...");
    else if (path === "/endless") {
      const chunk = `1000\r\n${"x".repeat(4096)}\r\n`.repeat(20);
      socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`);
    } else socket.write(withLength("short"));
  });
  const wire = openWire();
  wire.limit(1);
  for (const path of ["/long", "/endless", "/open"]) {
    expect((await wire.get(askFor(server.origin + path), () => undefined)).status).toBe(200);
    expect((await getText(wire, `${server.origin}/short`)).text).toBe("short");
  }
  expect(server.requests.filter(({ path }) => path === "/short").map(({ connection }) => connection)).toEqual([
    2, 3, 3,
  ]);
});

test("get() keeps to the limit of connections, uses them again, and answers in order", async () => {
  const server = await startRawServer(({ socket, path }) => setImmediate(() => socket.write(withLength(path))));
  const wire = openWire();
  wire.limit(3);
  const paths = Array.from({ length: 30 }, (_, index) => `/${index}`);
  const ended: string[] = [];
  const texts = paths.map(async (path) => {
    const got = await getText(wire, server.origin + path);
    ended.push(path);
    return got.text;
  });
  expect(await Promise.all(texts)).toEqual(paths);
  expect(server.requests.map(({ path }) => path).sort()).toEqual([...paths].sort());
  expect(new Set(server.requests.map(({ connection }) => connection)).size).toBe(3);
  expect(ended[0]).toBe("/0");
});

test("limit() lets more or fewer connections be open from then on, and cuts none", async () => {
  const held = defer();
  const closed = defer();
  const server = await startRawServer(({ socket, path }) => {
    socket.once("close", () => closed.resolve());
    held.promise.then(() => socket.write(withLength(path)));
  });
  const wire = openWire();
  wire.limit(1);
  const all = Promise.all(["/1", "/2", "/3", "/4"].map((path) => getText(wire, server.origin + path)));
  wire.limit(3);
  wire.limit(2);
  held.resolve();
  expect((await all).map(({ text: body }) => body)).toEqual(["/1", "/2", "/3", "/4"]);
  expect(new Set(server.requests.map(({ connection }) => connection)).size).toBe(3);
  await closed.promise;
  expect(server.open.size).toBe(2);
  await getText(wire, `${server.origin}/5`);
  expect(new Set(server.requests.map(({ connection }) => connection)).size).toBe(3);
  expect(() => wire.limit(0)).toThrow(RangeError);
});

test("get() says why there is no connection", async () => {
  const refusing = await findRefusingOrigin();
  const wire = openWire();
  const error = await rejectionOf(getText(wire, `${refusing}/x`));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ url: `${refusing}/x`, attempts: 1, method: "GET" });
  expect((error as Error).message).toContain("the connection was refused");
  const unknown = await rejectionOf(getText(wire, "http://nowhere.invalid/"));
  expect((unknown as Error).message).toMatch(/the host name (was not found|could not be looked up)/);
});

test("get() sends once more what a kept connection had no answer to, and no oftener", async () => {
  const server = await startRawServer(({ socket, nth, path }) => {
    if (nth === 1 && path !== "/never") socket.write(withLength(path));
    else socket.destroy();
  });
  const wire = openWire();
  wire.limit(1);
  expect((await getText(wire, `${server.origin}/1`)).text).toBe("/1");
  expect((await getText(wire, `${server.origin}/2`)).text).toBe("/2");
  expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  const error = await rejectionOf(getText(wire, `${server.origin}/never`));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(server.requests.slice(3)).toHaveLength(2);
  const fresh = await rejectionOf(getText(wire, `${server.origin}/never`));
  expect(fresh).toBeInstanceOf(ConnectionError);
  expect(server.requests.slice(5)).toHaveLength(1);
});

test("get() does not send again what was answered in part", async () => {
  const server = await startRawServer(({ socket, nth }) => {
    if (nth === 1) socket.write(withLength("first"));
    else socket.end("HTTP/1.1 200");
  });
  const wire = openWire();
  await getText(wire, `${server.origin}/1`);
  expect(await rejectionOf(getText(wire, `${server.origin}/2`))).toBeInstanceOf(ConnectionError);
  expect(server.requests).toHaveLength(2);
});

test("get() uses no connection again whose answer says so, or could be read in two ways", async () => {
  const answers: Record<string, string> = {
    "/close": withLength("a", "Connection: close"),
    "/old": "HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\na",
    "/both": "HTTP/1.1 200 OK\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
    "/kept": "HTTP/1.0 200 OK\r\ncontent-length: 1\r\nconnection: keep-alive\r\n\r\na",
  };
  const server = await startRawServer(({ socket, path }) => socket.write(answers[path] ?? ""));
  const wire = openWire();
  wire.limit(1);
  for (const path of ["/close", "/old", "/both", "/kept", "/kept"]) {
    expect((await getText(wire, server.origin + path)).text).toBe("a");
  }
  expect(server.requests.map(({ connection }) => connection)).toEqual([1, 2, 3, 4, 4]);
});

test("close() rejects what is under way, waits or comes later, and leaves no connection", async () => {
  const arrived = defer();
  const gone = defer();
  const server = await startRawServer(({ socket }) => {
    socket.on("close", () => gone.resolve());
    arrived.resolve();
  });
  const wire = createSocketWire();
  wire.limit(1);
  const all = ["/1", "/2"].map((path) => rejectionOf(getText(wire, server.origin + path)));
  await arrived.promise;
  wire.close();
  all.push(rejectionOf(getText(wire, `${server.origin}/3`)));
  for (const error of await Promise.all(all)) {
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toContain("its connections were closed");
  }
  await gone.promise;
  expect(server.requests).toHaveLength(1);
});

test("capacity() is that of the connections, times what each may carry", async () => {
  expect(openWire().capacity(8)).toBe(8);
  expect(openWire({ pipelining: 3 }).capacity(8)).toBe(24);
  for (const pipelining of [0, 1.5, -1]) expect(() => createSocketWire({ pipelining })).toThrow(RangeError);
});

test("get() takes a failure of whoever opens or fills the sink as it is", async () => {
  const server = await startFaultServer({ "/x": inTurn(text(200, "hello")) });
  const wire = openWire();
  const url = `${server.origin}/x`;
  const failure = new Error("disk full");
  const fail = (): never => {
    throw failure;
  };
  const opens = [
    fail,
    () => Promise.reject(failure),
    () => ({ write: fail }),
    () => ({ write: () => Promise.reject(failure) }),
  ];
  for (const open of opens) expect(await rejectionOf(wire.get(askFor(url), open))).toBe(failure);
  expect((await getText(wire, url)).text).toBe("hello");
});

/** Whether this machine has a loopback address of IPv6. */
const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === "::1"));

test.skipIf(!hasIpv6)("get() reaches an address of IPv6", async () => {
  const server = createServer((request, response) => response.end(request.headers.host));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, "::1");
  await once(server, "listening");
  // A TCP server's address is of this kind.
  const host = `[::1]:${(server.address() as AddressInfo).port}`;
  expect((await getText(openWire(), `http://${host}/`)).text).toBe(host);
});

test("get() opens no connection for what the same signal ends", async () => {
  const arrived = defer();
  const server = await startRawServer(() => arrived.resolve());
  const wire = openWire();
  wire.limit(1);
  const controller = new AbortController();
  const { signal } = controller;
  const failed = ["/1", "/2", "/3"].map((path) => rejectionOf(getText(wire, server.origin + path, { signal })));
  await arrived.promise;
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await Promise.all(failed)).toEqual([reason, reason, reason]);
  expect(server.requests.map(({ connection, path }) => [connection, path])).toEqual([[1, "/1"]]);
});

test("get() keeps no idle connection for ever", async () => {
  fakeTime();
  const gone = defer();
  const server = await startRawServer(({ socket }) => {
    socket.on("close", () => gone.resolve());
    socket.write(withLength("x"));
  });
  const wire = openWire();
  await getText(wire, server.origin);
  vi.advanceTimersByTime(25_000);
  await getText(wire, server.origin);
  expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1]);
  vi.advanceTimersByTime(35_000);
  await gone.promise;
  expect((await getText(wire, server.origin)).text).toBe("x");
});
