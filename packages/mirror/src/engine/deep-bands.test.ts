import { join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { checkAsyncProperty } from "../../../../tests/support/property.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { openPyramid, type PyramidFile } from "../tiff/open-pyramid.ts";
import { deepBands } from "./deep-bands.ts";

const WIDTH = 700;
const HEIGHT = 530;

/** Values of 16 bits that tell places and channels apart. */
const SAMPLES = Uint16Array.from({ length: WIDTH * HEIGHT * 3 }, (_, index) => (index * 40_503) % 65_536);

async function makePyramid(predictor: "horizontal" | "none"): Promise<PyramidFile> {
  const path = join(await temporaryFolder(), "deep.tif");
  const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
  await sharp(SAMPLES, { raw })
    .toColourspace("rgb16")
    .tiff({ tile: true, pyramid: true, tileWidth: 256, tileHeight: 256, compression: "deflate", predictor })
    .toFile(path);
  return openPyramid(path);
}

/** The samples of a window as they reach the filter, and how many bands they came in. */
function readWindow(file: PyramidFile, left: number, top: number, width: number, height: number) {
  const samples: number[] = [];
  let bands = 0;
  const keep = (band: Uint16Array): Uint8Array => {
    for (const sample of band) samples.push(sample);
    bands += 1;
    return new Uint8Array();
  };
  for (const _ of deepBands(file, 0, { left, top, width, height, downsample: 0 }, keep));
  return { samples, bands };
}

function crop(left: number, top: number, width: number, height: number): number[] {
  const rows = Array.from({ length: height }, (_, row) => ((top + row) * WIDTH + left) * 3);
  return rows.flatMap((start) => [...SAMPLES.subarray(start, start + width * 3)]);
}

test.each(["horizontal", "none"] as const)("deepBands() gives the very values of any window, %s", async (predictor) => {
  const file = await makePyramid(predictor);
  const window = fc
    .tuple(fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1))
    .chain(([left, top]) =>
      fc.tuple(
        fc.constant(left),
        fc.constant(top),
        fc.integer({ min: 1, max: Math.min(60, WIDTH - left) }),
        fc.integer({ min: 1, max: Math.min(300, HEIGHT - top) }),
      ),
    );
  await checkAsyncProperty(
    fc.asyncProperty(window, async (place) => {
      expect(readWindow(file, ...place).samples).toEqual(crop(...place));
    }),
    20,
  );
  expect(readWindow(file, 0, 0, WIDTH, HEIGHT).samples).toEqual([...SAMPLES]);
});

test("deepBands() says which tile is damaged", async () => {
  const file = await makePyramid("horizontal");
  const torn: PyramidFile = {
    ...file,
    readTile: (tier, index) => (index === 1 ? Uint8Array.of(1, 2, 3) : file.readTile(tier, index)),
  };
  expect(() => readWindow(torn, 0, 0, 600, 10)).toThrow(/tier 0, tile 1 holds damaged data; expected a tile of 393216/);
});
