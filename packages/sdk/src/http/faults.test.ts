import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import {
  type Answer,
  findRefusingOrigin,
  inTurn,
  JPEG_BYTES,
  redirect,
  rejectionOf,
  silence,
  stall,
  startFaultServer,
  startTcpServer,
  text,
} from "../../../../tests/support/fault-server.ts";
import { BrainAtlas } from "../client/brain-atlas.ts";
import type { BrainAtlasOptions } from "../client/options.ts";
import {
  ConnectionError,
  DecodeError,
  HttpError,
  NotMirroredError,
  TimeoutError,
  TooManyRedirectsError,
} from "../errors.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** A client that tries again at once. */
function clientOf(baseUrl: string, options: BrainAtlasOptions = {}): BrainAtlas {
  return new BrainAtlas({ baseUrl, backoffMs: 1, ...options });
}

async function serve(answer: Answer, options?: BrainAtlasOptions) {
  const server = await startFaultServer({ "/x": answer });
  return { server, url: `${server.origin}/x`, client: clientOf(server.origin, options) };
}

test("get() rejects with a ConnectionError when the host name is not found", async () => {
  const error = await rejectionOf(clientOf("http://nowhere.invalid", { retries: 1 }).get("/x"));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({
    name: "ConnectionError",
    code: "ATLAS_CONNECTION",
    method: "GET",
    url: "http://nowhere.invalid/x",
    attempts: 2,
  });
  expect((error as Error).cause).toBeInstanceOf(TypeError);
  expect((error as Error).message).toMatch(
    /^Cannot GET http:\/\/nowhere\.invalid\/x: the host name (was not found|could not be looked up) after 2 attempts; check the network and the address, or use a mirror$/,
  );
});

test("get() rejects with a ConnectionError when the connection is refused", async () => {
  const origin = await findRefusingOrigin();
  const error = await rejectionOf(clientOf(origin, { retries: 0 }).get("/x"));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "ATLAS_CONNECTION", method: "GET", url: `${origin}/x`, attempts: 1 });
  expect(error).toHaveProperty(
    "message",
    `Cannot GET ${origin}/x: the connection was refused; check the network and the address, or use a mirror`,
  );
});

test("get() rejects with a ConnectionError when the connection is reset in the middle of a body", async () => {
  const { server, url, client } = await serve(
    (response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("the first words", () => response.socket?.resetAndDestroy());
    },
    { retries: 2 },
  );
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "ATLAS_CONNECTION", method: "GET", url, attempts: 3 });
  expect((error as Error).message).toContain(
    `Cannot GET ${url}: the connection was broken off after 3 attempts; check`,
  );
  expect(server.paths).toEqual(["/x", "/x", "/x"]);
});

test("get() rejects with a ConnectionError when the body is shorter than its promised length", async () => {
  const { url, client } = await serve(
    (response) => {
      response.writeHead(200, { "content-length": "1000", connection: "close" });
      response.write("the first words", () => response.socket?.end());
    },
    { retries: 0 },
  );
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "ATLAS_CONNECTION", method: "GET", url, attempts: 1 });
  expect((error as Error).message).toMatch(
    /: the (connection was broken off|body ended before its promised length); check/,
  );
});

test("get() rejects with a ConnectionError when an injected fetch hands on a short body", async () => {
  const fetch = async () => new Response("four", { headers: { "content-length": "9" } });
  const error = await rejectionOf(clientOf("http://atlas.test", { fetch, retries: 0 }).get("/x"));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toHaveProperty(
    "message",
    "Cannot GET http://atlas.test/x: the body ended after 4 of 9 bytes; check the network and the address, or use a mirror",
  );
});

test("get() rejects with a ConnectionError when the answer is not HTTP", async () => {
  const origin = await startTcpServer((socket) => socket.once("data", () => socket.end("220 mail.test ESMTP\r\n\r\n")));
  const error = await rejectionOf(clientOf(origin, { retries: 0 }).get("/x"));
  expect(error).toBeInstanceOf(ConnectionError);
  expect((error as Error).message).toMatch(/^Cannot GET http:\/\/127.*: no answer arrived \(.+\); check the network/);
});

test("get() rejects with a ConnectionError when the server closes without an answer", async () => {
  const origin = await startTcpServer((socket) => socket.once("data", () => socket.end()));
  const error = await rejectionOf(clientOf(origin, { retries: 0 }).get("/x"));
  expect(error).toBeInstanceOf(ConnectionError);
  expect((error as Error).message).toContain("the connection was broken off");
});

test("get() rejects with a TimeoutError of the attempt when no headers come", async () => {
  const { url, client } = await serve(silence, { timeoutMs: 20, retries: 1 });
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({
    code: "ATLAS_TIMEOUT",
    method: "GET",
    url,
    attempts: 2,
    timeoutMs: 20,
    scope: "attempt",
  });
  expect(error).toHaveProperty(
    "message",
    `Cannot GET ${url}: no complete answer within 20 ms after 2 attempts; raise timeoutMs, or ask for less`,
  );
});

test("get() rejects with a TimeoutError of the attempt when the body stalls", async () => {
  const { url, client } = await serve(stall, { timeoutMs: 40, retries: 0 });
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({
    code: "ATLAS_TIMEOUT",
    method: "GET",
    url,
    attempts: 1,
    timeoutMs: 40,
    scope: "attempt",
  });
});

test("get() rejects with a TimeoutError of the whole when the body stalls", async () => {
  const { url, client } = await serve(stall, { timeoutMs: Number.POSITIVE_INFINITY, totalTimeoutMs: 40 });
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({
    code: "ATLAS_TIMEOUT",
    method: "GET",
    url,
    attempts: 1,
    timeoutMs: 40,
    scope: "total",
  });
  expect((error as Error).message).toContain("; raise totalTimeoutMs, or ask for less");
});

test("get() rejects with a TimeoutError of the whole when it passes in a back-off", async () => {
  vi.spyOn(Math, "random").mockReturnValue(1);
  const { server, url, client } = await serve(text(503, "later"), {
    backoffMs: 60_000,
    maxBackoffMs: 60_000,
    totalTimeoutMs: 100,
  });
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ url, attempts: 1, timeoutMs: 100, scope: "total" });
  expect(server.paths).toHaveLength(1);
});

test("get() rejects with an HttpError for 404, at once", async () => {
  const { server, url, client } = await serve(text(404, "no such image"));
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(HttpError);
  expect(error).toMatchObject({
    name: "HttpError",
    code: "ATLAS_HTTP",
    method: "GET",
    url,
    attempts: 1,
    status: 404,
    statusText: "Not Found",
    history: [],
    bodyExcerpt: "no such image",
    retryAfterMs: undefined,
  });
  expect(error).toHaveProperty(
    "message",
    `Cannot GET ${url}: the server answered 404 Not Found, saying "no such image"; check the id and the service`,
  );
  expect((error as HttpError).headers.get("Content-Type")).toBe("text/plain");
  expect(server.paths).toHaveLength(1);
});

test("get() quotes only the start of a body, and of an envelope its message", async () => {
  const server = await startFaultServer({
    "/long": text(400, "x".repeat(5000)),
    "/envelope": (response) =>
      response
        .writeHead(400, { "content-type": "application/json" })
        .end(JSON.stringify({ success: false, msg: 'bad "criteria"', rows: "y".repeat(900) })),
    "/bytes": (response) => response.writeHead(400, { "content-type": "image/jpeg" }).end(JPEG_BYTES),
    "/odd": text(418, ""),
  });
  const client = clientOf(server.origin);
  expect(await rejectionOf(client.get("/long"))).toHaveProperty("bodyExcerpt", "x".repeat(500));
  expect((await rejectionOf(client.get("/long"))) as Error).toHaveProperty(
    "message",
    expect.stringContaining(`${"x".repeat(159)}…"`),
  );
  expect(await rejectionOf(client.get("/envelope"))).toHaveProperty("bodyExcerpt", 'bad "criteria"');
  expect(await rejectionOf(client.get("/bytes"))).toHaveProperty("bodyExcerpt", "");
  expect((await rejectionOf(client.get("/odd"))) as Error).toHaveProperty(
    "message",
    `Cannot GET ${server.origin}/odd: the server answered 418 Unknown Status; correct the request`,
  );
});

test("get() tries again after 500", async () => {
  const { server, client } = await serve(inTurn(text(500, "oops"), text(200, "fine")));
  const response = await client.get("/x");
  expect(response.text()).toBe("fine");
  expect(response.attempts).toBe(2);
  expect(server.paths).toHaveLength(2);
});

test("get() rejects with an HttpError when 500 stays", async () => {
  const { server, url, client } = await serve(text(500, "oops"), { retries: 2 });
  const error = await rejectionOf(client.get("/x"));
  expect(error).toMatchObject({ code: "ATLAS_HTTP", status: 500, attempts: 3, url });
  expect((error as Error).message).toContain(
    '500 Internal Server Error, saying "oops" after 3 attempts; the server is at fault',
  );
  expect(server.paths).toHaveLength(3);
});

test.each([
  ["in seconds", () => "0"],
  ["as a date gone by", () => new Date(0).toUTCString()],
])("get() obeys a Retry-After %s", async (_, retryAfter) => {
  const delays: number[] = [];
  const { client } = await serve(inTurn(text(429, "", { "retry-after": retryAfter() }), text(200, "fine")), {
    backoffMs: 60_000,
    onEvent: (event) => {
      if (event.type === "retry") delays.push(event.delayMs);
    },
  });
  expect((await client.get("/x")).attempts).toBe(2);
  expect(delays).toEqual([0]);
});

test.each([429, 503])("get() ends at once when %i asks to wait longer than maxBackoffMs", async (status) => {
  const { server, url, client } = await serve(text(status, "busy", { "retry-after": "120" }));
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(HttpError);
  expect(error).toMatchObject({ status, attempts: 1, retryAfterMs: 120_000, url });
  expect((error as Error).message).toMatch(/; try again in 120 s$/);
  expect(server.paths).toHaveLength(1);
});

test("get() rejects with a TooManyRedirectsError in a loop", async () => {
  const server = await startFaultServer({ "/a": redirect(302, "/b"), "/b": redirect(301, "/a") });
  const error = await rejectionOf(clientOf(server.origin, { maxRedirects: 3 }).get("/a"));
  expect(error).toBeInstanceOf(TooManyRedirectsError);
  expect(error).toMatchObject({ code: "ATLAS_REDIRECTS", method: "GET", url: `${server.origin}/b`, attempts: 1 });
  const { history } = error as TooManyRedirectsError;
  expect(history.map((hop) => [hop.status, hop.url])).toEqual([
    [302, `${server.origin}/a`],
    [301, `${server.origin}/b`],
    [302, `${server.origin}/a`],
    [301, `${server.origin}/b`],
  ]);
  expect(error).toHaveProperty(
    "message",
    `Cannot GET ${server.origin}/b: more than 3 redirects, in a loop; the server is at fault`,
  );
  expect(server.paths).toHaveLength(4);
});

test("get() follows as many redirects as maxRedirects, and no more", async () => {
  const server = await startFaultServer({
    "/a": redirect(307, "/b"),
    "/b": redirect(308, "/c"),
    "/c": text(200, "end"),
  });
  expect((await clientOf(server.origin, { maxRedirects: 2 }).get("/a")).text()).toBe("end");
  const one = await rejectionOf(clientOf(server.origin, { maxRedirects: 1 }).get("/a"));
  expect(one).toHaveProperty(
    "message",
    `Cannot GET ${server.origin}/b: more than 1 redirects; raise maxRedirects if they are wanted`,
  );
  const none = await rejectionOf(clientOf(server.origin, { maxRedirects: 0 }).get("/a"));
  expect(none).toMatchObject({ code: "ATLAS_REDIRECTS", url: `${server.origin}/a` });
});

test.each(["ftp://127.0.0.1/x", "file:///etc/passwd", "data:text/plain,x", "javascript:alert(1)"])(
  "get() refuses a redirect to %s",
  async (location) => {
    const { server, url, client } = await serve(redirect(302, location));
    const error = await rejectionOf(client.get("/x"));
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ code: "ATLAS_HTTP", status: 302, url, attempts: 1, history: [], bodyExcerpt: "" });
    expect(error).toHaveProperty(
      "message",
      `Cannot GET ${url}: the server answered 302 Found, leading to "${location}", and only http and https are followed; give the address that it leads to, if that is meant`,
    );
    expect(server.paths).toHaveLength(1);
  },
);

test("get() refuses a redirect from https to http on another host", async () => {
  const fetch = async () => new Response(null, { status: 302, headers: { location: "http://elsewhere.test/x" } });
  const error = await rejectionOf(clientOf("https://atlas.test", { fetch }).get("/x"));
  expect(error).toMatchObject({ code: "ATLAS_HTTP", status: 302, url: "https://atlas.test/x" });
  expect((error as Error).message).toContain(
    'leading to "http://elsewhere.test/x", from https to http on another host;',
  );
});

test("get() takes a failed hop's own URL into the error", async () => {
  const gone = await findRefusingOrigin();
  const { client } = await serve(redirect(302, `${gone}/y`), { retries: 0 });
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ url: `${gone}/y`, method: "GET" });
});

test("get() takes the redirects before a failing status into the error", async () => {
  const server = await startFaultServer({ "/a": redirect(302, "/gone") });
  const error = await rejectionOf(clientOf(server.origin).get("/a"));
  expect(error).toMatchObject({ status: 404, url: `${server.origin}/gone` });
  expect((error as HttpError).history).toMatchObject([{ status: 302, url: `${server.origin}/a` }]);
});

test("download() rejects with a DecodeError when HTML comes with 200", async () => {
  const server = await startFaultServer({
    "/api/v2/atlas_image_download/1": text(200, "<html>down for maintenance</html>", {
      "content-type": "text/html; charset=utf-8",
    }),
    "/api/v2/atlas_image_download/2": (response) => response.writeHead(200).end("?"),
  });
  const client = clientOf(server.origin);
  const error = await rejectionOf(client.atlasImage(1).download());
  expect(error).toBeInstanceOf(DecodeError);
  expect(error).toMatchObject({
    code: "ATLAS_DECODE",
    at: "content-type",
    expected: "image/jpeg",
    url: `${server.origin}/api/v2/atlas_image_download/1`,
  });
  expect(error).toHaveProperty(
    "message",
    `Cannot decode the picture from ${server.origin}/api/v2/atlas_image_download/1: content-type holds text/html; expected image/jpeg`,
  );
  expect(await rejectionOf(client.atlasImage(2).download())).toHaveProperty(
    "message",
    expect.stringContaining("holds no type"),
  );
});

test("download() rejects with a DecodeError when the JPEG is truncated or none", async () => {
  const server = await startFaultServer({
    "/api/v2/section_image_download/1": picture(JPEG_BYTES.subarray(0, 6)),
    "/api/v2/section_image_download/2": picture(new TextEncoder().encode("GIF89a")),
    "/api/v2/section_image_download/3": picture(new Uint8Array(0)),
    "/api/v2/section_image_download/4": picture(JPEG_BYTES),
  });
  const client = clientOf(server.origin);
  const truncated = await rejectionOf(client.sectionImage(1).download());
  expect(truncated).toMatchObject({ code: "ATLAS_DECODE", at: 6, expected: "the end of a JPEG (FF D9)" });
  expect((truncated as Error).message).toContain(`${server.origin}/api/v2/section_image_download/1: byte 6 holds`);
  expect(await rejectionOf(client.sectionImage(2).download())).toMatchObject({
    at: 0,
    message: expect.stringContaining("47 49 46 38"),
  });
  expect(await rejectionOf(client.sectionImage(3).download())).toMatchObject({
    at: 0,
    message: expect.stringContaining("nothing"),
  });
  expect((await client.sectionImage(4).download()).bytes()).toEqual(JPEG_BYTES);
});

test("json() rejects with a DecodeError when the body is not JSON", async () => {
  const { url, client } = await serve(text(200, "<html>maintenance</html>"));
  const response = await client.get("/x");
  expect(() => response.json()).toThrow(DecodeError);
  expect(() => response.json()).toThrow(
    `Cannot decode JSON from ${url}: byte 0 holds "<html>maintenance</html>"; expected a JSON document`,
  );
});

test("get() ends an endless body at maxBodyBytes, on the server too", async () => {
  let closed: Promise<unknown> | undefined;
  const { url, client } = await serve(
    (response) => {
      closed = once(response, "close");
      response.writeHead(200);
      const fill = (): void => {
        while (response.write("x".repeat(16_384)));
      };
      response.on("drain", fill);
      fill();
    },
    { maxBodyBytes: 100_000 },
  );
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(DecodeError);
  expect(error).toMatchObject({ code: "ATLAS_DECODE", at: 100_000, url });
  expect(error).toHaveProperty(
    "message",
    `Cannot decode the body from ${url}: byte 100000 holds more; expected at most 100000 bytes, the limit of maxBodyBytes`,
  );
  await closed;
});

test("get() reads nothing of a body whose promised length is over maxBodyBytes", async () => {
  let closed: Promise<unknown> | undefined;
  const { server, client } = await serve((response) => {
    closed = once(response, "close");
    response.writeHead(200, { "content-length": "1000000000" });
    response.write("the first words");
  });
  const error = await rejectionOf(client.get("/x", { maxBodyBytes: 999_999_999 }));
  expect(error).toMatchObject({ code: "ATLAS_DECODE", at: 999_999_999 });
  await closed;
  expect(server.paths).toHaveLength(1);
});

test("get() takes a body of exactly maxBodyBytes", async () => {
  const { client } = await serve(text(200, "12345"), { maxBodyBytes: 5 });
  expect((await client.get("/x")).bytes()).toHaveLength(5);
});

test("get() unpacks gzip, and counts maxBodyBytes after it", async () => {
  const words = "all the same ".repeat(1000);
  const server = await startFaultServer({
    "/small": packed(gzipSync(words)),
    "/bomb": packed(gzipSync(Buffer.alloc(20_000_000))),
  });
  const client = clientOf(server.origin, { maxBodyBytes: 1_000_000 });
  expect((await client.get("/small")).text()).toBe(words);
  const error = await rejectionOf(client.get("/bomb"));
  expect(error).toMatchObject({ code: "ATLAS_DECODE", at: 1_000_000, url: `${server.origin}/bomb` });
});

test("get() rejects with a ConnectionError when gzip is broken", async () => {
  const { client } = await serve(packed(Buffer.from("this is no gzip")), { retries: 0 });
  expect(await rejectionOf(client.get("/x"))).toBeInstanceOf(ConnectionError);
});

test("get() rejects with a NotMirroredError when a mirror says so", async () => {
  const { url, client } = await serve(
    text(404, "experiment 1 is not stored", { "x-brainatlas-reason": "not-mirrored" }),
  );
  const error = await rejectionOf(client.get("/x"));
  expect(error).toBeInstanceOf(NotMirroredError);
  expect(error).toMatchObject({ name: "NotMirroredError", code: "ATLAS_NOT_MIRRORED", url });
  expect(error).toHaveProperty(
    "message",
    `Cannot get ${url}: experiment 1 is not stored; ask for what it holds, or import it into its store`,
  );
});

function picture(bytes: Uint8Array): Answer {
  return (response) => response.writeHead(200, { "content-type": "image/jpeg" }).end(bytes);
}

function packed(bytes: Uint8Array): Answer {
  return (response) =>
    response
      .writeHead(200, { "content-type": "text/plain", "content-encoding": "gzip", "content-length": bytes.length })
      .end(bytes);
}
