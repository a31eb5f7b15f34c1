import sharp from "sharp";
import { expect, test } from "vitest";
import { encodePng } from "./png.ts";

test("encodePng() writes what a decoder reads back", async () => {
  const data = new Uint8ClampedArray([
    255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 255, 255,
  ]);
  const { data: found, info } = await sharp(encodePng({ data, width: 3, height: 2 }))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([3, 2, 4]);
  expect([...found]).toEqual([...data]);
});
