import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { finishPicture, type RawPicture } from "./finish-picture.ts";
import type { PictureFinish } from "./picture-job.ts";

const [WIDTH, HEIGHT] = [70, 40];
const PLAIN: PictureFinish = {
  width: WIDTH,
  height: HEIGHT,
  isMirrored: false,
  turnDeg: 0,
  tone: "color",
  format: "png",
};

function makeRaw(value: (at: number) => number): RawPicture {
  return { data: Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => value(at)), width: WIDTH, height: HEIGHT };
}

const BUSY = makeRaw((at) => (at * 7) % 256);

async function finish(change: Partial<PictureFinish>, picture: RawPicture = BUSY): Promise<Buffer> {
  const made = await finishPicture(picture, { ...PLAIN, ...change }, 85);
  if (!(made instanceof Uint8Array)) throw new Error("pixels");
  return Buffer.from(made);
}

/** Brightness of the pixels, one of each. */
async function greysOf(bytes: Buffer): Promise<Buffer> {
  return await sharp(bytes, { failOn: "warning" }).removeAlpha().toColourspace("b-w").raw().toBuffer();
}

describe("finishPicture() in grey", () => {
  test.each(["png", "tif"] as const)("has one channel as %s", async (format) => {
    const bytes = await finish({ tone: "gray", format });
    expect(await sharp(bytes).metadata()).toMatchObject({ channels: 1, space: "b-w", depth: "uchar" });
    const expected = await greysOf(await finish({ tone: "gray", format: "webp" }));
    const error = (await greysOf(bytes)).reduce((sum, value, at) => sum + Math.abs(value - (expected[at] ?? 999)), 0);
    expect(error / expected.length).toBeLessThan(8);
  });

  test.each(["png", "tif"] as const)("has one more where a turn uncovers corners, as %s", async (format) => {
    for (const tone of ["gray", "bitonal"] as const) {
      expect(await sharp(await finish({ tone, format, turnDeg: 30 })).metadata()).toMatchObject({ channels: 2 });
    }
  });
});

describe("finishPicture() in two tones", () => {
  test.each(["png", "tif", "webp"] as const)("has no other in %s, the same in all", async (format) => {
    const expected = Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
      const [r = 0, g = 0, b = 0] = BUSY.data.subarray(at * 3, at * 3 + 3);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    const greys = await greysOf(await finish({ tone: "bitonal", format }));
    expect([...new Set(greys)].sort()).toEqual([0, 255]);
    expect([...greys]).toEqual([...(await greysOf(await finish({ tone: "bitonal", format: "tif" })))]);
    const bright = (grey: number): number => expected.filter((_, at) => greys[at] === grey).reduce((a, b) => a + b, 0);
    expect(bright(255)).toBeGreaterThan(bright(0));
  });

  test("takes a bit a pixel as PNG and TIFF", async () => {
    const png = await finish({ tone: "bitonal" });
    // Bit depth of the header.
    expect(png[24]).toBe(1);
    expect(await sharp(await finish({ tone: "bitonal", format: "tif" })).metadata()).toMatchObject({
      bitsPerSample: 1,
      channels: 1,
    });
  });

  test.each([0, 255])("keeps a picture that is all %i", async (value) => {
    for (const format of ["png", "tif", "webp"] as const) {
      const greys = await greysOf(
        await finish(
          { tone: "bitonal", format },
          makeRaw(() => value),
        ),
      );
      expect([...new Set(greys)]).toEqual([value]);
    }
  });
});

describe("finishPicture() says how large a pixel is", () => {
  test("in pixels a metre of a PNG", async () => {
    const png = await finish({ pixelUm: 1.047 });
    const at = png.indexOf("pHYs") + 4;
    expect([png.readUInt32BE(at), png.readUInt32BE(at + 4), png[at + 8]]).toEqual([955_110, 955_110, 1]);
    // Its checksum is looked at, too.
    const { data } = await sharp(png, { failOn: "warning" }).raw().toBuffer({ resolveWithObject: true });
    expect(Buffer.compare(data, BUSY.data)).toBe(0);
  });

  test.each(["color", "bitonal"] as const)("in pixels a centimetre of a TIFF in %s", async (tone) => {
    const fields = tiffFields(await finish({ format: "tif", pixelUm: 2.5, tone }));
    expect([fields.unit, fields.x, fields.y]).toEqual([3, 4000, 4000]);
  });

  test.each([undefined, 0, -1, Number.NaN, 1e-9, 1e9])("and nothing of one of %s µm", async (pixelUm) => {
    expect((await finish({ pixelUm })).includes("pHYs")).toBe(false);
    const tiff = await finish({ format: "tif", pixelUm });
    expect(tiffFields(tiff)).toMatchObject({ unit: 1, x: tiffFields(tiff).y });
    const { data } = await sharp(tiff, { failOn: "warning" }).raw().toBuffer({ resolveWithObject: true });
    expect(Buffer.compare(data, BUSY.data)).toBe(0);
  });
});

/** Resolution in the first directory of a little-endian TIFF. */
function tiffFields(tiff: Buffer): { unit: number; x: number; y: number } {
  const directory = tiff.readUInt32LE(4);
  const at = (tag: number): number => {
    for (let entry = directory + 2; ; entry += 12) if (tiff.readUInt16LE(entry) === tag) return entry + 8;
  };
  const ratio = (place: number): number => tiff.readUInt32LE(place) / tiff.readUInt32LE(place + 4);
  return {
    unit: tiff.readUInt16LE(at(296)),
    x: ratio(tiff.readUInt32LE(at(282))),
    y: ratio(tiff.readUInt32LE(at(283))),
  };
}
