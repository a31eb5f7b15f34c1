import sharp from "sharp";
import { expect, test } from "vitest";
import { makeJpeg } from "../fake-context.test-kit.ts";
import { readJpegSize } from "./jpeg-size.ts";

test("readJpegSize() reads what an encoder writes", async () => {
  for (const progressive of [false, true]) {
    const picture = sharp({ create: { width: 31, height: 17, channels: 3, background: "red" } });
    expect(readJpegSize(await picture.withMetadata().jpeg({ progressive }).toBuffer())).toEqual({
      width: 31,
      height: 17,
    });
  }
});

test("readJpegSize() passes over fill bytes", () => {
  const plain = makeJpeg(969, 489);
  const filled = Buffer.concat([plain.subarray(0, 2), Buffer.from([0xff, 0xff]), plain.subarray(2)]);
  expect(readJpegSize(filled)).toEqual({ width: 969, height: 489 });
});

test("readJpegSize() gives nothing for what is no JPEG or is cut off", async () => {
  const png = await sharp({ create: { width: 3, height: 2, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  expect(readJpegSize(png)).toBeUndefined();
  for (let length = 0; length < 16; length += 1)
    expect(readJpegSize(makeJpeg(3, 2).subarray(0, length))).toBeUndefined();
});
