import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageBox } from "@brainatlas/sdk/image";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bytesOf,
  FIRST_IMAGE_ID,
  type ImageSide,
  newImageSide,
  SLIDE_PATH,
} from "../../../../tests/support/image-sides.ts";
import { coverBox, pullBox } from "../../../../tests/support/pulled-pictures.ts";
import { makeTexture } from "../../../../tests/support/textured-picture.ts";
import { importFile } from "./import-file.ts";
import { importTiers } from "./import-tiers.ts";

/** A store that holds a whole picture, and one that holds what covers a box of it. */
async function setUp(box: ImageBox, finest = 0): Promise<{ whole: ImageSide; part: ImageSide }> {
  const whole = await newImageSide(box);
  const file = join(whole.folder, `${FIRST_IMAGE_ID}.png`);
  await writeFile(file, await makeTexture(box.image_width, box.image_height));
  await importFile(whole.store, file, { id: FIRST_IMAGE_ID });
  const part = await newImageSide(box);
  await importTiers(part.store, await pullBox(whole.mirror, SLIDE_PATH, box, part.folder, finest));
  return { whole, part };
}

/** @param status Without it, whatever the whole picture is answered with. */
async function expectSame(whole: ImageSide, part: ImageSide, target: string, status?: number): Promise<void> {
  const [expected, given] = [await bytesOf(whole, target), await bytesOf(part, target)];
  const seen = [target, given[0], given[1], given[2].equals(expected[2])];
  expect(seen).toEqual([target, status ?? expected[0], expected[1], true]);
}

/** Requests inside of what is held. */
function requestsIn(box: ImageBox, finest: number): fc.Arbitrary<string> {
  const last = Math.floor(Math.log2(Math.max(box.image_width, box.image_height, 256) / 256) + 0.999_999);
  return fc.integer({ min: finest, max: last }).chain((downsample) => {
    const held = coverBox(box, downsample);
    const place = (length: number) =>
      fc.tuple(fc.nat(length - 1), fc.nat(length - 1), fc.constantFrom(1, 2, 16, 256)).map(([a, b, grid]) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b) + 1];
        return { from: from - (from % grid), to };
      });
    const extra = fc.constantFrom(
      "",
      "",
      "&quality=40",
      "&quality=100",
      "&filter=range&filterVals=10,200,0,128,40,255",
      "&contrast=0.1,0.9",
    );
    return fc.tuple(place(held.width), place(held.height), extra).map(([x, y, more]) => {
      const scale = 2 ** downsample;
      const corner = `left=${(held.left + x.from) * scale}&top=${(held.top + y.from) * scale}`;
      const size = `width=${x.to - x.from}&height=${y.to - y.from}`;
      return `/cgi-bin/imageservice?path=${SLIDE_PATH}&${corner}&${size}&downsample=${downsample}${more}`;
    });
  });
}

const FILE = { image_width: 1101, image_height: 839 };

describe.each<[string, ImageBox, number]>([
  ["in the middle", { x: 400, y: 300, width: 311, height: 233, ...FILE }, 0],
  ["at the lower right corner", { x: 900, y: 700, width: 201, height: 139, ...FILE }, 0],
  ["at the upper left corner", { x: 0, y: 0, width: 300, height: 1, ...FILE }, 0],
  ["of one pixel", { x: 767, y: 511, width: 1, height: 1, ...FILE }, 0],
  ["of the last pixel", { x: 1100, y: 838, width: 1, height: 1, ...FILE }, 0],
  ["of the whole file", { x: 0, y: 0, width: 1101, height: 839, ...FILE }, 0],
  ["from a coarser tier on", { x: 500, y: 300, width: 400, height: 300, ...FILE }, 1],
  ["of a file of whole tiles", { x: 256, y: 0, width: 256, height: 256, image_width: 1024, image_height: 512 }, 0],
  ["of a file of one tile", { x: 3, y: 4, width: 50, height: 60, image_width: 131, image_height: 77 }, 0],
  ["of a file that halves badly", { x: 100, y: 4, width: 300, height: 60, image_width: 513, image_height: 65 }, 0],
])("importTiers() of a box %s", (_, box, finest) => {
  test("has every answer as the whole picture has it, byte for byte", async () => {
    const { whole, part } = await setUp(box, finest);
    const requests = fc.sample(requestsIn(box, finest), { numRuns: 40, seed: 5 });
    for (const target of requests) await expectSame(whole, part, target, 200);
    const tiers = Array.from({ length: 4 - finest }, (_, index) => index + finest);
    for (const downsample of tiers) {
      const download = `/api/v2/atlas_image_download/${FIRST_IMAGE_ID}?downsample=${downsample}`;
      const { headers } = await whole.mirror.fetch(`http://x${download}`);
      const target = headers.get("location")?.slice("http://x".length) ?? "";
      await expectSame(whole, part, target);
    }
    if (finest > 0) return;
    for (const target of [
      "full/max/0/default.jpg",
      "full/max/90/gray.png",
      "pct:10,10,50,50/max/0/default.jpg",
      "full/,40/0/default.jpg",
      "square/37,/!10/default.webp",
    ]) {
      await expectSame(whole, part, `/iiif/3/${FIRST_IMAGE_ID}/${target}`);
    }
    expect((await bytesOf(part, `/iiif/3/${FIRST_IMAGE_ID}/info.json`))[0]).toBe(200);
  });
});
