import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { inspect } from "node:util";
import sharp from "sharp";
import { expect, test } from "vitest";
import {
  defer,
  inTurn,
  JPEG_BYTES,
  json,
  rejectionOf,
  startFaultServer,
  text,
} from "../../../../tests/support/fault-server.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { DecodeError, UnsupportedError } from "../errors.ts";
import { BrainAtlas } from "./brain-atlas.ts";

const ROW = {
  id: 7,
  path: "/external/a.aff",
  x: 100,
  y: 50,
  width: 4000,
  height: 3000,
  image_width: 4400,
  image_height: 3200,
};
const ROW_PATH = "/api/v2/data/AtlasImage/7.json";
const PICTURE_PATH = "/api/v2/atlas_image_download/7";

const row = json({ success: true, num_rows: 1, total_rows: 1, msg: [ROW] });
const picture =
  (bytes: Uint8Array = JPEG_BYTES) =>
  (response: ServerResponse) =>
    response.writeHead(200, { "content-type": "image/jpeg" }).end(bytes);

async function serve(answers: Parameters<typeof startFaultServer>[0]) {
  const server = await startFaultServer(answers);
  const client = new BrainAtlas({ baseUrl: server.origin, backoffMs: 1 });
  return { server, client, image: client.atlasImage(7, { downsample: 2 }) };
}

test("AtlasImage has its parameters as attributes, undefined where not given", () => {
  const image = new BrainAtlas().atlasImage(7, { downsample: 2, annotation: false });
  expect(image).toMatchObject({
    service: "atlas",
    id: 7,
    downsample: 2,
    annotation: false,
    parameters: { downsample: 2, annotation: false },
  });
  expect(image.quality).toBeUndefined();
  expect(Object.keys(image).slice(0, 4)).toEqual(["service", "id", "parameters", "url"]);
});

test("AtlasImage is frozen, its parameters too", () => {
  const image = new BrainAtlas().sectionImage(7, { rgb: [1, 0, 0], colormap: { map: "jet" } });
  expect([image, image.parameters, image.rgb, image.colormap].every(Object.isFrozen)).toBe(true);
  expect(() => Object.assign(image, { downsample: 3 })).toThrow(TypeError);
});

test("AtlasImage does not see what becomes of the options that it was given", () => {
  const options = { downsample: 2 };
  const image = new BrainAtlas().atlasImage(7, options);
  options.downsample = 9;
  expect(image.downsample).toBe(2);
});

test("toJSON() gives the value as data", () => {
  const image = new BrainAtlas().atlasImage(7, { downsample: 2 });
  expect(JSON.parse(JSON.stringify(image))).toEqual({ service: "atlas", id: 7, downsample: 2, url: image.url });
});

test("toStringTag names the kind of image", () => {
  const client = new BrainAtlas();
  const images = [client.atlasImage(1), client.sectionImage(1), client.projectionImage(1), client.subImage(1)];
  expect(images.map(String)).toEqual([
    "[object AtlasImage]",
    "[object SectionImage]",
    "[object ProjectionImage]",
    "[object SubImage]",
  ]);
  expect(inspect(images[0])).toContain("AtlasImage");
});

test("with() gives another image and leaves the first as it was", () => {
  const image = new BrainAtlas().atlasImage(7, { downsample: 2, annotation: true });
  const other = image.with({ downsample: 4, annotation: undefined, quality: 50 });
  expect(other.parameters).toEqual({ downsample: 4, quality: 50 });
  expect(other.url).toMatch(/\/7\?downsample=4&quality=50$/);
  expect(image.parameters).toEqual({ downsample: 2, annotation: true });
  expect(() => image.with({ downsample: 31 })).toThrow(RangeError);
});

test("record() is fetched once, also by derived images", async () => {
  const { server, image } = await serve({ [ROW_PATH]: row });
  const first = await image.record();
  expect(first).toEqual(ROW);
  expect(await image.record()).toBe(first);
  expect(await image.with({ downsample: 3 }).record()).toBe(first);
  expect(await image.with({}).with({ annotation: true }).region()).toMatchObject({ left: 100, top: 50 });
  expect(server.paths).toEqual([ROW_PATH]);
});

test("record() is fetched once when it is asked for twice at once", async () => {
  const { server, image } = await serve({ [ROW_PATH]: row });
  const [one, two] = await Promise.all([image.record(), image.with({ quality: 9 }).record()]);
  expect(one).toEqual(two);
  expect(server.paths).toEqual([ROW_PATH]);
});

test("record() is asked for again after it failed", async () => {
  const { server, image } = await serve({ [ROW_PATH]: inTurn(text(404, "gone"), row) });
  expect(await rejectionOf(image.record())).toMatchObject({ status: 404 });
  expect(await image.record()).toEqual(ROW);
  expect(server.paths).toHaveLength(2);
});

test("record() of one caller outlives the abort of another", async () => {
  const arrived = defer<ServerResponse>();
  const { image } = await serve({ [ROW_PATH]: (response) => arrived.resolve(response) });
  const controller = new AbortController();
  const leaving = rejectionOf(image.record({ signal: controller.signal }));
  const staying = image.record();
  const response = await arrived.promise;
  controller.abort("enough");
  expect(await leaving).toBe("enough");
  response.end(JSON.stringify({ success: true, msg: [ROW] }));
  expect(await staying).toEqual(ROW);
});

test("record() asks the model that the service takes ids of", async () => {
  const server = await startFaultServer({});
  const client = new BrainAtlas({ baseUrl: server.origin });
  for (const image of [client.sectionImage(1), client.projectionImage(2), client.subImage(3)])
    await rejectionOf(image.record());
  expect(server.paths).toEqual(
    ["SectionImage/1", "SectionImage/2", "SubImage/3"].map((name) => `/api/v2/data/${name}.json`),
  );
});

test("record() rejects when there is no row, no success, or no JSON", async () => {
  const { client } = await serve({
    "/api/v2/data/AtlasImage/1.json": json({ success: true, msg: [] }),
    "/api/v2/data/AtlasImage/2.json": json({ success: false, msg: "bad model" }),
    "/api/v2/data/AtlasImage/3.json": text(200, "<html>", { "content-type": "text/html" }),
    "/api/v2/data/AtlasImage/4.json": json({ success: true, msg: [{ ...ROW, width: "wide" }] }),
    "/api/v2/data/AtlasImage/5.json": json({ success: true, msg: "words" }),
  });
  const failures = await Promise.all([1, 2, 3, 4, 5].map((id) => rejectionOf(client.atlasImage(id).record())));
  expect(failures).toMatchObject([
    { code: "ATLAS_DECODE", at: "msg[0]", expected: "the row of AtlasImage 1" },
    { code: "ATLAS_API", serverMessage: "bad model" },
    { code: "ATLAS_DECODE", at: 0 },
    { code: "ATLAS_DECODE", at: "msg[0].width" },
    { code: "ATLAS_DECODE", at: "msg[0]" },
  ]);
  for (const failure of failures) expect(failure).toHaveProperty("message", expect.stringContaining("Cannot "));
});

test("size() and region() follow from the row and the parameters", async () => {
  const { image } = await serve({ [ROW_PATH]: row });
  expect(await image.region()).toEqual({ left: 100, top: 50, width: 1000, height: 750, downsample: 2 });
  expect(await image.size()).toEqual({ width: 1000, height: 750 });
  expect(await image.with({ left: 4000, top: 0, width: 900, height: 9 }).size()).toEqual({ width: 100, height: 9 });
  expect(await image.with({ downsample: 30 }).region()).toMatchObject({ downsample: 5 });
});

test("size() rejects with a RangeError where nothing of the region lies in the file", async () => {
  const { image } = await serve({ [ROW_PATH]: row });
  await expect(image.with({ left: 4400 }).size()).rejects.toThrow(
    new RangeError(
      "Cannot show the region at 4400, 50: it lies outside of the picture of 4400 × 3200 pixels; give a left and top within",
    ),
  );
});

test("pixels() decodes to RGBA", async () => {
  const bytes = await sharp({ create: { width: 8, height: 4, channels: 3, background: "#c04010" } })
    .jpeg()
    .toBuffer();
  const { image } = await serve({ [PICTURE_PATH]: picture(bytes) });
  const { data, width, height } = await image.pixels();
  expect([width, height, data.length]).toEqual([8, 4, 8 * 4 * 4]);
  const expected = [0xc0, 0x40, 0x10, 255];
  data.forEach((value, index) => {
    expect(Math.abs(value - (expected[index % 4] ?? 0))).toBeLessThanOrEqual(4);
  });
});

test("pixels() rejects with a DecodeError when the decoder refuses", async () => {
  const { image } = await serve({ [PICTURE_PATH]: picture() });
  const error = await rejectionOf(image.pixels());
  expect(error).toBeInstanceOf(DecodeError);
  expect(error).toMatchObject({ at: 0, expected: "a picture of type image/jpeg" });
  expect((error as Error).cause).toBeInstanceOf(Error);
});

test("pixels() takes the decoder that it is given, and lets its UnsupportedError through", async () => {
  const { server } = await serve({ [PICTURE_PATH]: picture() });
  const pixels = { data: new Uint8ClampedArray(4), width: 1, height: 1 };
  const seen: unknown[] = [];
  const decoder = async (bytes: Uint8Array, mediaType: string) => {
    seen.push(bytes, mediaType);
    return pixels;
  };
  const client = new BrainAtlas({ baseUrl: server.origin, decoder });
  expect(await client.atlasImage(7).pixels()).toBe(pixels);
  expect(seen).toEqual([JPEG_BYTES, "image/jpeg"]);
  const unable = new BrainAtlas({
    baseUrl: server.origin,
    decoder: () => Promise.reject(new UnsupportedError("tea", "no kettle")),
  });
  await expect(unable.atlasImage(7).pixels()).rejects.toThrow(UnsupportedError);
  const odd = new BrainAtlas({ baseUrl: server.origin, decoder: () => Promise.reject("words") });
  await expect(odd.atlasImage(7).pixels()).rejects.toThrow("what the decoder refuses");
});

test("save() writes the picture whole", async () => {
  const { image } = await serve({ [PICTURE_PATH]: picture() });
  const path = join(await temporaryFolder(), "plate.jpg");
  const response = await image.save(path);
  expect(response.status).toBe(200);
  expect(new Uint8Array(await readFile(path))).toEqual(JPEG_BYTES);
});

test("save() writes nothing when the picture is none", async () => {
  const { image } = await serve({ [PICTURE_PATH]: text(200, "<html>", { "content-type": "text/html" }) });
  const path = join(await temporaryFolder(), "plate.jpg");
  await expect(image.save(path)).rejects.toThrow(DecodeError);
  expect(await rejectionOf(readFile(path))).toMatchObject({ code: "ENOENT" });
});

test("Jupyter.display gives the picture and its source", async () => {
  const { image } = await serve({ [PICTURE_PATH]: picture() });
  const display: unknown = Reflect.get(image, Symbol.for("Jupyter.display"));
  expect(await (display as () => Promise<unknown>).call(image)).toEqual({
    "image/jpeg": Buffer.from(JPEG_BYTES).toString("base64"),
    "text/plain": `AtlasImage 7, ${image.url}. Data: Allen Institute for Brain Science, alleninstitute.org/legal/terms-use`,
  });
});
