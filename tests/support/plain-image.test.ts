// The judges of pictures are judged: by another decoder, and by pictures that are wrong.
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { encodingError, errorOf, isUnshifted, largestDifference, showsShifts } from "./picture-error.ts";
import { decodePlain, openPlainPyramid, type PlainBox, type PlainPixels, plainBox } from "./plain-image.ts";
import { temporaryFolder } from "./temporary.ts";
import { makeTexture } from "./textured-picture.ts";

async function rawOf(picture: Sharp): Promise<PlainPixels> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function cropOf(bytes: Uint8Array, box: PlainBox): Promise<PlainPixels> {
  return await rawOf(sharp(bytes).extract(box));
}

test.each([false, true])("openPlainPyramid() gives what another decoder does (BigTIFF: %s)", async (bigtiff) => {
  const file = join(await temporaryFolder(), "p.tif");
  const tiles = {
    tile: true,
    tileWidth: 256,
    tileHeight: 256,
    pyramid: true,
    compression: "jpeg",
    quality: 85,
  } as const;
  await sharp(await makeTexture(1111, 777))
    .tiff({ ...tiles, bigtiff })
    .toFile(file);
  const { tiers, close } = openPlainPyramid(file);
  expect(tiers.map(({ width, height }) => [width, height])).toEqual([
    [1111, 777],
    [555, 388],
    [277, 194],
    [138, 97],
  ]);
  for (const [page, tier] of tiers.entries()) {
    const box = { left: 17, top: 30, width: tier.width - 20, height: tier.height - 31 };
    const theirs = await rawOf(sharp(file, { page }).extract(box));
    // Theirs smooths the colour, which is all that is different.
    expect(errorOf(tier.crop(box), theirs)).toBeLessThan(4);
    expect(isUnshifted(theirs, tier.crop(box))).toBe(true);
  }
  close();
});

test("plainBox() drops fractions at the tier and cuts off what lies outside", () => {
  const tier = { width: 100, height: 50 };
  const box = (left: number, top: number, width: number, height: number, downsample = 0) =>
    plainBox({ left, top, width, height, downsample }, tier);
  expect(box(10.9, -3.5, 20, 10)).toEqual({ left: 10, top: 0, width: 20, height: 6 });
  expect(box(7, 8, 200, 200, 2)).toEqual({ left: 1, top: 2, width: 99, height: 48 });
  expect(box(100, 0, 1, 1)).toBeUndefined();
  expect(box(-5, 0, 5, 1)).toBeUndefined();
});

test("isUnshifted() sees a shift by one pixel, and showsShifts() where it could not", async () => {
  const picture = await makeTexture(300, 200);
  const expected = await cropOf(picture, { left: 20, top: 20, width: 90, height: 80 });
  expect(isUnshifted(expected, expected)).toBe(true);
  for (const [left, top] of [
    [21, 20],
    [20, 19],
    [19, 21],
  ] as const) {
    expect(isUnshifted(expected, await cropOf(picture, { left, top, width: 90, height: 80 }))).toBe(false);
  }
  expect(showsShifts(expected, 0.5)).toBe(true);
  const flat = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(200) };
  expect([showsShifts(flat, 0.5), showsShifts(expected, 50)]).toEqual([false, false]);
});

test("the error of an encoder grows as its quality falls", async () => {
  const pixels = await cropOf(await makeTexture(300, 200), { left: 0, top: 0, width: 200, height: 150 });
  const errors = await Promise.all([95, 85, 30, 1].map((quality) => encodingError(pixels, quality)));
  expect(errors).toEqual(errors.toSorted((a, b) => a - b));
  const wrong = { ...pixels, data: pixels.data.map((value) => value ^ 1) };
  expect([largestDifference(pixels, pixels), largestDifference(pixels, wrong)]).toEqual([0, 1]);
});

test("decodePlain() decodes a JPEG whose size is no multiple of a block", async () => {
  const jpeg = await sharp(await makeTexture(37, 21))
    .jpeg({ quality: 100 })
    .toBuffer();
  expect(decodePlain(jpeg)).toMatchObject({ width: 37, height: 21 });
});
