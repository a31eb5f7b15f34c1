import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { clampDownsample, type ImageBox, regionOf, tierCount, tierSize, windowOf } from "./geometry.ts";

const edge = fc.integer({ min: 1, max: 100_000 });
const file = fc.record({ image_width: edge, image_height: edge });
const level = fc.nat(12);

test.each([
  [11_921, 7553, 2, 2980, 1888],
  [12_160, 7360, 1, 6080, 3680],
  [12_160, 7360, 2, 3040, 1840],
])("tierSize() of %i × %i at %i is the recorded %i × %i", (width, height, downsample, tierWidth, tierHeight) => {
  expect([tierSize(width, downsample), tierSize(height, downsample)]).toEqual([tierWidth, tierHeight]);
});

test("tierSize() is never below one pixel, and halves step by step as at once", () => {
  checkProperty(
    fc.property(edge, level, (px, downsample) => {
      const size = tierSize(px, downsample);
      expect(size).toBeGreaterThanOrEqual(1);
      expect(tierSize(size, 1)).toBe(tierSize(px, downsample + 1));
    }),
  );
});

test.each([
  [4232, 6],
  [4536, 6],
  [8929, 7],
  [8992, 7],
  [14_065, 7],
  [16_049, 7],
  [256, 1],
  [257, 2],
  [1, 1],
])("tierCount() of a longest edge of %i is the recorded %i", (px, tiers) => {
  expect(tierCount(px, 1)).toBe(tiers);
  expect(tierCount(1, px)).toBe(tiers);
});

test("tierCount() makes the last tier the first of at most 256 pixels", () => {
  checkProperty(
    fc.property(edge, edge, (width, height) => {
      const last = tierCount(width, height) - 1;
      const longest = Math.max(width, height);
      expect(longest / 2 ** last).toBeLessThanOrEqual(256);
      if (last > 0) expect(longest / 2 ** (last - 1)).toBeGreaterThan(256);
    }),
  );
});

const plate: ImageBox = { x: 3008, y: 30_592, width: 15_504, height: 7824, image_width: 18_560, image_height: 40_960 };

test("regionOf() gives the section's box at the tier, as recorded", () => {
  expect(regionOf(plate, { downsample: 4 })).toEqual({
    left: 3008,
    top: 30_592,
    width: 969,
    height: 489,
    downsample: 4,
  });
  expect(regionOf(plate, {})).toMatchObject({ width: 15_504, height: 7824, downsample: 0 });
});

test("regionOf() takes left and top at full resolution, width and height at the tier", () => {
  const given = { left: 1, top: -2, width: 30, height: 40, downsample: 3 };
  expect(regionOf(plate, given)).toEqual(given);
  expect(regionOf(plate, { left: 1, downsample: 3 })).toMatchObject({ left: 1, top: 30_592, width: 1938, height: 978 });
});

test("regionOf() reduces width and height where downsampleDimensions says so", () => {
  const given = { left: 1, top: 2, width: 30, height: 41, downsample: 3, downsampleDimensions: true };
  expect(regionOf(plate, given)).toEqual({ left: 1, top: 2, width: 3, height: 5, downsample: 3 });
  expect(regionOf(plate, { ...given, downsampleDimensions: false })).toMatchObject({ width: 30, height: 41 });
});

test("clampDownsample() gives the nearest tier", () => {
  expect([-3, 0, 4, 8, 30].map((downsample) => clampDownsample(downsample, plate))).toEqual([0, 0, 4, 8, 8]);
  expect(tierCount(plate.image_width, plate.image_height)).toBe(9);
});

const anyRegion = fc.record({
  left: fc.integer({ min: -200_000, max: 200_000 }),
  top: fc.integer({ min: -200_000, max: 200_000 }),
  width: edge,
  height: edge,
  downsample: level,
});

test("windowOf() lies within the tier and within the region", () => {
  checkProperty(
    fc.property(anyRegion, file, (region, of) => {
      const window = windowOf(region, of);
      if (window === undefined) return;
      const { downsample } = region;
      expect(window.left).toBeGreaterThanOrEqual(Math.max(0, Math.floor(region.left / 2 ** downsample)));
      expect(window.top).toBeGreaterThanOrEqual(Math.max(0, Math.floor(region.top / 2 ** downsample)));
      expect(window.width).toBeGreaterThan(0);
      expect(window.height).toBeGreaterThan(0);
      expect(window.width).toBeLessThanOrEqual(region.width);
      expect(window.height).toBeLessThanOrEqual(region.height);
      expect(window.left + window.width).toBeLessThanOrEqual(tierSize(of.image_width, downsample));
      expect(window.top + window.height).toBeLessThanOrEqual(tierSize(of.image_height, downsample));
    }),
  );
});

test("windowOf() of the whole file is the whole tier", () => {
  checkProperty(
    fc.property(file, level, (of, downsample) => {
      const size = { width: tierSize(of.image_width, downsample), height: tierSize(of.image_height, downsample) };
      expect(windowOf({ left: 0, top: 0, ...size, downsample }, of)).toEqual({ left: 0, top: 0, ...size, downsample });
    }),
  );
});

test("windowOf() of tiles covers the tier exactly", () => {
  const tile = fc.integer({ min: 16, max: 512 });
  const small = fc.record({ image_width: fc.integer({ min: 1, max: 5000 }), image_height: fc.constant(1) });
  checkProperty(
    fc.property(small, fc.nat(6), tile, (of, downsample, tilePx) => {
      const tierWidth = tierSize(of.image_width, downsample);
      let covered = 0;
      for (let start = 0; start < tierWidth; start += tilePx) {
        const region = { left: start * 2 ** downsample, top: 0, width: tilePx, height: 1, downsample };
        const window = windowOf(region, of);
        expect(window?.left).toBe(covered);
        covered += window?.width ?? 0;
      }
      expect(covered).toBe(tierWidth);
    }),
  );
});

test("windowOf() gives undefined where nothing of the region lies in the file", () => {
  const of = { image_width: 100, image_height: 100 };
  const region = { left: 0, top: 0, width: 10, height: 10, downsample: 0 };
  expect(windowOf({ ...region, left: 100 }, of)).toBeUndefined();
  expect(windowOf({ ...region, top: -10 }, of)).toBeUndefined();
  expect(windowOf({ ...region, left: 99, top: -9 }, of)).toEqual({
    left: 99,
    top: 0,
    width: 1,
    height: 1,
    downsample: 0,
  });
});
