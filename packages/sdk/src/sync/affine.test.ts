import fc from "fast-check";
import { expect, test } from "vitest";
import { pixelCoordinate, sectionMap, spaceCoordinate, stackMap } from "../../../../tests/support/aligned-sets.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { type Affine3d, applyAffine2d, applyAffine3d, invertAffine2d, invertAffine3d } from "./affine.ts";

test("applyAffine2d() adds from left to right", () => {
  // In any other order the small ones would not be lost.
  expect(applyAffine2d([1e16, 1, 0, 0, 1, 0], 1, 1)).toEqual({ x: 1e16, y: 0 });
});

test("applyAffine3d() writes into what it is given", () => {
  const out = { x: 0, y: 0, z: 0 };
  expect(applyAffine3d([1, 0, 0, 0, 2, 0, 0, 0, 3, 4, 5, 6], 1, 1, 1, out)).toBe(out);
  expect(out).toEqual({ x: 5, y: 7, z: 9 });
});

test("invertAffine2d() undoes", () => {
  checkProperty(
    fc.property(sectionMap, pixelCoordinate, pixelCoordinate, (map, x, y) => {
      const there = applyAffine2d(map, x, y);
      const back = applyAffine2d(invertAffine2d(map), there.x, there.y);
      expect(Math.hypot(back.x - x, back.y - y)).toBeLessThan(1e-9);
    }),
  );
});

test("invertAffine3d() undoes", () => {
  checkProperty(
    fc.property(stackMap, spaceCoordinate, spaceCoordinate, spaceCoordinate, (map, x, y, z) => {
      const there = applyAffine3d(map, x, y, z);
      const back = applyAffine3d(invertAffine3d(map), there.x, there.y, there.z);
      expect(Math.hypot(back.x - x, back.y - y, back.z - z)).toBeLessThan(1e-9);
    }),
  );
});

test("invertAffine2d() and invertAffine3d() refuse what loses a dimension", () => {
  expect(() => invertAffine2d([1, 2, 2, 4, 0, 0])).toThrow(RangeError);
  const flat: Affine3d = [1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0];
  expect(() => invertAffine3d(flat)).toThrow(
    "Cannot invert the map: its determinant is 0; give one that loses no dimension",
  );
  expect(() => invertAffine2d([Number.NaN, 0, 0, 1, 0, 0])).toThrow(RangeError);
});
