import { createHash } from "node:crypto";
import { expect, test, vi } from "vitest";
import { inTurn } from "../../../../tests/support/fault-server.ts";
import { DAY_MS, json, newStore, rows, source, startRig } from "../../../../tests/support/read-through.ts";
import { listen } from "../listen.ts";
import { createMirror } from "../mirror.ts";
import { sampleStore } from "../store/sample-store.ts";

const QUERY = "/api/v2/data/Gene/query.json";
const PICTURE = "/cgi-bin/imageservice?path=/external/a.aff&downsample=4";

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
