import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { niceScale } from "./nice-scale.ts";

test.each([
  [3.4, [0, 1, 2, 3, 4]],
  [16.64, [0, 5, 10, 15, 20]],
  [0.0304, [0, 0.01, 0.02, 0.03, 0.04]],
  [6, [0, 1, 2, 3, 4, 5, 6]],
  [0, [0, 1]],
  [-1, [0, 1]],
  [Number.NaN, [0, 1]],
  [Number.MAX_VALUE, [0]],
])("niceScale(%d) marks %j", (largest, ticks) => {
  expect(niceScale(largest).ticks).toEqual(ticks);
});

test("niceScale() reaches any value in two to six even steps", () => {
  checkProperty(
    fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), (largest) => {
      const { end, ticks } = niceScale(largest);
      expect(end).toBeGreaterThanOrEqual(largest * (1 - 1e-9));
      expect(end).toBeLessThan(largest * 1.8);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.at(-1)).toBe(end);
    }),
  );
});
