import { expect, test } from "vitest";
import { deepZoomRegion, fullLevel, parseDeepZoomTile } from "./deep-zoom.ts";

test.each([
  [1, 1, 0],
  [2, 1, 1],
  [3, 2, 2],
  [1024, 5, 10],
  [1025, 5, 11],
])("fullLevel() of %i × %i is %i", (width, height, level) => {
  expect([fullLevel({ width, height }), fullLevel({ width: height, height: width })]).toEqual([level, level]);
});

test("deepZoomRegion() rounds up", () => {
  const image = { width: 1001, height: 601 };
  expect(deepZoomRegion({ level: 9, column: 1, row: 1 }, image)).toEqual({
    region: { x: 512, y: 512, width: 489, height: 89 },
    width: 245,
    height: 45,
  });
  expect(deepZoomRegion({ level: 0, column: 0, row: 0 }, image)).toEqual({
    region: { x: 0, y: 0, width: 1001, height: 601 },
    width: 1,
    height: 1,
  });
});

test.each([
  ["x", "0_0.jpg"],
  ["-1", "0_0.jpg"],
  ["1.5", "0_0.jpg"],
  ["100", "0_0.jpg"],
  ["1", "0_0.png"],
  ["1", "0-0.jpg"],
  ["1", "-1_0.jpg"],
  ["1", "99999999_0.jpg"],
  ["1", ""],
])("parseDeepZoomTile(%j, %j) is none", (level, name) => {
  expect(parseDeepZoomTile(level, name)).toBeUndefined();
});
