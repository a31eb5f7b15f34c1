import { stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { writeStrips } from "./write-strips.ts";

function pixelsOf(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 7919) >> 5);
}

function* bandsOf(pixels: Uint8Array, rowBytes: number, rows: number): Generator<Uint8Array> {
  for (let at = 0; at < pixels.length; at += rows * rowBytes) yield pixels.subarray(at, at + rows * rowBytes);
}

test.each([
  [1, 1, 1],
  [5, 16, 16],
  [5, 17, 3],
  [300, 100, 64],
  [301, 33, 33],
])(
  "writeStrips() writes %i × %i pixels, given in bands of %i rows, that another program reads",
  async (width, height, rows) => {
    const path = join(await temporaryFolder(), "strips.tif");
    const pixels = pixelsOf(width, height);
    await writeStrips(path, { width, height }, bandsOf(pixels, width * 3, rows));
    const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width, height, channels: 3 });
    expect(data.equals(pixels)).toBe(true);
  },
);

test("writeStrips() refuses too few and too many pixels", async () => {
  const folder = await temporaryFolder();
  const size = { width: 2, height: 2 };
  await expect(writeStrips(join(folder, "few"), size, [new Uint8Array(11)])).rejects.toThrow(/11 bytes .* of 12/);
  function* endless(): Generator<Uint8Array> {
    for (;;) yield new Uint8Array(6);
  }
  await expect(writeStrips(join(folder, "many"), size, endless())).rejects.toThrow(RangeError);
  expect((await stat(join(folder, "many"))).size).toBeLessThan(1000);
});
