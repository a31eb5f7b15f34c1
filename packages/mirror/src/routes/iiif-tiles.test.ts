// What viewers ask for tile by tile, from a stored pyramid.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tierCount, tierSize } from "@brainatlas/sdk/image";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeRgb, makePicture, writeIn } from "../../../../tests/support/pictures.ts";
import { importFile } from "../import/import-file.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import { writeRows } from "../records/write-rows.ts";
import { canonicalTarget } from "../store/answer-key.ts";
import { type FolderStore, openStore } from "../store/folder-store.ts";

const [WIDTH, HEIGHT] = [1301, 903];
const BOX = { x: 128, y: 64, width: 1000, height: 700 };

/** How much a wave rises or falls a pixel. */
const STEEPNESS = 3;

/** Rises from black to bright and falls again, so that a shift of a pixel shows everywhere. */
function wave(x: number): number {
  return STEEPNESS * Math.abs((x % 160) - 80);
}

async function makeWaves(): Promise<Buffer> {
  const data = Buffer.alloc(WIDTH * HEIGHT * 3, 128);
  for (let at = 0; at < WIDTH * HEIGHT; at += 1) {
    data[at * 3] = wave((at % WIDTH) + 0.5);
    data[at * 3 + 1] = wave(Math.floor(at / WIDTH) + 0.5);
  }
  return await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .png()
    .toBuffer();
}

let folder: string;
let store: FolderStore;
let mirror: Mirror;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "brainatlas-iiif-"));
  store = await openStore(join(folder, "store"), { create: true });
  mirror = createMirror({ store });
  const row = {
    id: 9,
    ...BOX,
    image_width: WIDTH,
    image_height: HEIGHT,
    path: "/external/real/nine.aff",
    resolution: 2,
  };
  writeRows(await store.records(), [{ model: "AtlasImage", row }]);
  const picture = await makeWaves();
  await importFile(store, await writeIn(folder, "9.png", picture));
  await importFile(store, await writeIn(folder, "7.png", picture));
  await importFile(store, await writeIn(folder, "5.png", await makePicture(600, 400)), { downsample: 2 });
});

afterAll(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

const get = (path: string): Promise<Response> => mirror.fetch(`http://mirror.test${path}`);

/** All tiles of a level as a viewer asks for them: IIIF's note on tiles (3.0 §3), which rounds up, or by the sizes that are listed. */
function tilePaths(image: { width: number; height: number }, halvings: number, round: (value: number) => number) {
  const scale = 2 ** halvings;
  const level = { width: round(image.width / scale), height: round(image.height / scale) };
  const paths: {
    region: readonly [number, number, number, number];
    path: string;
    left: number;
    top: number;
    width: number;
    height: number;
  }[] = [];
  for (let top = 0; top < level.height; top += 256) {
    for (let left = 0; left < level.width; left += 256) {
      const width = Math.min(256, level.width - left);
      const height = Math.min(256, level.height - top);
      const [x, y] = [left * scale, top * scale];
      const region = [x, y, Math.min(256 * scale, image.width - x), Math.min(256 * scale, image.height - y)] as const;
      paths.push({ region, path: `${region.join(",")}/${width},${height}/0/default.jpg`, left, top, width, height });
    }
  }
  return { level, paths };
}

describe("tiles of the sizes that are listed", () => {
  test("are stored tiles, and joined where the tier ends: what the image service gives", async () => {
    const seen = { tile: 0, join: 0 };
    for (let halvings = 0; halvings < tierCount(WIDTH, HEIGHT); halvings += 1) {
      const { paths } = tilePaths({ width: WIDTH, height: HEIGHT }, halvings, Math.floor);
      for (const { path, left, top, width, height } of paths) {
        const response = await get(`/iiif/3/7/${path}`);
        const made = response.headers.get("x-brainatlas-path");
        expect(made).toBe(width === 256 && height === 256 ? "tile" : "join");
        seen[made as "tile" | "join"] += 1;
        const place = `left=${left * 2 ** halvings}&top=${top * 2 ** halvings}&width=${width}&height=${height}`;
        const same = await get(
          `/cgi-bin/imageservice?path=/external/brainatlas/7/7.aff&downsample=${halvings}&${place}`,
        );
        expect(Buffer.compare(await response.bytes(), await same.bytes())).toBe(0);
      }
    }
    expect(seen).toEqual({ tile: 17, join: 16 });
  });

  test("are given without the router to who asks for the next, with the same headers", async () => {
    for (const path of ["/iiif/3/7/256,0,256,256/256,256/0/default.jpg", "/iiif/2/7/0,0,512,512/256,/0/default.jpg"]) {
      const routed = await get(path);
      const direct = mirror.tile(path);
      const { expires: _, ...headers } = direct?.headers ?? {};
      const { expires: __, ...expected } = Object.fromEntries(routed.headers);
      expect(headers).toEqual(expected);
      expect(direct?.body).toEqual(await routed.bytes());
      expect(headers.link).toContain('>;rel="canonical",<http://iiif.io/api/image/');
    }
  });
});

/**
 * How far a picture's colours are from those of the made one, on average, taken as what it was asked for: a region, scaled to its size.
 *
 * @param region In pixels of the made picture.
 */
function errorOf(
  picture: { data: Uint8Array; width: number; height: number },
  region: readonly [x: number, y: number, width: number, height: number],
): number {
  const [left, top, width, height] = region;
  let sum = 0;
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      const from = (y * picture.width + x) * 3;
      sum += Math.abs((picture.data[from] ?? 0) - wave(left + ((x + 0.5) * width) / picture.width));
      sum += Math.abs((picture.data[from + 1] ?? 0) - wave(top + ((y + 0.5) * height) / picture.height));
    }
  }
  return sum / picture.width / picture.height / 2;
}

/** What the stored quality and the halving of colour change of the made picture, on average. */
const JPEG_ERROR = 4;

test.each([
  ["7", { width: WIDTH, height: HEIGHT }, { x: 0, y: 0 }],
  ["9", { width: BOX.width, height: BOX.height }, BOX],
])("tiles of levels that are rounded up meet, at their size and in their place: image %s", async (name, image, box) => {
  for (let halvings = 1; halvings < tierCount(image.width, image.height); halvings += 1) {
    const scale = 2 ** halvings;
    const { level, paths } = tilePaths(image, halvings, Math.ceil);
    for (const { path, region, left, top, width, height } of paths) {
      const [x, y, w, h] = region;
      const response = await get(`/iiif/3/${name}/${path}`);
      const picture = await decodeRgb(await response.bytes());
      expect([picture.width, picture.height]).toEqual([width, height]);
      // Only where the tier lacks what was rounded up is it stretched, by no more than a pixel at its far edge: half of one on average.
      const isCut = left + width === level.width || top + height === level.height;
      expect(errorOf(picture, [box.x + x, box.y + y, w, h])).toBeLessThan(
        JPEG_ERROR + (isCut ? STEEPNESS * scale * 0.7 : 0),
      );
    }
  }
});

test("Deep Zoom's tiles are stored tiles too, and all have their size", async () => {
  const top = Math.ceil(Math.log2(WIDTH));
  const paths: (string | null)[] = [];
  for (let level = 0; level <= top; level += 1) {
    const { paths: tiles } = tilePaths({ width: WIDTH, height: HEIGHT }, top - level, Math.ceil);
    for (const { left, top: down, width, height } of tiles) {
      const response = await get(`/dzi/7_files/${level}/${left / 256}_${down / 256}.jpg`);
      const picture = await decodeRgb(await response.bytes());
      expect([picture.width, picture.height]).toEqual([width, height]);
      paths.push(response.headers.get("x-brainatlas-path"));
    }
  }
  expect(paths.filter((path) => path === "tile")).toHaveLength(17);
});

test("a box is cut out of its file without a loss where it lies on the grid, and exactly elsewhere", async () => {
  for (const [path, made] of [
    ["0,0,1000,700/max", "join"],
    ["384,192,256,256/256,256", "tile"],
    ["128,128,512,512/256,256", "join"],
    ["1,1,300,300/max", "recode"],
    ["0,0,1000,700/500,350", "join"],
    ["full/250,175", "join"],
    ["full/300,", "finish"],
  ]) {
    const response = await get(`/iiif/3/9/${path}/0/default.jpg`);
    expect([path, response.status, response.headers.get("x-brainatlas-path")]).toEqual([path, 200, made]);
    const [region = ""] = (path ?? "").split("/");
    const [x = 0, y = 0, width = BOX.width, height = BOX.height] =
      region === "full" ? [] : region.split(",").map(Number);
    const picture = await decodeRgb(await response.bytes());
    expect([path, errorOf(picture, [BOX.x + x, BOX.y + y, width, height]) < JPEG_ERROR]).toEqual([path, true]);
  }
});

test("a picture that is held from some tier on is an image of that tier's size", async () => {
  const response = await get("/iiif/3/5/info.json");
  expect(await response.json()).toMatchObject({
    width: 600,
    height: 400,
    sizes: [
      { width: 150, height: 100 },
      { width: 300, height: 200 },
      { width: 600, height: 400 },
    ],
  });
  const path = "/iiif/3/5/256,0,256,256/256,256/0/default.jpg";
  expect((await get(path)).headers.get("x-brainatlas-path")).toBe("tile");
  expect(mirror.tile(path)).toBeUndefined();
  expect((await get("/iiif/3/5/full/^800,/0/default.jpg")).status).toBe(200);
});

test("what is held as a whole to be made is bounded", async () => {
  const wide = createMirror({ store, maxPixels: 500_000 });
  const info = (await (await wide.fetch("http://mirror.test/iiif/3/7/info.json")).json()) as { maxArea: number };
  expect(info.maxArea).toBe(500_000);
  const largest = await wide.fetch("http://mirror.test/iiif/3/7/full/max/0/default.jpg");
  expect(await decodeRgb(await largest.bytes())).toMatchObject({
    width: tierSize(WIDTH, 1),
    height: tierSize(HEIGHT, 1),
  });
  expect((await wide.fetch("http://mirror.test/iiif/2/7/full/full/0/default.jpg")).status).toBe(400);
  await wide.close();
});

test("a recorded answer goes before the one tile that it is for, and slows no other down", async () => {
  const square = "/cgi-bin/imageservice?path=/external/brainatlas/7/7.aff&top=256&width=256&height=256";
  const details = { status: 200, headers: {} };
  const name = canonicalTarget(`${square}&left=256`);
  await store.entries.put({ kind: "answer", name, mediaType: "image/jpeg", details }, "recorded");
  expect((await get(`${square}&left=0`)).headers.get("x-brainatlas-path")).toBe("tile");
  expect(mirror.tile(`${square}&left=512`)).toBeDefined();
  // Its parameters may come in another order.
  const other = square.replace(/(path=[^&]*)&(.*)/, "$2&$1");
  for (const path of [`${square}&left=256`, `${other}&left=256`]) {
    expect(mirror.tile(path)).toBeUndefined();
    expect(await (await get(path)).text()).toBe("recorded");
  }
});
