import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type ImageSize, tierCount, tierSize } from "@brainatlas/sdk/image";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { startProgram, untilEnded } from "../../../../tests/support/child-program.ts";
import {
  listParts,
  listPictures,
  makeDeep,
  makeWaves,
  setUpPictures,
  wavesOf,
} from "../../../../tests/support/picture-import.ts";
import { writeIn } from "../../../../tests/support/pictures.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { openStore } from "../store/folder-store.ts";
import { openPyramid } from "../tiff/open-pyramid.ts";
import type { Pyramid } from "../tiff/pyramid.ts";
import { importFile } from "./import-file.ts";

function tablesOf(path: string): Pyramid {
  const file = openPyramid(path);
  file.close();
  return file.pyramid;
}

function sizesOf(path: string): string[] {
  return tablesOf(path).tiers.map(({ width, height }) => `${width}×${height}`);
}

/** The part of a picture that lies in a size. */
function cutTo({ data, width }: Raster, size: ImageSize): Raster {
  const rows = Array.from({ length: size.height }, (_, row) =>
    data.subarray(row * width * 3, (row * width + size.width) * 3),
  );
  return { data: Buffer.concat(rows), ...size };
}

interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A tier, decoded by another program. */
async function decode(path: string, page: number): Promise<Raster> {
  const { data, info } = await sharp(path, { page }).raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return { data, width: info.width, height: info.height };
}

/** Means of 2 × 2 pixels; an odd last column or row is left out. */
function halve({ data, width, height }: Raster): Raster {
  const half = { width: tierSize(width, 1), height: tierSize(height, 1) };
  const means = new Uint8Array(half.width * half.height * 3);
  for (let at = 0; at < means.length; at += 1) {
    const [channel, x, y] = [at % 3, Math.floor(at / 3) % half.width, Math.floor(at / 3 / half.width)];
    const from = (2 * y * width + 2 * x) * 3 + channel;
    const corners = [from, from + 3, from + width * 3, from + width * 3 + 3];
    means[at] = corners.reduce((sum, corner) => sum + (data[corner] ?? 0), 2) / 4;
  }
  return { data: means, ...half };
}

/** Mean difference of two pictures of one size, one of them shifted. */
function difference(one: Raster, other: Raster, right = 0, down = 0): number {
  let sum = 0;
  let count = 0;
  for (let y = 1; y < one.height - 1; y += 1) {
    for (let x = 1; x < one.width - 1; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const shifted = ((y + down) * one.width + x + right) * 3 + channel;
        sum += Math.abs((one.data[(y * one.width + x) * 3 + channel] ?? 0) - (other.data[shifted] ?? 0));
        count += 1;
      }
    }
  }
  return sum / count;
}

const SHIFTS = [-1, 0, 1].flatMap((right) => [-1, 0, 1].map((down) => [right, down] as const));

describe("importFile() stores a picture as a pyramid", () => {
  test.each(["jpeg", "png", "tiff"] as const)("of which every tier is where it was in the %s", async (format) => {
    const { put } = await setUpPictures();
    const [width, height] = [1025, 643];
    const options = format === "jpeg" ? { quality: 100, chromaSubsampling: "4:4:4" } : {};
    const path = await put("7.x", await makeWaves(width, height).toFormat(format, options).toBuffer());
    expect(sizesOf(path).slice(0, 3)).toEqual(["1152×768", "576×384", "288×192"]);
    let expected: Raster = { data: wavesOf(width, height), width, height };
    for (let tier = 0; tier < 3; tier += 1) {
      const found = cutTo(await decode(path, tier), expected);
      const error = difference(found, expected);
      expect(error).toBeLessThan(2.5);
      for (const [right, down] of SHIFTS) {
        if (right !== 0 || down !== 0) expect(difference(found, expected, right, down)).toBeGreaterThan(3 * error);
      }
      expected = halve(expected);
    }
  });

  test.each([
    [1, 1, ["16×16"]],
    [257, 1, ["288×16", "144×8"]],
    [1030, 2, ["1152×16", "576×8", "288×4", "144×2"]],
    [256, 256, ["256×256"]],
    [513, 300, ["576×320", "288×160", "144×80"]],
  ])("of %i × %i pixels, with tiers down to one of a single tile", async (width, height, sizes) => {
    const { put } = await setUpPictures();
    expect(sizesOf(await put("7.png", await makeWaves(width, height).png().toBuffer()))).toEqual(sizes);
  });

  test("of 16 bits without loss", async () => {
    const { put, store } = await setUpPictures();
    for (const channels of [1, 3] as const) {
      const { values, picture } = makeDeep(300, 280, channels);
      const path = await put("7.png", await picture.png().toBuffer());
      expect(tablesOf(path)).toMatchObject({ encoding: "deflate", isDifferenced: true });
      const raw = await sharp(path).toColourspace("rgb16").raw({ depth: "ushort" }).toBuffer();
      const found = new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2);
      expect(found.every((value, at) => value === values[channels === 3 ? at : Math.floor(at / 3)])).toBe(true);
    }
    const [entry] = await listPictures(store);
    expect(entry?.details).toEqual({ width: 300, height: 280, downsample: 0, bits: 16 });
  });

  test("in three channels: grey, and what is transparent on white", async () => {
    const { put } = await setUpPictures();
    const stored = await put("7.png", await makeWaves(40, 30, 1).toColourspace("b-w").png().toBuffer());
    const grey = cutTo(await decode(stored, 0), { width: 40, height: 30 });
    expect(
      difference(grey, { ...grey, data: wavesOf(40, 30, 1).reduce(intoRgb, new Uint8Array(40 * 30 * 3)) }),
    ).toBeLessThan(2);
    const clear = sharp({
      create: { width: 40, height: 30, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } },
    });
    const { data } = await decode(await put("7.png", await clear.png().toBuffer()), 0);
    expect(data.every((value) => Math.abs(value - 132) <= 2)).toBe(true);
  });

  test.each([
    [3001, 2003],
    [1, 1],
    [17, 33],
    [257, 255],
  ])("of %i × %i pixels, whose last column and row have their own colour in every tier", async (width, height) => {
    const { put } = await setUpPictures();
    const red = sharp({ create: { width, height, channels: 3, background: { r: 255, g: 0, b: 0 } } });
    const path = await put("7.png", await red.png().toBuffer());
    for (let tier = 0; tier < tierCount(width, height); tier += 1) {
      const size = { width: tierSize(width, tier), height: tierSize(height, tier) };
      const { data } = cutTo(await decode(path, tier), size);
      for (let at = 0; at < data.length; at += 3) {
        const isRed = (data[at] ?? 0) > 248 && (data[at + 1] ?? 255) < 8 && (data[at + 2] ?? 255) < 8;
        if (!isRed) expect([tier, at, data[at], data[at + 1], data[at + 2]]).toEqual("red");
      }
    }
  });

  test("of CMYK, and of a progressive JPEG", async () => {
    const { put } = await setUpPictures();
    const red = sharp({ create: { width: 40, height: 30, channels: 3, background: { r: 200, g: 30, b: 30 } } });
    const { data } = await decode(await put("7.jpg", await red.clone().toColourspace("cmyk").jpeg().toBuffer()), 0);
    const [r = 0, g = 0, b = 0] = data;
    expect(Math.max(Math.abs(r - 200), Math.abs(g - 30), Math.abs(b - 30))).toBeLessThan(40);
    const again = await decode(await put("7.jpg", await red.jpeg({ progressive: true }).toBuffer()), 0);
    expect(Math.abs((again.data[0] ?? 0) - 200)).toBeLessThan(4);
  });

  test("as its pixels lie, whatever turn is noted", async () => {
    const { put } = await setUpPictures();
    expect(
      sizesOf(await put("7.jpg", await makeWaves(60, 20).withMetadata({ orientation: 6 }).jpeg().toBuffer())),
    ).toEqual(["64×32"]);
  });

  test("that was packed with gzip", async () => {
    const { put, store } = await setUpPictures();
    const png = await makeWaves(60, 20).png().toBuffer();
    const path = await put("7.png.gz", gzipSync(png));
    expect(path).toBe(await put("7.png", png));
    expect(await listPictures(store)).toMatchObject([{ source: "7.png" }]);
    expect(await listParts(store)).toEqual([]);
  });

  test("once, under whatever paths it is found", async () => {
    const { put, store } = await setUpPictures();
    const before = await put("7.png", await makeWaves(60, 20).png().toBuffer());
    const row = {
      id: 7,
      x: 0,
      y: 0,
      width: 60,
      height: 20,
      image_width: 60,
      image_height: 20,
      path: "/external/7.aff",
    };
    await importFile(store, await writeIn(await temporaryFolder(), "row.json", JSON.stringify(row)));
    const found = await store.entries.get("picture", "/external/7.aff");
    expect(found?.path).toBe(before);
    const picture = await store.picture("/external/7.aff");
    expect(picture).toMatchObject({ width: 60, height: 20, finestDownsample: 0, tag: found?.entry.sha256 });
    expect(await picture?.source()).toEqual({ kind: "pyramid", file: before });
  });
});

function intoRgb(rgb: Uint8Array, value: number, at: number): Uint8Array {
  return rgb.fill(value, at * 3, at * 3 + 3);
}

/** Imports a file and writes down the most memory that the process had, in MB. */
const IMPORT = `
import { writeFileSync } from "node:fs";
import { importFile } from "./import-file.ts";
import { openStore } from "../store/folder-store.ts";

const [directory = "", file = "", peak = ""] = process.argv.slice(2);
const store = await openStore(directory, { create: true });
await importFile(store, file);
store.close();
writeFileSync(peak, String(process.resourceUsage().maxRSS / 1024));
`;

test("importFile() has no picture in memory as a whole", async () => {
  const folder = await temporaryFolder();
  const [width, height] = [2000, 60_000];
  const blank = sharp({ create: { width, height, channels: 3, background: "grey" }, limitInputPixels: false });
  await blank.png({ compressionLevel: 1 }).toFile(join(folder, "7.png"));
  const paths = ["store", "7.png", "peak"].map((name) => join(folder, name));
  const child = await startProgram(IMPORT, import.meta.dirname, paths);
  expect(await untilEnded(child)).toEqual({ code: 0, signal: null });
  const store = await openStore(join(folder, "store"));
  onTestFinished(() => store.close());
  const [entry] = await listPictures(store);
  expect(entry?.details).toMatchObject({ width, height });
  // Its pixels alone have 360 MB.
  expect(Number(await readFile(join(folder, "peak"), "utf8"))).toBeLessThan(250);
});

test("importFile() of a store that cannot be written says so, not that the picture is bad", async () => {
  const { put, store } = await setUpPictures();
  const png = await makeWaves(60, 20).png().toBuffer();
  await put("7.png", png);
  // A file where the folder should be: root may write anywhere else.
  await rm(join(store.directory, "objects"), { recursive: true });
  await writeFile(join(store.directory, "objects"), "");
  const failure = await put("8.png", png).catch(String);
  expect(failure).not.toContain("no whole picture");
});

test("importFile() notes how many bits a channel of a new image has", async () => {
  const { put, store } = await setUpPictures();
  await put("7.png", await makeDeep(30, 20, 3).picture.png().toBuffer());
  await put("8.png", await makeWaves(30, 20).png().toBuffer());
  const bits = async (id: number) => (await store.record(id))?.row.bits_per_component;
  expect([await bits(7), await bits(8)]).toEqual([16, 8]);
});
