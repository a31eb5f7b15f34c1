import { createHash } from "node:crypto";
import { truncate } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import {
  defer,
  findRefusingOrigin,
  inTurn,
  redirect,
  silence,
  startTcpServer,
  text,
} from "../../../../tests/support/fault-server.ts";
import { bytes, DAY_MS, jpeg, json, newStore, rows, source, startRig } from "../../../../tests/support/read-through.ts";
import { listen } from "../listen.ts";
import { createMirror } from "../mirror.ts";
import { canonicalTarget } from "../store/answer-key.ts";
import { sampleStore } from "../store/sample-store.ts";

const QUERY = "/api/v2/data/Gene/query.json";
const IMAGE = "/cgi-bin/imageservice";
const PICTURE = `${IMAGE}?path=/external/a.aff&downsample=4`;

test("createMirror() without an upstream makes no request", async () => {
  const fetch = vi.fn(() => Promise.reject(new Error("must not be called")));
  vi.stubGlobal("fetch", fetch);
  const mirror = createMirror({ store: await newStore(), images: { threads: 0 } });
  for (const path of [`${QUERY}?num_rows=1`, PICTURE, "/api/v2/svg/1", "/api/v2/well_known_file_download/7"]) {
    expect((await mirror.fetch(`http://x${path}`)).status).toBe(404);
  }
  expect(fetch).not.toHaveBeenCalled();
  await mirror.close();
});

test("createMirror() refuses an upstream for a store that cannot keep, and one that is no URL", async () => {
  const upstream = { url: "http://127.0.0.1:1" };
  expect(() => createMirror({ store: sampleStore(), upstream })).toThrow(/synthetic store/);
  expect(() => createMirror({ store: { ...sampleStore(), synthetic: false }, upstream })).toThrow(/keeps nothing/);
  const store = await newStore();
  for (const url of ["ftp://x", "x", "http://a:b@x", "http://x?y", "http://x#y"]) {
    expect(() => createMirror({ store, upstream: { url } })).toThrow(TypeError);
  }
  expect(() => createMirror({ store, upstream: { ...upstream, concurrency: 0 } })).toThrow(RangeError);
});

test("a read-through passes a query on, keeps the answer, and gives it again without a request", async () => {
  const body = rows({ id: 15, acronym: "Abat" });
  const { server, get, events, store } = await startRig({ [QUERY]: json(body, { etag: '"one"' }) });
  const first = await get(`${QUERY}?num_rows=1&order=id`);
  expect([first.status, source(first), first.headers.get("etag")]).toEqual([200, "passed", '"one"']);
  expect(first.headers.get("access-control-allow-origin")).toBe("*");
  expect(await first.json()).toEqual(body);
  // Another order of the parameters asks for the same.
  const second = await get(`${QUERY}?order=id&num_rows=1`);
  expect([source(second), second.headers.get("etag"), second.headers.get("age")]).toEqual(["stored", '"one"', "0"]);
  expect(await second.json()).toEqual(body);
  expect(server.paths).toEqual([`${QUERY}?num_rows=1&order=id`]);
  expect(events.map(({ type }) => type)).toEqual(["answered", "kept"]);
  expect((await get(`${QUERY}?order=id&num_rows=1`, { headers: { "if-none-match": '"one"' } })).status).toBe(304);
  const offline = createMirror({ store, images: { threads: 0 } });
  expect(await (await offline.fetch(`http://y${QUERY}?num_rows=1&order=id`)).json()).toEqual(body);
});

test("a read-through hands nothing of a client on but what it asks", async () => {
  const { server, get } = await startRig({ [QUERY]: json(rows()) }, {});
  await get(QUERY, {
    headers: { cookie: "a=b", authorization: "x", "x-forwarded-for": "1.2.3.4", referer: "http://y" },
  });
  const { headers } = server.requests[0] ?? { headers: {} };
  expect(Object.keys(headers).sort()).toEqual(
    ["accept", "accept-encoding", "accept-language", "connection", "host", "sec-fetch-mode", "user-agent"].sort(),
  );
});

test("a read-through gives the redirect of an image on this host, and keeps both answers", async () => {
  const { server, get } = await startRig(
    {
      "/base/api/v2/atlas_image_download/7": (response, request, nth) => {
        const place = `http://${request.headers.host}/base${IMAGE}?path=/a.aff&left=1`;
        redirect(302, place)(response, request, nth);
      },
      [`/base${IMAGE}`]: jpeg({ "last-modified": "Thu, 31 Jan 2013 22:05:16 GMT" }),
    },
    {},
    { base: "/base/" },
  );
  for (const expected of ["passed", "stored"]) {
    const moved = await get("/api/v2/atlas_image_download/7?downsample=4");
    expect([moved.status, source(moved)]).toEqual([302, expected]);
    expect(moved.headers.get("location")).toBe(`http://mirror.test${IMAGE}?path=/a.aff&left=1`);
    const picture = await get(`${IMAGE}?path=/a.aff&left=1`);
    expect([picture.status, source(picture)]).toEqual([200, expected]);
    expect(picture.headers.get("content-type")).toBe("image/jpeg");
    expect(picture.headers.get("last-modified")).toBe("Thu, 31 Jan 2013 22:05:16 GMT");
  }
  expect(server.paths).toHaveLength(2);
});

test.each([
  ["http://evil.test/cgi-bin/imageservice?path=/a", "redirects to another host"],
  ["//evil.test/cgi-bin/imageservice?path=/a", "redirects to another host"],
  ["/login", "redirects to what is no path of the API"],
  ["/api/v2/..%2f..%2fadmin", "redirects to what is no path of the API"],
  ["javascript:alert(1)", "redirects to another host"],
  ["http://[", "redirects to what is no address"],
])("a read-through hands no redirect to %s on", async (location, reason) => {
  const { get, store } = await startRig({ "/api/v2/image_download/7": redirect(302, location) });
  const response = await get("/api/v2/image_download/7");
  expect([response.status, response.headers.get("location")]).toEqual([502, null]);
  expect((await response.json()).msg).toContain(reason);
  expect((await store.info()).entries.answer).toBe(0);
});

test("a read-through gives no header that a redirect smuggles", async () => {
  const origin = await startTcpServer((socket) => {
    socket.once("data", () =>
      socket.end(
        "HTTP/1.1 302 Found\r\nLocation: /api/v2/svg/1?a=%0d%0aset-cookie:x=1\r\nSet-Cookie: a=b\r\nX-Odd: 1\r\n\r\n",
      ),
    );
  });
  const { get } = await startRig({}, { url: origin });
  const response = await get("/api/v2/image_download/7");
  expect([...response.headers.keys()].sort()).toEqual([
    "access-control-allow-origin",
    "access-control-expose-headers",
    "location",
    "vary",
    "x-brainatlas-source",
  ]);
  expect(response.headers.get("location")).toBe("http://mirror.test/api/v2/svg/1?a=%0d%0aset-cookie:x=1");
});

test("a read-through passes nothing on but paths of the API, and to no other host", async () => {
  const { server, mirror } = await startRig({});
  const urls = [
    "http://x//evil.test/",
    "http://x/\\evil.test/api/v2/svg/1",
    "http://x/http://evil.test/api/v2/svg/1",
    "http://x/api/v2/%2e%2e/%2e%2e/admin",
    "http://x/api/v2/..%2f..%2fadmin",
    "http://x/api/v2/..%5cadmin",
    "http://x/api/v2/%252e%252e%252fadmin",
    "http://x/api/v2/svg/1%00",
    "http://x/api/v2/svg/1%0d%0aHost:%20evil.test",
    "http://x/api/v2/svg/%ff",
    "http://x/admin",
    "http://x/iiif/3/7/info.json",
    "http://x/",
    `http://x/api/v2/svg/${"1".repeat(40_000)}`,
  ];
  for (const url of urls) expect((await mirror.fetch(url)).status).toBeLessThan(500);
  expect(server.paths).toEqual([]);
  const absolute = await mirror.fetch("http://evil.test/api/v2/svg/1");
  expect(absolute.status).toBe(404);
  expect(server.paths).toEqual(["/api/v2/svg/1"]);
  expect(server.requests[0]?.headers.host).toBe(new URL(server.origin).host);
});

test("a read-through asks once for all who ask for the same at once", async () => {
  const go = defer();
  const body = rows({ id: 1 });
  const { server, get } = await startRig({
    [QUERY]: (response, request, nth) => void go.promise.then(() => json(body)(response, request, nth)),
  });
  const stop = new AbortController();
  const left = get(QUERY, { signal: stop.signal });
  const asked = Array.from({ length: 50 }, () => get(QUERY));
  await vi.waitFor(() => expect(server.paths).toHaveLength(1));
  stop.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  go.resolve();
  for (const response of await Promise.all(asked)) expect(await response.json()).toEqual(body);
  expect(server.paths).toHaveLength(1);
});

test("a read-through ends a request that nobody waits for any more", async () => {
  const { server, get } = await startRig({ [QUERY]: silence });
  const stop = new AbortController();
  const asked = [get(QUERY, { signal: stop.signal }), get(QUERY, { signal: stop.signal })];
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  const closed = new Promise((resolve) => server.requests[0]?.once("close", resolve));
  stop.abort(new Error("gone"));
  for (const each of asked) await expect(each).rejects.toThrow("gone");
  await closed;
});

test("a read-through answers POST as it answers GET, and asks by POST what is too long for a URL", async () => {
  const body = rows({ id: 1 });
  const bodies: string[] = [];
  const { server, get } = await startRig({
    "/api/v2/data/query.json": (response, request, nth) => {
      request.setEncoding("utf8");
      let text = "";
      request.on("data", (chunk: string) => {
        text += chunk;
      });
      request.on("end", () => {
        bodies.push(text);
        json(body)(response, request, nth);
      });
    },
  });
  const post = (criteria: string): Promise<Response> =>
    get("/api/v2/data/query.json", { method: "POST", body: new URLSearchParams({ criteria }) });
  expect(source(await post("model::Gene"))).toBe("passed");
  expect(source(await get("/api/v2/data/query.json?criteria=model::Gene"))).toBe("stored");
  expect(source(await post("model::Gene"))).toBe("stored");
  const long = `model::Gene,rma::criteria,[id$in${Array.from({ length: 2500 }, (_, index) => index)}]`;
  expect(await (await post(long)).json()).toEqual(body);
  expect(server.requests.map(({ method }) => method)).toEqual(["GET", "POST"]);
  expect(new URLSearchParams(bodies[1]).get("criteria")).toBe(long);
  // What is longer than a name may be is handed on, and not kept.
  const longest = `${long}${" ".repeat(40_000)}`;
  for (let nth = 0; nth < 2; nth += 1) expect(source(await post(longest))).toBe("passed");
  expect(server.requests).toHaveLength(4);
  expect((await get("/api/v2/svg/1", { method: "POST" })).status).toBe(405);
});

test("a read-through keeps nothing that is made up, and says that it is", async () => {
  const sample = createMirror({ store: sampleStore(), images: { threads: 0 } });
  const { get, store } = await startRig(
    {},
    { url: "http://sample.invalid", fetch: (url, init) => sample.fetch(url, init) },
  );
  for (const path of ["/api/v2/svg/100960224", `${QUERY}?num_rows=2`, "/api/v2/well_known_file_download/1"]) {
    const response = await get(path);
    expect([source(response), response.headers.get("x-brainatlas-atlas")]).toEqual(["passed", "synthetic"]);
    await response.body?.cancel();
  }
  expect(Object.values((await store.info()).entries).every((count) => count === 0)).toBe(true);
  await sample.close();
});

test.each([
  ["its words", json({ success: false, msg: "Error in query: no such column" }), 200],
  ["404", text(404, "nothing here"), 404],
  ["no-store", json(rows(), { "cache-control": "no-store" }), 200],
])("a read-through hands %s on and keeps nothing", async (_, answer, status) => {
  const { server, get, store } = await startRig({ [QUERY]: answer });
  for (let nth = 1; nth <= 2; nth += 1) {
    const response = await get(QUERY);
    expect([response.status, source(response), server.paths.length]).toEqual([status, "passed", nth]);
  }
  expect((await store.info()).entries.answer).toBe(0);
});

const HTML = "<!DOCTYPE html><title>Down for maintenance</title>";

test.each([
  ["a page with 200", QUERY, bytes(HTML, "text/html"), "page for people"],
  ["a page that says that it is a picture", PICTURE, bytes(HTML, "image/jpeg"), "page for people"],
  ["a page for a file", "/api/v2/well_known_file_download/7", bytes(HTML, "text/html"), "page for people"],
  ["JSON that breaks off", QUERY, bytes('{"success":true,"msg":[', "application/json"), "breaks off"],
  ["JSON that is damaged", QUERY, bytes('{"success":true,,}', "application/json"), "damaged"],
  ["a picture without its end", PICTURE, bytes(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]), "image/jpeg"), "breaks off"],
  ["half of a drawing", "/api/v2/svg/1", bytes("<svg><g>", "image/svg+xml"), "breaks off"],
  ["half of a zip", "/grid_data/download/7", bytes("PK\u0003\u0004", "application/zip"), "breaks off"],
  ["no volume", "/grid_data/download_file/7?image=projection_density&resolution=25", bytes("x", "x/y"), "no NRRD"],
  ["500", QUERY, text(500, "oops"), "answered 500"],
  ["a status without sense", QUERY, text(204, ""), "answered 204"],
  ["304 unasked", QUERY, text(304, ""), "304"],
])("a read-through takes %s for a failure", async (_, path, answer, reason) => {
  const { get, store, events } = await startRig({ [path.replace(/\?.*/, "")]: answer });
  const response = await get(path);
  expect([502, 503]).toContain(response.status);
  expect([source(response), response.headers.get("x-brainatlas-reason")]).toEqual(["refused", "upstream-failed"]);
  expect((await response.json()).msg).toContain(reason);
  expect(events.at(-1)?.type).toBe("failed");
  expect(Object.values((await store.info()).entries).every((count) => count === 0)).toBe(true);
});

test("a read-through says that the upstream cannot be reached, and what the store says", async () => {
  const { get } = await startRig({}, { url: await findRefusingOrigin() });
  const response = await get("/api/v2/svg/7");
  expect(response.status).toBe(502);
  expect((await response.json()).msg).toBe(
    "There is no AtlasImage or SectionImage with the id 7 here; the upstream cannot be reached (ECONNREFUSED)",
  );
});

test("a read-through waits no longer than it may for the head and between pieces", async () => {
  const half = (response: import("node:http").ServerResponse): void => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" }).write("{");
  };
  const { get } = await startRig(
    { [QUERY]: silence, "/api/v2/data/Donor/query.json": half },
    { headTimeoutMs: 50, idleTimeoutMs: 50 },
  );
  const late = await get(QUERY);
  expect([late.status, (await late.json()).msg]).toEqual([
    504,
    expect.stringContaining("did not answer within 0.05 s"),
  ]);
  const silent = await get("/api/v2/data/Donor/query.json");
  expect([silent.status, (await silent.json()).msg]).toEqual([504, expect.stringContaining("fell silent for 0.05 s")]);
});

test("a read-through asks for no more at once than it may", async () => {
  const go = defer();
  let most = 0;
  let now = 0;
  const fetch = async (): Promise<Response> => {
    now += 1;
    most = Math.max(most, now);
    await go.promise;
    now -= 1;
    return Response.json(rows());
  };
  const { get } = await startRig({}, { fetch, concurrency: 2, maxWaiting: 3 });
  const asked = Array.from({ length: 6 }, (_, index) => get(`${QUERY}?start_row=${index}`));
  const refused = await Promise.race(asked);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
  go.resolve();
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect([statuses.filter((status) => status === 200).length, most]).toEqual([5, 2]);
});

test("a read-through follows a service that has moved to https", async () => {
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    if (url.startsWith("https:")) return Response.json(rows());
    return new Response(null, { status: 301, headers: { location: url.replace("http:", "https:") } });
  };
  const { get } = await startRig({}, { url: "http://api.test", fetch });
  expect((await get(`${QUERY}?num_rows=1`)).status).toBe(200);
  expect(asked).toEqual([`http://api.test${QUERY}?num_rows=1`, `https://api.test${QUERY}?num_rows=1`]);
});

test("a read-through answers HEAD by HEAD, and from what is held", async () => {
  const { server, get } = await startRig({ [IMAGE]: jpeg() });
  const first = await get(PICTURE, { method: "HEAD" });
  expect([first.status, source(first), first.headers.get("content-length")]).toEqual([200, "passed", "9"]);
  await get(PICTURE);
  const second = await get(PICTURE, { method: "HEAD" });
  expect([second.status, source(second)]).toEqual([200, "stored"]);
  expect(server.requests.map(({ method }) => method)).toEqual(["HEAD", "GET"]);
});

test("a read-through asks another host for the archive", async () => {
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    return new Response("words", { status: 404 });
  };
  const paths = ["/informatics-archive/current-release/x.nrrd", "/api/v2/svg/1"];
  for (const [url, archiveUrl] of [
    ["https://api.brain-map.org", undefined],
    ["http://other.test/p", undefined],
    ["http://other.test", "http://archive.test/a/"],
  ] as const) {
    const { get } = await startRig({}, { url, archiveUrl, fetch });
    for (const path of paths) await get(path);
  }
  expect(asked.map((each) => each.replace(/(informatics|api\/v2).*/, ""))).toEqual([
    "https://download.alleninstitute.org/",
    "https://api.brain-map.org/",
    "http://other.test/p/",
    "http://other.test/p/",
    "http://archive.test/a/",
    "http://other.test/",
  ]);
});

test("a read-through goes on when nothing can be kept, and says so to the operator", async () => {
  const store = await newStore();
  const entries = { ...store.entries, put: () => Promise.reject(new Error("disk full")) };
  const { get, errors } = await startRig({ [QUERY]: json(rows()) }, {}, { given: { ...store, entries } });
  const response = await get(QUERY);
  expect([response.status, source(response), await response.json()]).toEqual([200, "passed", rows()]);
  expect(errors).toEqual([new Error("disk full")]);
});

test("a read-through asks again for what is damaged in the store", async () => {
  const { get, store, errors, server } = await startRig({ [PICTURE.replace(/\?.*/, "")]: jpeg() });
  await get(PICTURE);
  const found = await store.entries.get("answer", canonicalTarget(PICTURE));
  await truncate(found?.path ?? "", 3);
  const response = await get(PICTURE);
  expect([response.status, source(response), server.paths.length]).toEqual([200, "passed", 2]);
  expect(errors.length).toBeGreaterThan(0);
  expect((await (await get(PICTURE)).arrayBuffer()).byteLength).toBe(9);
});

test("a read-through takes an answer again when its time is over", async () => {
  const { server, get, clock } = await startRig({ [QUERY]: inTurn(json(rows({ id: 1 })), json(rows({ id: 2 }))) });
  const idOf = async (): Promise<unknown> => (await (await get(QUERY)).json()).msg[0].id;
  expect(await idOf()).toBe(1);
  clock.nowMs += DAY_MS - 5000;
  expect(await idOf()).toBe(1);
  clock.nowMs += 10_000;
  expect(await idOf()).toBe(2);
  expect(await idOf()).toBe(2);
  expect(server.paths).toHaveLength(2);
});

test("a read-through of a whole service gives, byte for byte, what that gave, when it is cut off", async () => {
  // The sample, not called so: what is made up is not kept.
  const first = createMirror({ store: { ...sampleStore(), synthetic: false }, images: { threads: 0 } });
  const { url, close } = await listen(first);
  const { mirror, clock } = await startRig({}, { url });
  const through = await listen(mirror);
  const paths = [
    "/api/v2/atlas_image_download/100960224?downsample=6&left=600&top=700&width=100&height=80",
    "/api/v2/svg/100960224?groups=28",
    "/api/v2/data/query.json?criteria=model::Structure,rma::options[num_rows$eq2000][order$eq'id']",
    "/api/v2/data/Structure/query.csv?num_rows=20",
    "/api/v2/data/Gene/15.xml",
    "/api/v2/structure_graph_download/1.json",
    "/api/v2/tree_search/Structure/997.json?descendants=true",
    "/api/v2/image_to_reference/100960224.json?x=100&y=100",
    "/grid_data/download/69782969",
    "/informatics-archive/current-release/mouse_ccf/annotation/ccf_2017/annotation_100.nrrd",
    "/api/v2/nothing_of_that_name",
  ];
  const read = async (origin: string, path: string): Promise<unknown[]> => {
    const response = await fetch(origin + path);
    const digest = createHash("sha256")
      .update(new Uint8Array(await response.arrayBuffer()))
      .digest("hex");
    const shown = ["content-type", "last-modified"].map((name) => response.headers.get(name));
    return [path, response.status, response.url.replace(origin, ""), digest, ...shown];
  };
  const expected = [];
  for (const path of paths) expected.push(await read(url, path));
  for (const path of paths) expect(await read(through.url, path)).toEqual(expected.shift());
  const again = [];
  for (const path of paths) again.push(await read(through.url, path));
  await close();
  clock.nowMs += 400 * DAY_MS;
  for (const path of paths.slice(0, -1)) expect(await read(through.url, path)).toEqual(again.shift());
  await through.close();
  await first.close();
});
