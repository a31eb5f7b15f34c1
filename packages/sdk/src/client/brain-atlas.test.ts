import { expect, test } from "vitest";
import { JPEG_BYTES, json, redirect, startFaultServer, text } from "../../../../tests/support/fault-server.ts";
import { BrainAtlas, DEFAULT_BASE_URL } from "./brain-atlas.ts";

const never = (): Promise<Response> => Promise.reject(new Error("Cannot send: the test sends nothing"));

test("BrainAtlas is at the institute unless told", () => {
  expect(new BrainAtlas().baseUrl).toBe(DEFAULT_BASE_URL);
  expect(DEFAULT_BASE_URL).toBe("https://api.brain-map.org");
});

test.each([
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://127.0.0.1:8080///", "http://127.0.0.1:8080"],
  ["HTTPS://Mirror.Test/allen/", "https://mirror.test/allen"],
])("BrainAtlas takes %s as baseUrl", (baseUrl, expected) => {
  expect(new BrainAtlas({ baseUrl }).baseUrl).toBe(expected);
});

test.each([
  "",
  "mirror.test",
  "ftp://mirror.test",
  "file:///tmp",
  "http://",
  "http://a.test/?x",
  "http://a.test/#x",
  "http://me:it@a.test",
])("BrainAtlas refuses %j as baseUrl", (baseUrl) => {
  expect(() => new BrainAtlas({ baseUrl })).toThrow(TypeError);
  expect(() => new BrainAtlas({ baseUrl })).toThrow(JSON.stringify(baseUrl));
});

test("atlasImage() does the main job: the plate by its redirect", async () => {
  const server = await startFaultServer({
    "/api/v2/atlas_image_download/100883869": redirect(302, "/cgi-bin/imageservice?path=/a.aff"),
    "/cgi-bin/imageservice": (response) => response.writeHead(200, { "Content-Type": "image/jpeg" }).end(JPEG_BYTES),
  });
  const image = new BrainAtlas({ baseUrl: server.origin }).atlasImage(100883869, { downsample: 4, annotation: true });
  const response = await image.download();
  expect(server.paths).toEqual([
    "/api/v2/atlas_image_download/100883869?downsample=4&annotation=true",
    "/cgi-bin/imageservice?path=/a.aff",
  ]);
  expect(response).toMatchObject({ status: 200, ok: true, mediaType: "image/jpeg" });
  expect(response.history.map(({ status }) => status)).toEqual([302]);
  expect(response.bytes()).toEqual(JPEG_BYTES);
});

test("BrainAtlas has an image method for each service", () => {
  const client = new BrainAtlas({ fetch: never });
  const images = [client.atlasImage(1), client.sectionImage(2), client.projectionImage(3), client.subImage(4)];
  expect(images.map(({ service, url }) => `${service} ${url.slice(DEFAULT_BASE_URL.length)}`)).toEqual([
    "atlas /api/v2/atlas_image_download/1",
    "section /api/v2/section_image_download/2",
    "projection /api/v2/projection_image_download/3",
    "any /api/v2/image_download/4",
  ]);
  expect(client.image("atlas", 1, { annotation: true }).url).toBe(client.atlasImage(1, { annotation: true }).url);
});

test("image() refuses a service that there is not", () => {
  for (const service of ["plate", "constructor", "__proto__", undefined]) {
    expect(() => new BrainAtlas().image(service as "atlas", 1, {})).toThrow(TypeError);
  }
  expect(() => new BrainAtlas().image("plate" as "atlas", 1, {})).toThrow(
    'Cannot use service "plate"; give one of atlas, section, projection, any',
  );
});

test("atlasImage() checks before anything is sent", () => {
  const client = new BrainAtlas({ fetch: never });
  expect(() => client.atlasImage(1.5)).toThrow(RangeError);
  expect(() => client.atlasImage(1, { downsample: -1 })).toThrow(RangeError);
  // @ts-expect-error the service does not take it
  expect(() => client.atlasImage(1, { view: "expression" })).toThrow(TypeError);
});

test("get() adds a query, encoded, without what is undefined", async () => {
  const server = await startFaultServer({});
  const client = new BrainAtlas({ baseUrl: `${server.origin}/sub/`, throwHttpErrors: false });
  const query = { criteria: "model::Gene,rma::[a$eq'b c']", num_rows: 0, debug: false, absent: undefined };
  await client.get("/api", { query });
  await client.get("/api?first=1", { query: { second: "&" } });
  await client.get("/api#part", { query: { a: 1 } });
  await client.get("/api", { query: {} });
  expect(server.paths).toEqual([
    "/sub/api?criteria=model%3A%3AGene,rma%3A%3A%5Ba%24eq%27b%20c%27%5D&num_rows=0&debug=false",
    "/sub/api?first=1&second=%26",
    "/sub/api?a=1",
    "/sub/api",
  ]);
});

test("get() takes a whole URL of another host", async () => {
  const other = await startFaultServer({ "/x": text(200, "there") });
  const client = new BrainAtlas({ baseUrl: "http://atlas.invalid" });
  expect((await client.get(`${other.origin}/x`)).text()).toBe("there");
});

test.each(["api/v2/x", "", "ftp://a.test/x", "javascript:alert(1)", "file:///etc/passwd"])(
  "get() refuses the path %j",
  async (path) => {
    const client = new BrainAtlas({ fetch: never });
    await expect(client.get(path)).rejects.toThrow(TypeError);
    await expect(client.get(path)).rejects.toThrow("give one that starts with http:// or https://");
  },
);

test("get() gives text, JSON and the media type", async () => {
  const server = await startFaultServer({
    "/json": json({ a: [1] }),
    "/none": (response) => response.writeHead(200).end(),
  });
  const client = new BrainAtlas({ baseUrl: server.origin });
  const response = await client.get("/json");
  expect(response.json()).toEqual({ a: [1] });
  expect(response.text()).toBe('{"a":[1]}');
  expect(response.mediaType).toBe("application/json");
  const none = await client.get("/none");
  expect([none.mediaType, none.bytes().length]).toEqual(["", 0]);
});

test("BrainAtlas refuses an option that it does not know", () => {
  expect(() => new BrainAtlas({ baseURL: "http://127.0.0.1" } as never)).toThrow(
    'Cannot use option "baseURL"; give some of baseUrl, downloadUrl, decoder',
  );
});

test.each([null, 5, "x"])("atlasImage() refuses the parameters %j", (parameters) => {
  expect(() => new BrainAtlas().atlasImage(1, parameters as never)).toThrow(/Cannot use parameters .*; give an object/);
});

test("pixels() of a failing answer says its status", async () => {
  const fetch = async (): Promise<Response> => new Response("no", { status: 404 });
  const response = await new BrainAtlas({ fetch, throwHttpErrors: false }).get("/x");
  await expect(response.pixels()).rejects.toMatchObject({ code: "ATLAS_HTTP", status: 404 });
});
