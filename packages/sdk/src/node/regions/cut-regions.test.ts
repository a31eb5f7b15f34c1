import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../../tests/support/property.ts";
import { cutRegions } from "./cut-regions.ts";

test("cutRegions() cuts on a grid of the stored file", () => {
  expect(cutRegions({ left: 188, top: 500, width: 100, height: 40, downsample: 4 }, 256)).toEqual([
    {
      height: 12,
      regions: [
        { left: 188, top: 500, width: 68, height: 12, downsample: 4 },
        { left: 256, top: 500, width: 32, height: 12, downsample: 4 },
      ],
    },
    {
      height: 28,
      regions: [
        { left: 188, top: 512, width: 68, height: 28, downsample: 4 },
        { left: 256, top: 512, width: 32, height: 28, downsample: 4 },
      ],
    },
  ]);
});

test("cutRegions() covers the rectangle, each pixel once, in bands that fit into memory", () => {
  const window = fc.record({
    left: fc.nat(100_000),
    top: fc.nat(100_000),
    width: fc.integer({ min: 1, max: 60_000 }),
    height: fc.integer({ min: 1, max: 20_000 }),
    downsample: fc.nat(8),
  });
  checkProperty(
    fc.property(window, fc.integer({ min: 32, max: 512 }), ({ left, top, width, height, downsample }, steps) => {
      const regionPx = steps * 16;
      let nextTop = top;
      for (const band of cutRegions({ left, top, width, height, downsample }, regionPx)) {
        let nextLeft = left;
        const isFitting = band.regions.every((region) => {
          const follows = region.left === nextLeft && region.top === nextTop && region.downsample === downsample;
          const isOnGrid = region.left === left || region.left % regionPx === 0;
          nextLeft += region.width;
          return follows && isOnGrid && region.height === band.height && region.width <= regionPx;
        });
        expect(isFitting).toBe(true);
        expect(nextLeft).toBe(left + width);
        expect(nextTop === top || nextTop % 16 === 0).toBe(true);
        expect(band.height).toBeLessThanOrEqual(regionPx);
        expect(band.height * width * 3).toBeLessThanOrEqual(2 ** 26);
        nextTop += band.height;
      }
      expect(nextTop).toBe(top + height);
    }),
  );
});
