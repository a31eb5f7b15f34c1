import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { nearestSection } from "./nearest-section.ts";

const stack = (...numbers: number[]) => numbers.map((sectionNumber) => ({ sectionNumber }));

test.each([
  [[4, 12, 20], -100, 0],
  [[4, 12, 20], Number.NEGATIVE_INFINITY, 0],
  [[4, 12, 20], 8, 0],
  [[4, 12, 20], 8.000000001, 1],
  [[4, 12, 20], 15.9, 1],
  [[4, 12, 20], 16, 1],
  [[4, 12, 20], 1e300, 2],
  [[4, 12, 20], Number.POSITIVE_INFINITY, 2],
  [[4, 12, 12, 12, 20], 12.5, 1],
  [[4, 4], 9, 0],
  [[7], 3, 0],
])("nearestSection() of %j to %d is number %d", (numbers, wanted, index) => {
  expect(nearestSection(stack(...numbers), wanted)).toBe(index);
});

test("nearestSection() refuses what has no answer", () => {
  expect(() => nearestSection([], 1)).toThrow(RangeError);
  expect(() => nearestSection(stack(1), Number.NaN)).toThrow(RangeError);
});

test("nearestSection() is the first of the nearest, whatever the stack", () => {
  const quarter = fc.integer({ min: -400, max: 2000 }).map((value) => value / 4);
  checkProperty(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 400 }), { minLength: 1, maxLength: 40 }),
      quarter,
      (all, wanted) => {
        const numbers = all.sort((a, b) => a - b);
        const distances = numbers.map((number) => Math.abs(number - wanted));
        expect(nearestSection(stack(...numbers), wanted)).toBe(distances.indexOf(Math.min(...distances)));
      },
    ),
  );
});
