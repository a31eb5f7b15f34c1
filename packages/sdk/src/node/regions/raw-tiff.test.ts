import { Buffer } from "node:buffer";
import sharp from "sharp";
import { expect, test } from "vitest";
import { rawTiffHead } from "./raw-tiff.ts";

test.each([
  [1, 1],
  [7, 16],
  [5, 17],
  [300, 100],
])("rawTiffHead() makes a picture of %i × %i of pixels", async (width, height) => {
  const pixels = Buffer.from(Array.from({ length: width * height * 3 }, (_, index) => (index * 7) % 251));
  const picture = Buffer.concat([rawTiffHead(width, height), pixels]);
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width, height, channels: 3 });
  expect(data.equals(pixels)).toBe(true);
});
