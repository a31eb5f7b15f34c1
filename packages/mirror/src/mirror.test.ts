import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BrainAtlas, DecodeError, isAtlasError } from "@brainatlas/sdk";
import sharp from "sharp";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { decodeRgb, makeDrawing, makePicture, writeIn } from "../../../tests/support/pictures.ts";
import { heedAnswer, heedBody } from "./heed.ts";
import { importFile } from "./import/import-file.ts";
import { createMirror, type Mirror } from "./mirror.ts";
import { openStore } from "./store/folder-store.ts";

const ORIGIN = "http://mirror.test";
const SECTION = { x: 64, y: 32, width: 800, height: 600, image_width: 1024, image_height: 768 };

/** One plate with a box inside its file, a stain and a coloured plate; one section; one plate that is drawn only. */
let mirror: Mirror;
let client: BrainAtlas;
let full: Buffer;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "brainatlas-mirror-"));
  const store = await openStore(join(folder, "store"), { create: true });
  full = await makePicture(SECTION.image_width, SECTION.image_height);
  const row = {
    ...SECTION,
    id: 11,
    path: "/external/a/a.aff",
    expression_path: "/external/a/a_expression.aff",
    annotated: true,
    alternate_images: [{ id: 12, image_type: "Atlas - Adult Mouse", path: "/external/a/a_rendered.aff" }],
  };
  await importFile(store, await writeIn(folder, "row.json", JSON.stringify({ success: true, msg: [row] })));
  await importFile(store, await writeIn(folder, "11.png", full));
  const stain = await store.entries.get("picture", row.path);
  if (stain !== undefined) await store.entries.put({ ...stain.entry, name: row.expression_path }, await stain.body());
  await importFile(store, await writeIn(folder, "11.svg", makeDrawing(11, SECTION.width, SECTION.height)));
  await importFile(store, await writeIn(folder, "21.jpg", await makePicture(500, 300, "jpeg")), {
    model: "SectionImage",
    downsample: 2,
  });
  await importFile(store, await writeIn(folder, "31.svg", makeDrawing(31, 3200, 1600, 4)));
  mirror = createMirror({ store, maxPixels: 2_000_000 });
  client = new BrainAtlas({ baseUrl: ORIGIN, fetch: mirror.fetch, retries: 0 });
  return () => rm(folder, { recursive: true, force: true });
});

const get = (path: string, init: RequestInit = {}): Promise<Response> => mirror.fetch(ORIGIN + path, init);
const REGION = "path=/external/a/a.aff&left=64&top=32&width=200&height=150&downsample=2";

describe("download services", () => {
  test("redirect with the region in the recorded order", async () => {
    const response = await get("/api/v2/atlas_image_download/11?downsample=2&annotation=true&quality=60");
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe(
      `${ORIGIN}/cgi-bin/imageservice?mime=1&path=/external/a/a_rendered.aff&left=64&top=32&width=200&height=150&downsample=2&quality=60`,
    );
    expect(response.headers.get("x-brainatlas-source")).toBe("computed");
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  test.each([
    ["atlas", "/api/v2/atlas_image_download/11", "path=/external/a/a.aff"],
    ["section of an atlas image", "/api/v2/section_image_download/11", "path=/external/a/a.aff"],
    ["projection", "/api/v2/projection_image_download/21", "path=/external/brainatlas/21/21.aff"],
    ["any", "/api/v2/image_download/21?downsample=3", "downsample=3"],
    ["view", "/api/v2/section_image_download/11?view=expression", "a_expression.aff"],
    ["expression", "/api/v2/section_image_download/11?expression=true", "a_expression.aff"],
    ["range", "/api/v2/section_image_download/11?range=0,9,0,9,0,9", "&filter=range&filterVals=0,9,0,9,0,9"],
    ["atlas id", "/api/v2/atlas_image_download/11?annotation=true&atlas=2", "a_rendered.aff"],
    [
      "ROI",
      "/api/v2/atlas_image_download/11?left=1&top=2&width=3&height=4",
      "left=1&top=2&width=3&height=4&downsample=0",
    ],
    ["double slashes", "//api//v2///atlas_image_download/11", "a.aff"],
    ["stray parameters", "/api/v2/atlas_image_download/11?foo=1&downsample=", "downsample=0"],
    [
      "downsample past the smallest tier",
      "/api/v2/atlas_image_download/11?downsample=20",
      "width=200&height=150&downsample=2",
    ],
  ])("answer %s", async (_, path, expected) => {
    const response = await get(path);
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toContain(expected);
  });

  test.each(["-1", "0", "1e9", "0x10", "%2e%2e", "%2e%2e%2f%2e%2e", "99999999999999999999", "11.5", "%00", "a", "12"])(
    "answer 404 for the id %s",
    async (id) => {
      const response = await get(`/api/v2/atlas_image_download/${id}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ success: false, msg: expect.any(String) });
    },
  );

  test("answer 404 for a section at the atlas service, as it has none of that id", async () => {
    expect((await get("/api/v2/atlas_image_download/21")).status).toBe(404);
  });

  test.each([
    ["quality=101", "quality", "from 0 to 100"],
    ["downsample=-1", "downsample", "from 0 to 30"],
    ["downsample=0x2", "downsample", "whole number"],
    ["width=0", "width", "from 1"],
    ["width=99999999999999999999", "width", "from 1"],
    ["annotation=yes", "annotation", "true or false"],
    ["left=NaN", "left", "whole number"],
  ])("refuse %s with the rule", async (query, name, rule) => {
    const response = await get(`/api/v2/atlas_image_download/11?${query}`);
    const { msg } = (await response.json()) as { msg: string };
    expect(response.status).toBe(400);
    expect(msg).toContain(name);
    expect(msg).toContain(rule);
  });

  test("tell what is not held from what does not exist", async () => {
    for (const path of [
      "/api/v2/image_download/11?view=tumor_feature_boundary",
      "/api/v2/atlas_image_download/11?annotation=true&atlas=181276165",
      "/api/v2/section_image_download/21?view=expression",
      "/grid_data/download/69289763",
    ]) {
      const response = await get(path);
      expect([response.status, response.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
    }
    await expect(client.get("/grid_data/download/1")).rejects.toSatisfy((error) =>
      isAtlasError(error, "ATLAS_NOT_MIRRORED"),
    );
    await expect(client.atlasImage(-1).download()).rejects.toSatisfy((error) => isAtlasError(error, "ATLAS_HTTP"));
  });
});

describe("image service", () => {
  test("gives the region of the tier", async () => {
    const response = await get(`/cgi-bin/imageservice?mime=1&${REGION}&quality=95`);
    const picture = await decodeRgb(new Uint8Array(await response.arrayBuffer()));
    const expected = await sharp(full)
      .extract({ left: 64, top: 32, width: 800, height: 600 })
      .resize(200, 150)
      .raw()
      .toBuffer();
    expect([picture.width, picture.height]).toEqual([200, 150]);
    expect(meanDifference(picture.data, expected)).toBeLessThan(2);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "content-disposition": "attachment; filename=imagefile.jpg",
      "access-control-allow-origin": "*",
      vary: "Accept-Encoding",
      "x-brainatlas-source": "computed",
    });
    const lifetimeMs = Date.parse(response.headers.get("expires") ?? "") - Date.now();
    expect(lifetimeMs / 86_400_000).toBeCloseTo(364, 1);
  });

  test("gives nothing of a neighbouring pixel at full resolution", async () => {
    const response = await get(
      "/cgi-bin/imageservice?path=/external/a/a.aff&left=301&top=203&width=64&height=48&quality=100",
    );
    const picture = await decodeRgb(new Uint8Array(await response.arrayBuffer()));
    const cut = (left: number): Promise<Buffer> =>
      sharp(full).extract({ left, top: 203, width: 64, height: 48 }).raw().toBuffer();
    const differences = await Promise.all(
      [300, 301, 302].map(async (left) => meanDifference(picture.data, await cut(left))),
    );
    expect(differences[1]).toBe(Math.min(...differences));
  });

  test.each([
    ["the whole tier without a region", "path=/external/a/a.aff&downsample=1", 512, 384],
    ["a tier counted from the smallest", "path=/external/a/a.aff&zoom=0", 256, 192],
    ["the highest tier", "path=/external/a/a.aff&zoom=-1", 1024, 768],
    [
      "only what lies within, at a negative corner",
      "path=/external/a/a.aff&left=-100&top=-50&width=200&height=100",
      100,
      50,
    ],
    ["only what lies within, beyond the edge", "path=/external/a/a.aff&left=1000&top=700&width=500&height=500", 24, 68],
    ["fractions of a pixel", "path=/external/a/a.aff&left=10.75&top=-0.5&width=20&height=20", 20, 19],
    ["empty pairs", "path=/external/a/a.aff&&width=&downsample=2", 256, 192],
    ["one pixel", "path=/external/a/a.aff&left=1023&top=767&width=1&height=1", 1, 1],
  ])("gives %s", async (_, query, width, height) => {
    const response = await get(`/cgi-bin/imageservice?${query}`);
    const picture = await decodeRgb(new Uint8Array(await response.arrayBuffer()));
    expect([picture.width, picture.height]).toEqual([width, height]);
  });

  test.each([
    ["no path", "downsample=1", 400, "path"],
    ["an unknown path", "path=/etc/passwd", 404, "/etc/passwd"],
    ["a path with tricks", "path=/external/a/../a/a.aff", 404, "path"],
    ["a long path", `path=${"a".repeat(5000)}`, 400, "characters"],
    ["absurd widths", "path=/external/a/a.aff&width=1e9", 400, "width"],
    ["a region outside", "path=/external/a/a.aff&left=5000", 400, "outside"],
    ["not a number", "path=/external/a/a.aff&left=NaN", 400, "left"],
    ["filter values without end", `path=/external/a/a.aff&filterVals=${"1,".repeat(500)}1`, 400, "filterVals"],
  ])("refuses %s", async (_, query, status, word) => {
    const response = await get(`/cgi-bin/imageservice?${query}`);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { msg: string }).msg).toContain(word);
  });

  test("refuses more pixels than its limit before it decodes", async () => {
    const small = createMirror({ store: await openStoreOf(), maxPixels: 1000 });
    const response = await small.fetch(`${ORIGIN}/cgi-bin/imageservice?path=/p`);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { msg: string }).msg).toContain("too many");
  });

  test("gives up the work of a client that went away, and of one that waited", async () => {
    const read = new AbortController();
    let signal: AbortSignal | undefined;
    const store = await openStoreOf();
    const picture = {
      ...(await store.picture("/p")),
      source: (given?: AbortSignal) => {
        signal = given;
        read.abort();
        return new Promise<never>((_resolve, reject) => given?.addEventListener("abort", () => reject(given.reason)));
      },
    };
    const slow = createMirror({ store: { ...store, picture: async () => picture as never } });
    const leaving = new AbortController();
    const answer = slow.fetch(`${ORIGIN}/cgi-bin/imageservice?path=/p`, { signal: leaving.signal });
    await new Promise((resolve) => read.signal.addEventListener("abort", resolve));
    leaving.abort();
    await expect(answer).rejects.toBe(leaving.signal.reason);
    expect(signal?.aborted).toBe(true);
  });

  test("is inline but for mime=1, and names a download", async () => {
    const header = async (query: string): Promise<string | null> =>
      (await get(`/cgi-bin/imageservice?${REGION}&${query}`)).headers.get("content-disposition");
    expect(await header("mime=2")).toBeNull();
    expect(await header("fileout=plate_1.jpg")).toBe("attachment; filename=plate_1.jpg");
    expect(await header("fileout=a%0d%0ab")).toBe("attachment; filename=imagefile.jpg");
  });

  test("answers HEAD with the headers alone", async () => {
    const response = await get(`/cgi-bin/imageservice?${REGION}`, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  test("answers 304 to its own validators, and only to those", async () => {
    const first = await get(`/cgi-bin/imageservice?${REGION}`);
    const etag = first.headers.get("etag") ?? "";
    const modified = first.headers.get("last-modified") ?? "";
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await get(`/cgi-bin/imageservice?${REGION}`, { headers })).status;
    expect(await status({ "if-none-match": etag })).toBe(304);
    expect(await status({ "if-none-match": `"other", W/${etag}` })).toBe(304);
    expect(await status({ "if-none-match": '"other"', "if-modified-since": modified })).toBe(200);
    expect(await status({ "if-modified-since": modified })).toBe(304);
    expect(await status({ "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT" })).toBe(200);
    expect(await status({ "if-modified-since": "yesterday" })).toBe(200);
    const other = await get(`/cgi-bin/imageservice?${REGION}&quality=50`);
    expect(other.headers.get("etag")).not.toBe(etag);
  });

  test("applies channel windows and gains, and honours the quality", async () => {
    const pixels = async (query: string): Promise<Buffer> =>
      (await decodeRgb(new Uint8Array(await (await get(`/cgi-bin/imageservice?${REGION}&${query}`)).arrayBuffer())))
        .data;
    const dark = await pixels("filter=range&filterVals=4095,4095,4095,4095,4095,4095");
    const red = await pixels("rgb=1,0,0&quality=100");
    const size = async (query: string): Promise<number> =>
      (await (await get(`/cgi-bin/imageservice?${REGION}&${query}`)).arrayBuffer()).byteLength;
    expect(Math.max(...dark.subarray(0, 3000))).toBeLessThan(60);
    expect(red.filter((_, index) => index % 3 === 1).every((value) => value < 60)).toBe(true);
    expect(await size("quality=10")).toBeLessThan(await size("quality=95"));
    expect(await size("quality=0")).toBeGreaterThan(0);
  });

  test("names the parameters that it does not act on, and those of which it knows no more than the name", async () => {
    const headers = async (query: string): Promise<(string | null)[]> => {
      const answer = await get(`/cgi-bin/imageservice?${REGION}&${query}`);
      return ["x-brainatlas-ignored", "x-brainatlas-approximated"].map((name) => answer.headers.get(name));
    };
    expect(await headers("filter=sharpen")).toEqual(["filter", null]);
    expect(await headers("colormap=jet")).toEqual([null, "colormap"]);
    expect(await headers("filter=colormap&filterVals=0.5,0,0,256,4")).toEqual([null, "colormap"]);
    expect(await headers("rgb=1,1,1")).toEqual([null, null]);
  });

  test("refuses a finer tier than it holds, as not mirrored", async () => {
    const image = client.sectionImage(21, { downsample: 1 });
    await expect(image.download()).rejects.toSatisfy((error) => isAtlasError(error, "ATLAS_NOT_MIRRORED"));
    expect(await image.with({ downsample: 2 }).size()).toEqual({ width: 500, height: 300 });
    expect(await image.with({ downsample: 3 }).pixels()).toMatchObject({ width: 250, height: 150 });
  });
});

describe("a drawing without a picture", () => {
  test("is drawn at the tier and the region asked for", async () => {
    const image = client.atlasImage(31, { downsample: 4, annotation: true });
    const whole = await image.pixels();
    expect(await image.size()).toEqual({ width: 200, height: 100 });
    expect([whole.width, whole.height]).toEqual([200, 100]);
    expect(colourAt(whole, 20, 50)).toEqual([255, 255, 255]);
    expect(distance(colourAt(whole, 110, 20), [0xbf, 0xda, 0xe3])).toBeLessThan(8);
    expect(distance(colourAt(whole, 140, 50), [0x08, 0x85, 0x8c])).toBeLessThan(8);
    const part = await image.with({ downsample: 0, left: 2230, top: 790, width: 20, height: 20 }).pixels();
    expect(distance(colourAt(part, 10, 10), [0x08, 0x85, 0x8c])).toBeLessThan(8);
  });

  test("lies in the box of its file, on white", async () => {
    const { data, width } = await client
      .atlasImage(11, { annotation: true, downsample: 1, left: 0, top: 0, width: 512, height: 384 })
      .pixels();
    const at = (x: number, y: number): number[] => colourAt({ data, width }, x, y);
    // The box starts at 64, 32; its right half is coloured.
    expect(at(10, 10)).toEqual([255, 255, 255]);
    expect(distance(at(32 + 300, 16 + 20), [0xbf, 0xda, 0xe3])).toBeLessThan(8);
    expect(at(32 + 401 + 8, 16 + 20)).toEqual([255, 255, 255]);
  });

  test("does not stand in for the bare stain", async () => {
    await expect(client.atlasImage(31, { downsample: 4 }).download()).rejects.toSatisfy((error) =>
      isAtlasError(error, "ATLAS_NOT_MIRRORED"),
    );
  });
});

describe("records", () => {
  test("come in the envelope, columns by name, associations when included", async () => {
    const answer = (await (await get("/api/v2/data/AtlasImage/11.json")).json()) as { msg: Record<string, unknown>[] };
    expect(answer).toMatchObject({ success: true, id: 0, start_row: 0, num_rows: 1, total_rows: 1 });
    const names = Object.keys(answer.msg[0] ?? {});
    expect(names).toEqual([...names].sort());
    expect(names).not.toContain("alternate_images");
    const included = (await (
      await get("/api/v2/data/AtlasImage/11.json?include=alternate_images")
    ).json()) as typeof answer;
    expect(included.msg[0]?.alternate_images).toHaveLength(1);
  });

  test.each([
    ["AtlasImage/11", 1],
    ["SectionImage/11.json", 1],
    ["SubImage/21.json", 1],
    ["AtlasImage/21.json", 0],
    ["AtlasImage/999.json", 0],
    ["AtlasImage/-1.json", 0],
  ])("of %s are %i", async (path, rows) => {
    expect(((await (await get(`/api/v2/data/${path}`)).json()) as { msg: unknown[] }).msg).toHaveLength(rows);
  });
});

test("records of a model that has none here are not held, and that is said", async () => {
  const response = await get("/api/v2/data/Gene/11.json");
  expect([response.status, response.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
});

test.each(["valueOf", "__proto__", "constructor"])(
  "the model %s is unknown, and the service's form says so",
  async (model) => {
    const response = await get(`/api/v2/data/${model}/11.json`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ success: false, msg: expect.stringContaining("Error in query: ") });
  },
);

describe("any other request", () => {
  test.each(["POST", "PUT", "DELETE", "PATCH"])("%s is refused with the methods that are not", async (method) => {
    const response = await get("/api/v2/atlas_image_download/11", { method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  test("OPTIONS allows a browser of any origin", async () => {
    const response = await get("/cgi-bin/imageservice", { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  test("at the top says what this is and whose the data are", async () => {
    expect(await (await get("/")).text()).toContain("Allen Institute for Brain Science");
  });

  test("that makes the store fail is an error without the machine's words, which the operator is told", async () => {
    const told: string[] = [];
    const broken = createMirror({
      onError: (error, { url }) => told.push(`${new URL(url).pathname}: ${String(error)}`),
      store: {
        record: () => Promise.reject(new Error("/secret/path")),
        records: () => Promise.reject(new Error("/secret/path")),
        close() {},
        picture: async () => undefined,
        answer: async () => undefined,
        drawing: async () => undefined,
        asset: async () => undefined,
      },
    });
    for (const path of ["atlas_image_download/1", "data/Gene/1.json", "structure_graph_download/1.xml"]) {
      const response = await broken.fetch(`${ORIGIN}/api/v2/${path}`);
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain("secret");
      expect(told).toEqual([`/api/v2/${path}: Error: /secret/path`]);
      told.length = 0;
    }
  });
});

describe("what a store holds damaged", () => {
  const failing = async (error: Error): Promise<Response> => {
    const store = { ...(await openStoreOf()), picture: () => Promise.reject(error) };
    return await createMirror({ store }).fetch(`${ORIGIN}/cgi-bin/imageservice?path=/p`);
  };

  test("is said without naming a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "brainatlas-damaged-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const store = await openStore(folder, { create: true });
    onTestFinished(() => store.close());
    await store.entries.put({ kind: "picture", name: "/p", mediaType: "image/png" }, "x");
    const [path = ""] = (await readdir(folder, { recursive: true })).filter((name) => /^entries.*\.json$/.test(name));
    await writeFile(join(folder, path), "{");
    const told: unknown[] = [];
    const damaged = createMirror({ store, onError: (error) => told.push(error) });
    const response = await damaged.fetch(`${ORIGIN}/cgi-bin/imageservice?path=/p`);
    expect(response.status).toBe(500);
    const { msg } = (await response.json()) as { msg: string };
    expect(msg).toContain("is damaged; its operator can import it again");
    expect(msg).not.toContain(folder);
    expect(String(told[0])).toContain(join(folder, path));
  });

  test("is said in the decoder's words", async () => {
    const fault = new DecodeError("the picture", { at: 7, expected: "a tile", found: "none" });
    const response = await failing(fault);
    expect([response.status, await response.json()]).toMatchObject([500, { msg: expect.stringContaining("a tile") }]);
  });

  test("is not taken for the client's fault because the runtime says RangeError", async () => {
    const response = await failing(new RangeError("Maximum call stack size exceeded"));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("call stack");
  });
});

describe("fetch()", () => {
  test("rejects as the platform's does", async () => {
    await expect(mirror.fetch("not a url")).rejects.toThrow(TypeError);
    for (const reason of [new Error("enough"), "enough"]) {
      await expect(get("/", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    }
  });

  test("breaks off the body with the signal's reason, and reads nothing that is not asked for", async () => {
    let reads = 0;
    const cancelled: unknown[] = [];
    const body = () =>
      new ReadableStream<Uint8Array<ArrayBuffer>>(
        {
          pull: (controller) => controller.enqueue(Uint8Array.of(reads++)),
          cancel: (reason) => void cancelled.push(reason),
        },
        { highWaterMark: 0 },
      );
    const leaving = new AbortController();
    const response = heedBody(new Response(body(), { status: 206, headers: { "x-a": "b" } }), leaving.signal);
    expect([response.status, response.headers.get("x-a"), reads]).toEqual([206, "b", 0]);
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value).toEqual(Uint8Array.of(0));
    leaving.abort("enough");
    await expect(reader?.read()).rejects.toBe("enough");
    expect([reads, cancelled]).toEqual([1, ["enough"]]);
  });

  test("gives the whole body where nothing breaks it off", async () => {
    const { signal } = new AbortController();
    expect(await (await get("/", { signal })).text()).toBe(await (await get("/")).text());
  });

  test("lets go of an answer that comes too late", async () => {
    const leaving = new AbortController();
    let arrive = (_: Response): void => {};
    const late = new Promise<Response>((resolve) => {
      arrive = resolve;
    });
    const answer = heedAnswer(late, leaving.signal);
    leaving.abort("enough");
    await expect(answer).rejects.toBe("enough");
    await new Promise<void>((resolve) => arrive(new Response(new ReadableStream({ cancel: () => resolve() }))));
  });
});

describe("a condition that another state is meant", () => {
  const target = `/cgi-bin/imageservice?${REGION}`;

  test.each([
    ["if-match", '"other"', 412],
    ["if-match", 'W/"own"', 412],
    ["if-match", '"other", "own"', 200],
    ["if-match", "*", 200],
    ["if-unmodified-since", "Thu, 01 Jan 1970 00:00:00 GMT", 412],
    ["if-unmodified-since", "Fri, 01 Jan 2100 00:00:00 GMT", 200],
    ["if-unmodified-since", "soon", 200],
  ])("%s: %s is answered with %d", async (name, value, status) => {
    const etag = (await get(target)).headers.get("etag") ?? "";
    const response = await get(target, { headers: { [name]: value.replace('"own"', etag) } });
    expect([response.status, response.headers.get("etag")]).toEqual([status, etag]);
    if (status === 412) expect(response.headers.get("x-brainatlas-source")).toBe("refused");
  });

  test("counts before the one that this state is held already", async () => {
    const etag = (await get(target)).headers.get("etag") ?? "";
    const ask = async (ifMatch: string): Promise<number> =>
      (await get(target, { headers: { "if-match": ifMatch, "if-none-match": etag } })).status;
    expect([await ask('"other"'), await ask(etag)]).toEqual([412, 304]);
  });
});

async function openStoreOf(): Promise<Parameters<typeof createMirror>[0]["store"]> {
  const picture = {
    width: 100,
    height: 100,
    finestDownsample: 0,
    lastModified: new Date(0),
    tag: "t",
    source: () => Promise.reject(new Error("must not be read")),
  };
  return {
    record: async () => undefined,
    records: () => Promise.reject(new Error("must not be read")),
    picture: async () => picture,
    answer: async () => undefined,
    drawing: async () => undefined,
    asset: async () => undefined,
    close() {},
  };
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}

function colourAt({ data, width }: { data: ArrayLike<number>; width: number }, x: number, y: number): number[] {
  return [0, 1, 2].map((channel) => data[(y * width + x) * 4 + channel] ?? -1);
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))));
}
