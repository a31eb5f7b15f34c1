import { decode as decodeJs } from "jpeg-js";
import sharp from "sharp";
import { expect, test } from "vitest";
import { noiseAt, type Paint, paintPixels } from "../../../../tests/support/jpeg-tiers.ts";
import { createPixelCodec } from "./create-pixel-codec.ts";

const codec = createPixelCodec();
const PAINTS: Readonly<Record<string, Paint>> = {
  textured: (x, y, c) => 120 + 60 * Math.sin((x + c * 40) / 17 + y / 23) + 60 * noiseAt(x >> 1, y >> 1, c),
  noise: (x, y, c) => 255 * noiseAt(x, y, c),
  drawing: (x, y, c) => (((x >> 4) + (y >> 5)) % 3 === c ? 255 : (x >> 5) % 2 === 0 ? 0 : 200),
};

function encode(rgb: Uint8Array, width: number, quality: number): Buffer {
  const encoder = codec.encoder(width, rgb.length / width / 3, quality);
  return Buffer.concat([encoder.write(rgb), encoder.end()]);
}

async function encodeSharp(rgb: Uint8Array, width: number, quality: number): Promise<Buffer> {
  const raw = { width, height: rgb.length / width / 3, channels: 3 as const };
  const options = { quality: Math.max(1, quality), chromaSubsampling: "4:2:0", optimiseCoding: false };
  return await sharp(rgb, { raw }).jpeg(options).toBuffer();
}

function decodeJpeg(jpeg: Uint8Array): Uint8Array {
  return decodeJs(jpeg, { useTArray: true, formatAsRGBA: false, maxMemoryUsageInMB: 1024 }).data;
}

/** Peak signal to noise, in dB. */
function psnr(left: Uint8Array, right: Uint8Array): number {
  expect(left).toHaveLength(right.length);
  let sum = 0;
  for (const [at, value] of left.entries()) sum += (value - (right[at] ?? 0)) ** 2;
  return 10 * Math.log10((255 ** 2 * left.length) / Math.max(sum, 1));
}

test("encoder() gives pictures as good and as small as libjpeg's, at any quality", async () => {
  for (const [name, paint] of Object.entries(PAINTS)) {
    const rgb = paintPixels(300, 211, paint);
    for (const quality of [0, 1, 10, 30, 50, 75, 85, 95, 100]) {
      const [ours, theirs] = [encode(rgb, 300, quality), await encodeSharp(rgb, 300, quality)];
      const where = `${name} at ${quality}`;
      expect(psnr(decodeJpeg(ours), rgb), where).toBeGreaterThan(psnr(decodeJpeg(theirs), rgb) - 0.3);
      expect(ours.length, where).toBeLessThan(theirs.length * 1.03 + 20);
      expect(ours.length, where).toBeGreaterThan(theirs.length * (quality < 100 ? 0.95 : 0.8));
    }
  }
});

test("encoder() gives JPEG that libraries read without complaint, of any size", async () => {
  const sizes = [
    [1, 1],
    [1, 17],
    [17, 1],
    [2, 2],
    [7, 9],
    [8, 8],
    [9, 8],
    [16, 16],
    [17, 33],
    [31, 15],
    [1000, 3],
    [65_500, 1],
    [1, 65_500],
  ] as const;
  for (const [width, height] of sizes) {
    const rgb = paintPixels(width, height, PAINTS.textured as Paint);
    for (const quality of [0, 85, 100]) {
      const jpeg = encode(rgb, width, quality);
      const { info } = await sharp(jpeg, { failOn: "warning" }).raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height, info.channels]).toEqual([width, height, 3]);
      const theirs = await encodeSharp(rgb, width, quality);
      const where = `${width}x${height} at ${quality}`;
      expect(psnr(decodeJpeg(jpeg), rgb), where).toBeGreaterThan(
        // Of a few pixels chance decides.
        psnr(decodeJpeg(theirs), rgb) - (width * height < 300 ? 1.5 : 0.3),
      );
    }
  }
});

test("encoder() takes rows in any portions", () => {
  const [width, height] = [133, 50];
  const rgb = paintPixels(width, height, PAINTS.textured as Paint);
  const whole = encode(rgb, width, 85);
  for (const portion of [1, 2, 3, 15, 16, 17, 49]) {
    const encoder = codec.encoder(width, height, 85);
    const pieces: Uint8Array[] = [];
    for (let row = 0; row < height; row += portion) {
      pieces.push(encoder.write(rgb.subarray(row * width * 3, (row + portion) * width * 3)));
    }
    expect(Buffer.compare(Buffer.concat([...pieces, encoder.end()]), whole)).toBe(0);
  }
});

test("encoder() shifts nothing", () => {
  const rgb = paintPixels(64, 64, (x, y, c) => 128 + 100 * Math.sin(x / 3 + c) * Math.cos(y / 3 - c));
  const given = decodeJpeg(encode(rgb, 64, 95));
  const apart = (dx: number, dy: number) => {
    let sum = 0;
    for (let y = 1; y < 63; y += 1) {
      for (let x = 3; x < 189; x += 1)
        sum += Math.abs((given[y * 192 + x] ?? 0) - (rgb[(y + dy) * 192 + x + dx * 3] ?? 0));
    }
    return sum;
  };
  for (const [dx, dy] of [
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
  ] as const) {
    expect(apart(dx, dy)).toBeGreaterThan(apart(0, 0) * 2);
  }
});

test("encoder() gives large pictures in pieces", async () => {
  const [width, height] = [3001, 1200];
  const encoder = codec.encoder(width, height, 90);
  const band = paintPixels(width, 100, PAINTS.noise as Paint);
  const pieces: Uint8Array[] = [];
  for (let row = 0; row < height; row += 100) pieces.push(encoder.write(band));
  expect(pieces.every((piece) => piece.length > 0)).toBe(true);
  const { info } = await sharp(Buffer.concat([...pieces, encoder.end()]), { failOn: "warning" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([width, height]);
});

test("encoder() refuses what is no picture", () => {
  for (const [width, height] of [
    [0, 1],
    [1, 0],
    [65_536, 1],
    [1, 65_536],
    [1.5, 1],
    [Number.NaN, 1],
  ] as const) {
    expect(() => codec.encoder(width, height, 85)).toThrow(RangeError);
  }
  for (const quality of [-1, 100.5, Number.NaN]) expect(() => codec.encoder(1, 1, quality)).toThrow(RangeError);
  const encoder = codec.encoder(4, 2, 85);
  expect(() => encoder.write(new Uint8Array(11))).toThrow(/whole rows of 12/);
  expect(() => encoder.write(new Uint8Array(36))).toThrow(/2 more at most/);
  expect(() => encoder.end()).toThrow(/after 0 rows; give all 2/);
  encoder.write(new Uint8Array(24));
  codec.encoder(1, 1, 85);
  expect(() => encoder.end()).toThrow(/another one has been begun/);
});

test("encoder() gives the largest pictures that JPEG has", () => {
  for (const [width, height] of [
    [65_535, 2],
    [2, 65_535],
  ] as const) {
    const rgb = paintPixels(width, height, (x, y, c) => 128 + 100 * Math.sin((x + y) / 50 + c));
    expect(psnr(decodeJpeg(encode(rgb, width, 90)), rgb)).toBeGreaterThan(30);
  }
});
