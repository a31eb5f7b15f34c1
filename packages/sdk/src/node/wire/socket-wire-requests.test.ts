import { expect, test } from "vitest";
import { redirect, rejectionOf, startFaultServer, text } from "../../../../../tests/support/fault-server.ts";
import { closing, getText, startRawServer, withLength } from "../../../../../tests/support/wire-kit.ts";
import { HttpError, TooManyRedirectsError } from "../../errors.ts";
import { createSocketWire } from "./socket-wire.ts";
import type { Wire } from "./wire.ts";

function openWire(): Wire {
  return closing(createSocketWire());
}

test("get() follows redirects, and says which", async () => {
  const server = await startFaultServer({
    "/a": redirect(302, "/b?x"),
    "/b": redirect(307, "c"),
    "/c": text(200, "there"),
  });
  const { head, text: body } = await getText(openWire(), `${server.origin}/a`);
  expect(body).toBe("there");
  expect(head.url).toBe(`${server.origin}/c`);
  expect(head.history).toMatchObject([
    { status: 302, url: `${server.origin}/a` },
    { status: 307, url: `${server.origin}/b?x` },
  ]);
});

test("get() tells another origin nothing of who asks", async () => {
  const there = await startRawServer(({ socket }) => socket.write(withLength("there")));
  const here = await startFaultServer({ "/a": redirect(301, "/b"), "/b": redirect(301, `${there.origin}/c`) });
  const headers = { accept: "image/jpeg", authorization: "me", cookie: "c", range: "bytes=1-", "x-own": "1" };
  await getText(openWire(), `${here.origin}/a`, { headers });
  expect(here.requests[1]?.headers).toMatchObject(headers);
  const sent = there.requests[0]?.head.split("\r\n").map((line) => line.split(":", 1)[0]);
  expect(sent?.slice(1)).toEqual(["host", "accept", "accept-encoding", "range"]);
});

test("get() ends a loop of redirects, and one that leads nowhere", async () => {
  const server = await startFaultServer({
    "/loop": redirect(302, "/loop"),
    "/file": redirect(302, "file:///etc/passwd"),
    "/user": redirect(302, "http://me:secret@127.0.0.1/"),
    "/none": (response) => response.writeHead(302).end("no location"),
  });
  const wire = openWire();
  const loop = await rejectionOf(getText(wire, `${server.origin}/loop`, { maxRedirects: 3 }));
  expect(loop).toBeInstanceOf(TooManyRedirectsError);
  expect(server.paths).toHaveLength(4);
  expect(await rejectionOf(getText(wire, `${server.origin}/loop`, { maxRedirects: 0 }))).toMatchObject({
    history: [{ status: 302 }],
  });
  for (const path of ["/file", "/user"]) {
    const error = await rejectionOf(getText(wire, server.origin + path));
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ status: 302 });
  }
  expect((await getText(wire, `${server.origin}/none`)).text).toBe("no location");
});

test.each([
  ["ftp://127.0.0.1/", "its scheme is ftp"],
  ["file:///etc/passwd", "its scheme is file"],
  ["/x", "it is not a URL"],
  ["http://me:secret@127.0.0.1/x", "user name or password"],
])("get() refuses the URL %j before anything is sent", async (url, words) => {
  const error = await rejectionOf(getText(openWire(), url));
  expect(error).toBeInstanceOf(TypeError);
  expect((error as Error).message).toContain(words);
  expect((error as Error).message).not.toContain("secret");
});

test.each([
  { "x-a": "1\r\nx-b: 2" },
  { "x-a": "1\0" },
  { "x-a": "\u0100" },
  { "X-A": "1" },
  { "x a": "1" },
  { "": "1" },
  { host: "elsewhere" },
  { connection: "close" },
  { "content-length": "5" },
  { "transfer-encoding": "chunked" },
])("get() refuses the header %j before anything is sent", async (headers) => {
  const error = await rejectionOf(getText(openWire(), "http://127.0.0.1:1/", { headers }));
  expect(error).toBeInstanceOf(TypeError);
});
