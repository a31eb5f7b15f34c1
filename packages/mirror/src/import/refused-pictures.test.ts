import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type MadeField, makeTiff } from "../../../../tests/support/make-tiff.ts";
import { listParts, makeDeep, makeWaves, setUpPictures } from "../../../../tests/support/picture-import.ts";

/** One pixel of floating point, or of whole numbers in a directory out of order. */
function pixelTiff(isFloat: boolean): Uint8Array {
  const field = (tag: number, value: number): MadeField => ({ tag, type: 3, values: [value] });
  const size = [field(256, 1), field(257, 1)];
  const facts = [...(isFloat ? size : size.reverse()), field(258, isFloat ? 32 : 8), field(259, 1)];
  const rest = [field(262, 1), field(273, 16), field(277, 1)];
  return makeTiff({
    data: new Uint8Array(4),
    directories: [[...facts, ...rest, field(278, 1), field(279, isFloat ? 4 : 1), field(339, isFloat ? 3 : 1)]],
  });
}

describe("importFile() puts nothing", () => {
  const [width, height] = [400, 300];

  test.each<[string, () => Promise<Buffer>]>([
    ["a JPEG", () => makeWaves(width, height).jpeg().toBuffer()],
    ["a progressive JPEG", () => makeWaves(width, height).jpeg({ progressive: true }).toBuffer()],
    ["a PNG", () => makeWaves(width, height).png().toBuffer()],
    ["a TIFF", () => makeWaves(width, height).tiff({ compression: "deflate" }).toBuffer()],
  ])("of %s that is cut off anywhere", async (_, make) => {
    const { put, store } = await setUpPictures();
    const bytes = await make();
    for (const part of [0.02, 0.3, 0.6, 0.9]) {
      await expect(put("7.x", bytes.subarray(0, bytes.length * part))).rejects.toThrow(/no whole picture/);
    }
    expect(await store.info()).toMatchObject({ entries: { picture: 0 }, records: {} });
    expect(await listParts(store)).toEqual([]);
  });

  test.each<[string, () => Promise<Buffer>]>([
    ["a PNG", () => makeWaves(width, height).png().toBuffer()],
    ["a TIFF", () => makeWaves(width, height).tiff({ compression: "deflate" }).toBuffer()],
  ])("of %s with a wrong byte", async (_, make) => {
    const { put, store } = await setUpPictures();
    const bytes = await make();
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0x55;
    await expect(put("7.x", bytes)).rejects.toThrow(/no whole picture/);
    expect(await store.info()).toMatchObject({ entries: { picture: 0 }, records: {} });
    expect(await listParts(store)).toEqual([]);
  });

  test.each<[string, () => Promise<Buffer>, RegExp]>([
    ["another format", () => makeWaves(9, 9).webp().toBuffer(), /of type webp, not JPEG, PNG or TIFF/],
    [
      "16 bits with transparency",
      () => makeDeep(9, 9, 4).picture.png().toBuffer(),
      /16 bits a channel with transparency/,
    ],
    ["floating point", async () => Buffer.from(pixelTiff(true)), /values of type float, not of 8 or 16 bits/],
    [
      "gzip of half a picture",
      async () => gzipSync((await makeWaves(99, 99).png().toBuffer()).subarray(0, 900)),
      /no whole/,
    ],
    [
      "half of gzip",
      async () => gzipSync(await makeWaves(99, 99).png().toBuffer()).subarray(0, 500),
      /gzip cannot unpack it/,
    ],
  ])("of %s", async (_, make, message) => {
    const { put, store } = await setUpPictures();
    await expect(put("7.x", await make())).rejects.toThrow(message);
    expect((await store.info()).entries.picture).toBe(0);
    expect(await listParts(store)).toEqual([]);
  });
});
