// The documented requests for images (reference §11, 1 to 14), as they stand there, against the sample on a real port.
import { createMirror, type Listening, listen, sampleStore } from "@brainatlas/mirror";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeRgb } from "../support/pictures.ts";

let mirror: Listening;
beforeAll(async () => {
  mirror = await listen(createMirror({ store: sampleStore() }));
});
afterAll(() => mirror.close());

test.each([
  [1, "atlas_image_download/100883869?downsample=4&annotation=true", 969, 489],
  [3, "section_image_download/100960224?downsample=4", 660, 472],
  [4, "image_download/69750516?downsample=4", 879, 456],
  [5, "image_download/69750516?downsample=4&view=expression", 879, 456],
  [6, "image_download/69750516?left=6174&top=2282&width=1000&height=1000", 1000, 1000],
  [8, "projection_image_download/126862583?downsample=4&view=projection", undefined, undefined],
  [9, "image_download/102146167?range=0,923,0,987,0,4095&downsample=4", undefined, undefined],
  [10, "section_image_download/126862575?downsample=6&range=0,932,0,1279,0,4095", undefined, undefined],
  [
    11,
    "section_image_download/126862575?range=0,932,0,1279,0,4095&left=19045&top=11684&width=1000&height=1000",
    1000,
    1000,
  ],
  [13, "atlas_image_download/100883869?downsample=4&annotation=true&atlas=2", 969, 489],
])("documented request %i is answered with a picture", async (_, path, width, height) => {
  const response = await fetch(`${mirror.url}/api/v2/${path}`);
  expect([response.status, response.redirected, response.headers.get("content-type")]).toEqual([
    200,
    true,
    "image/jpeg",
  ]);
  const picture = await decodeRgb(new Uint8Array(await response.arrayBuffer()));
  if (width !== undefined) expect([picture.width, picture.height]).toEqual([width, height]);
  const { min, max } = picture.data.reduce(
    (range, value) => ({ min: Math.min(range.min, value), max: Math.max(range.max, value) }),
    { min: 255, max: 0 },
  );
  expect(max - min).toBeGreaterThan(40);
});

test("documented request 1 redirects to the recorded place", async () => {
  const response = await fetch(`${mirror.url}/api/v2/atlas_image_download/100883869?downsample=4&annotation=true`, {
    redirect: "manual",
  });
  expect(response.status).toBe(302);
  expect(response.headers.get("location")?.replace(mirror.url, "")).toBe(
    "/cgi-bin/imageservice?mime=1&path=/external/0350/prod34/0205081399/0205081399_devmouse_rendered.aff&left=3008&top=30592&width=969&height=489&downsample=4",
  );
});

test("documented request 2, for the image -1, is answered with 404", async () => {
  expect((await fetch(`${mirror.url}/api/v2/atlas_image_download/-1`)).status).toBe(404);
});

test("documented request 7 is smaller for its quality", async () => {
  const sizeOf = async (query: string): Promise<number> =>
    (await (await fetch(`${mirror.url}/api/v2/image_download/71592261?${query}`)).arrayBuffer()).byteLength;
  expect(await sizeOf("downsample=3&quality=50")).toBeLessThan((await sizeOf("downsample=3")) * 0.8);
});

test.each([
  [12, "/api/v2/image_download/311175878?view=tumor_feature_annotation"],
  [
    14,
    "/cgi-bin/imageservice?path=/external/gbm/prod0/0534338827/0534338827_annotation.aff&mime=1&zoom=9&width=15040&height=18048",
  ],
])("documented request %i, for an image that the sample has not, is answered with 404 and words", async (_, path) => {
  const response = await fetch(mirror.url + path);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ success: false, msg: expect.stringMatching(/here$/) });
});
