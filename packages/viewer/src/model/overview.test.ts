import { expect, test } from "vitest";
import { frameInside, overviewSize, seesWhole } from "./overview.ts";
import { wholePlace } from "./place.ts";
import { screenMap } from "./screen-map.ts";

const IMAGE = { width: 10_000, height: 5000 };
const PANEL = { width: 800, height: 600 };

test("overviewSize() keeps the shape of the image within its room", () => {
  expect(overviewSize(IMAGE)).toEqual({ width: 160, height: 80 });
  expect(overviewSize({ width: 5000, height: 10_000 })).toEqual({ width: 65, height: 130 });
});

test("frameInside() is where the panel's corners are in the image, turned against it", () => {
  const map = screenMap({ x: 5000, y: 2500 }, -1, 90, PANEL);
  const [first, , third] = frameInside(map, PANEL, 0.016);
  expect(first?.x).toBeCloseTo((5000 - 600) * 0.016, 9);
  expect(first?.y).toBeCloseTo((2500 + 800) * 0.016, 9);
  expect(third?.x).toBeCloseTo((5000 + 600) * 0.016, 9);
});

test("seesWhole() is true of the whole image, however it is turned, and false of a part", () => {
  for (const rotationDeg of [0, 33, 90]) {
    const { centre, zoom } = wholePlace(IMAGE, PANEL, rotationDeg);
    expect(seesWhole(screenMap(centre, zoom, rotationDeg, PANEL), PANEL, IMAGE)).toBe(true);
    expect(seesWhole(screenMap(centre, zoom + 0.2, rotationDeg, PANEL), PANEL, IMAGE)).toBe(false);
  }
});
