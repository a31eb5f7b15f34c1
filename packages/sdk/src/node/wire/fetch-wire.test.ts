import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import {
  defer,
  redirect,
  rejectionOf,
  silence,
  stall,
  startFaultServer,
  text,
} from "../../../../../tests/support/fault-server.ts";
import { askFor, closing, fakeTime, getText } from "../../../../../tests/support/wire-kit.ts";
import { ConnectionError, TimeoutError } from "../../errors.ts";
import type { FetchLike } from "../../http/options.ts";
import { createFetchWire } from "./fetch-wire.ts";
import type { Wire } from "./wire.ts";

function openWire(fetch: FetchLike = globalThis.fetch): Wire {
  return closing(createFetchWire(fetch));
}

test("get() gives head and body by the fetch given, and follows redirects itself", async () => {
  const server = await startFaultServer({
    "/a": redirect(302, "/b"),
    "/b": text(200, "there", { etag: "x" }),
    "/gzip": (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("small")),
    "/none": (response) => response.writeHead(204).end(),
  });
  const wire = openWire();
  const { head, text: body } = await getText(wire, `${server.origin}/a`, { headers: { range: "bytes=0-" } });
  expect(body).toBe("there");
  expect(head).toMatchObject({ status: 200, url: `${server.origin}/b`, history: [{ status: 302 }] });
  expect(head.headers.get("etag")).toBe("x");
  expect(server.requests[1]?.headers).toMatchObject({ range: "bytes=0-" });
  expect((await getText(wire, `${server.origin}/gzip`)).text).toBe("small");
  expect((await getText(wire, `${server.origin}/none`)).text).toBe("");
  expect((await wire.get(askFor(`${server.origin}/x`), () => undefined)).status).toBe(404);
});

test("get() keeps to the limit, in order", async () => {
  const started: string[] = [];
  const goes: (() => void)[] = [];
  const wire = openWire(async (url) => {
    started.push(new URL(url).pathname);
    await new Promise<void>((resolve) => goes.push(resolve));
    return new Response("x");
  });
  wire.limit(2);
  expect(wire.capacity(2)).toBe(2);
  const all = ["/1", "/2", "/3", "/4", "/5"].map((path) => getText(wire, `http://atlas.test${path}`));
  expect(started).toEqual(["/1", "/2"]);
  goes[0]?.();
  await all[0];
  expect(started).toEqual(["/1", "/2", "/3"]);
  wire.limit(3);
  expect(started).toEqual(["/1", "/2", "/3", "/4"]);
  goes[1]?.();
  goes[2]?.();
  goes[3]?.();
  await Promise.all(all.slice(0, 4));
  goes[4]?.();
  expect((await all[4])?.text).toBe("x");
});

test("get() waits for its sink before it reads on", async () => {
  const ready = defer();
  let pulls = 0;
  const body = (): ReadableStream =>
    new ReadableStream({
      pull(controller) {
        pulls += 1;
        if (pulls > 100) controller.close();
        else controller.enqueue(new Uint8Array(1000));
      },
    });
  const wire = openWire(async () => new Response(body()));
  const first = defer();
  let received = 0;
  const got = wire.get(askFor("http://atlas.test/"), () => ({
    write(bytes) {
      received += bytes.length;
      first.resolve();
      return ready.promise;
    },
  }));
  await first.promise;
  await new Promise((resolve) => setImmediate(resolve));
  expect(received).toBe(1000);
  expect(pulls).toBeLessThan(4);
  ready.resolve();
  await got;
  expect(received).toBe(100_000);
});

test("get() rejects with an error of the family, or the sink's own", async () => {
  const server = await startFaultServer({
    "/silent": silence,
    "/stalls": stall,
    "/short": (response) => {
      response.writeHead(200, { "content-length": "9" });
      response.write("four", () => response.destroy());
    },
    "/x": text(200, "hello"),
  });
  const wire = openWire();
  const get = (path: string): Promise<unknown> => rejectionOf(getText(wire, server.origin + path, { timeoutMs: 40 }));
  for (const path of ["/silent", "/stalls"]) {
    const error = await get(path);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ timeoutMs: 40, url: server.origin + path, attempts: 1 });
  }
  expect(await get("/short")).toBeInstanceOf(ConnectionError);
  const lying = openWire(async () => new Response("four", { headers: { "content-length": "9" } }));
  expect(await rejectionOf(getText(lying, "http://atlas.test/"))).toMatchObject({
    code: "ATLAS_CONNECTION",
    message: expect.stringContaining("the body ended after 4 of 9 bytes"),
  });
  const failure = new Error("disk full");
  const write = (): Promise<void> => Promise.reject(failure);
  expect(await rejectionOf(wire.get(askFor(`${server.origin}/x`), () => ({ write })))).toBe(failure);
  expect(await rejectionOf(getText(wire, "file:///x"))).toBeInstanceOf(TypeError);
});

test("get() rejects with the signal's reason, even if the fetch does not watch it, and its place is free again", async () => {
  const reason = new Error("enough");
  let calls = 0;
  const wire = openWire(() => {
    calls += 1;
    return calls === 1 ? new Promise(() => {}) : Promise.resolve(new Response(Buffer.from("x")));
  });
  wire.limit(1);
  const controller = new AbortController();
  const { signal } = controller;
  const stuck = rejectionOf(getText(wire, "http://atlas.test/1", { signal }));
  const waiting = rejectionOf(getText(wire, "http://atlas.test/2", { signal }));
  const next = getText(wire, "http://atlas.test/3");
  controller.abort(reason);
  expect(await stuck).toBe(reason);
  expect(await waiting).toBe(reason);
  expect((await next).text).toBe("x");
  expect(calls).toBe(2);
});

test("close() rejects what is under way or comes later", async () => {
  const wire = createFetchWire(() => new Promise(() => {}));
  const underway = rejectionOf(getText(wire, "http://atlas.test/"));
  wire.close();
  const later = rejectionOf(getText(wire, "http://atlas.test/"));
  for (const error of await Promise.all([underway, later])) {
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toContain("its connections were closed");
  }
});

test("get() lets go of a body whose sink cannot be opened, though its fetch heeds no signal", async () => {
  const gone = defer();
  const body = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(100_000)), cancel: () => gone.resolve() });
  const wire = openWire(() => Promise.resolve(new Response(body)));
  const failure = new Error("no room");
  const open = (): never => {
    throw failure;
  };
  expect(await rejectionOf(wire.get(askFor("http://atlas.test/a"), open))).toBe(failure);
  await gone.promise;
});

test("limit() is that of an origin where it names one", () => {
  const started: string[] = [];
  const wire = openWire((url) => {
    started.push(url);
    return new Promise(() => {});
  });
  wire.limit(2);
  wire.limit(1, "http://narrow.test");
  for (const host of ["narrow", "wide"]) {
    for (const path of ["/1", "/2", "/3"]) getText(wire, `http://${host}.test${path}`).catch(() => {});
  }
  expect(started).toEqual(["http://narrow.test/1", "http://wide.test/1", "http://wide.test/2"]);
  wire.unlimit("http://narrow.test");
  wire.limit(2);
  expect(started.at(-1)).toBe("http://narrow.test/2");
});

test("get() rejects with a ConnectionError when a body comes slower than it has to", async () => {
  fakeTime();
  let pulls = 0;
  const body = new ReadableStream({
    pull: (to) => {
      pulls += 1;
      vi.advanceTimersByTime(10_000);
      if (pulls < 20) to.enqueue(new Uint8Array(1));
      else to.close();
    },
  });
  const wire = openWire(() => Promise.resolve(new Response(body)));
  const error = await rejectionOf(getText(wire, "http://atlas.test/a", { minBytesPerSecond: 1 }));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(String(error)).toContain("the body came slower than 1 bytes a second");
});
