import { expect, test } from "vitest";
import { plateSizes, usualSize } from "./plate-sizes.ts";

const RECORD = {
  id: 7,
  path: "/a.aff",
  x: 3008,
  y: 30_592,
  width: 15_504,
  height: 7824,
  image_width: 21_504,
  image_height: 44_032,
};

test("plateSizes() has the tiers of the image's box, the largest first", () => {
  const sizes = plateSizes(RECORD);
  expect(sizes.map(({ downsample, width, height }) => [downsample, width, height])).toEqual([
    [0, 15_504, 7824],
    [1, 7752, 3912],
    [2, 3876, 1956],
    [3, 1938, 978],
    [4, 969, 489],
    [5, 484, 244],
    [6, 242, 122],
    [7, 121, 61],
  ]);
  expect(sizes.map(({ use }) => use).slice(0, 4)).toEqual([
    "full resolution, for measuring",
    "measuring",
    "print",
    "a slide or a screen",
  ]);
  expect(usualSize(sizes)?.downsample).toBe(3);
});

test("plateSizes() of a small image is its full resolution", () => {
  const tiny = { ...RECORD, width: 30, height: 20, image_width: 30, image_height: 20 };
  expect(plateSizes(tiny)).toMatchObject([{ downsample: 0, width: 30, height: 20 }]);
  expect(usualSize(plateSizes(tiny))?.downsample).toBe(0);
});

test("plateSizes() refuses what no JPEG holds, in words", () => {
  const sizes = plateSizes({ ...RECORD, width: 70_000, image_width: 70_000 });
  expect(sizes[0]?.refused).toMatch(/at most 65535 pixels an edge/);
  expect(sizes[1]?.refused).toBeUndefined();
});
