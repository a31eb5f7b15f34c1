import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { type Answer, redirect, text } from "../../../../tests/support/fault-server.ts";
import { bytes, jpeg, source, startRig } from "../../../../tests/support/read-through.ts";

const IMAGE = "/cgi-bin/imageservice";
const PICTURE = `${IMAGE}?path=/external/a.aff&downsample=4`;
const FILE = "/api/v2/well_known_file_download/7";

test("a read-through answers HEAD by HEAD, and from what is held", async () => {
  const { server, get } = await startRig({ [IMAGE]: jpeg() });
  const first = await get(PICTURE, { method: "HEAD" });
  expect([first.status, source(first), first.headers.get("content-length")]).toEqual([200, "passed", "9"]);
  await get(PICTURE);
  const second = await get(PICTURE, { method: "HEAD" });
  expect([second.status, source(second)]).toEqual([200, "stored"]);
  expect(server.requests.map(({ method }) => method)).toEqual(["HEAD", "GET"]);
});

test("a part of a file that is not held is asked for as that, and not kept", async () => {
  const part: Answer = (response, { headers }) => {
    if (headers.range !== "bytes=2-3") throw new Error("It asks for another part");
    response.writeHead(206, { "content-range": "bytes 2-3/5", "content-length": "2", etag: '"one"' }).end("cd");
  };
  const { get, server, store } = await startRig({ [FILE]: part });
  const response = await get(FILE, { headers: { range: "bytes=2-3", "if-range": '"one"' } });
  expect([response.status, source(response), await response.text()]).toEqual([206, "passed", "cd"]);
  expect(response.headers.get("content-range")).toBe("bytes 2-3/5");
  expect(server.requests[0]?.headers["if-range"]).toBe('"one"');
  expect((await store.info()).entries.file).toBe(0);
});

const RANGE = { headers: { range: "bytes=0-9" } };
const page = bytes("<html>Down for maintenance</html>", "text/html");

test.each([
  ["a part", FILE, RANGE, "page for people"],
  ["a head", PICTURE, { method: "HEAD" }, ""],
])("a page instead of %s is a failure", async (_, path, init, words) => {
  const { get } = await startRig({ [path.replace(/\?.*/, "")]: page });
  const response = await get(path, init);
  expect([502, 503]).toContain(response.status);
  expect(response.headers.get("x-brainatlas-reason")).toBe("upstream-failed");
  expect(await response.text()).toContain(words);
});

test("the whole instead of a part is handed on when it is data", async () => {
  const whole = randomBytes(100_000);
  const { get } = await startRig({ [FILE]: bytes(whole, "a/b") });
  const response = await get(FILE, RANGE);
  expect(response.status).toBe(200);
  expect(Buffer.from(await response.arrayBuffer()).equals(whole)).toBe(true);
});

test("HEAD gets a redirect on this host as GET does, and pauses nothing", async () => {
  const { get, server } = await startRig({ "/api/v2/image_download/7": redirect(302, `${IMAGE}?path=/a`) });
  for (let nth = 1; nth <= 4; nth += 1) {
    const { status, headers } = await get("/api/v2/image_download/7", { method: "HEAD" });
    expect([status, headers.get("location")]).toEqual([302, `http://mirror.test${IMAGE}?path=/a`]);
    expect([server.paths.length, headers.get("content-length")]).toEqual([nth, null]);
  }
});

test("HEAD and parts follow a service that has moved to https", async () => {
  const asked: string[] = [];
  const fetch = async (url: string, init?: RequestInit): Promise<Response> => {
    asked.push(`${init?.method} ${url.slice(0, 6)} ${new Headers(init?.headers).get("range")}`);
    if (url.startsWith("https:")) return new Response("0123456789", { status: 200 });
    return new Response(null, { status: 301, headers: { location: url.replace("http:", "https:") } });
  };
  const { get } = await startRig({}, { url: "http://api.test", fetch });
  expect((await get(FILE, { method: "HEAD" })).status).toBe(200);
  expect(await (await get(FILE, RANGE)).text()).toBe("0123456789");
  expect(asked).toEqual(["HEAD http:/ null", "HEAD https: null", "GET http:/ bytes=0-9", "GET https: bytes=0-9"]);
});

test("Retry-After is obeyed and said for a part, too", async () => {
  const { get, server } = await startRig({ [FILE]: text(503, "", { "retry-after": "70" }) });
  for (let nth = 0; nth < 2; nth += 1) {
    const { status, headers } = await get(FILE, RANGE);
    expect([status, headers.get("retry-after")]).toEqual([503, "70"]);
  }
  expect(server.paths).toHaveLength(1);
});

const endless: Answer = (response) => {
  response.writeHead(206, { "content-range": "bytes 0-1073741823/1073741824", "content-length": String(2 ** 30) });
  const chunk = Buffer.alloc(65_536);
  const more = (): void => void (response.writable && response.write(chunk, () => setImmediate(more)));
  more();
};

test("a client that takes nothing of its part loses its place after a while", async () => {
  const { get } = await startRig({ [FILE]: endless, [IMAGE]: jpeg() }, { concurrency: 1, idleTimeoutMs: 50 });
  const idle = await get(FILE, RANGE);
  expect((await get(PICTURE)).status).toBe(200);
  await expect(idle.arrayBuffer()).rejects.toThrow("nothing was read for 0.05 s");
});

test("a client that is gone loses its place at once, though it never said so to the body", async () => {
  const { mirror, get } = await startRig({ [FILE]: endless, [IMAGE]: jpeg() }, { concurrency: 1 });
  const gone = new AbortController();
  const request = new Request(`http://mirror.test${FILE}`, { ...RANGE, signal: gone.signal });
  await mirror.fetch(request);
  gone.abort();
  expect((await get(PICTURE)).status).toBe(200);
});
