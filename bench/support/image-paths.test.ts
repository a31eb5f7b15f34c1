import { expect, test } from "vitest";
import {
  alignedRegions,
  iiifPath,
  plainPath,
  servicePath,
  tiles,
  unalignedRegions,
  wholePlates,
} from "./image-paths.mjs";
import { PLATE_HEIGHT, PLATE_WIDTH } from "./made-plate.mjs";
import { createRandom } from "./random.mjs";

test.each([
  ["tiles", tiles],
  ["alignedRegions", alignedRegions],
  ["unalignedRegions", unalignedRegions],
  ["wholePlates", wholePlates],
])("%s() lie within the plate, and are the same each time", (_, make) => {
  const windows = make();
  expect(make()).toEqual(windows);
  for (const { tier, left, top, width, height } of windows) {
    expect(left + width).toBeLessThanOrEqual(PLATE_WIDTH / 2 ** tier);
    expect(top + height).toBeLessThanOrEqual(PLATE_HEIGHT / 2 ** tier);
  }
});

test("wholePlates() are all different", () => {
  const windows = wholePlates();
  expect(new Set(windows.map(iiifPath)).size).toBe(windows.length);
});

test("alignedRegions() begin on the grid, unalignedRegions() do not", () => {
  const isOnGrid = ({ left, top }: { left: number; top: number }) => left % 16 === 0 && top % 16 === 0;
  expect(alignedRegions().every(isOnGrid)).toBe(true);
  expect(unalignedRegions().some(isOnGrid)).toBe(false);
  // Odd places too, which are the hard ones.
  expect(unalignedRegions(50).some(({ left, top }) => left % 2 === 1 && top % 2 === 1)).toBe(true);
});

test("the paths of a window mean the same to each server", () => {
  const window = { tier: 2, left: 5, top: 6, width: 70, height: 80 };
  expect(iiifPath(window)).toBe("/iiif/3/900000001/20,24,280,320/70,80/0/default.jpg");
  expect(servicePath("/a.aff", window)).toBe(
    "/cgi-bin/imageservice?path=/a.aff&left=20&top=24&width=70&height=80&downsample=2",
  );
  expect(plainPath(window, "drawing")).toBe("/drawing?tier=2&left=5&top=6&width=70&height=80");
});

test("createRandom() repeats itself by its seed, and fills its range", () => {
  const [one, same, other] = [createRandom(5), createRandom(5), createRandom(6)];
  const draw = (random: (below: number) => number) => Array.from({ length: 200 }, () => random(10));
  const drawn = draw(one);
  expect(draw(same)).toEqual(drawn);
  expect(draw(other)).not.toEqual(drawn);
  expect(new Set(drawn)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
});
