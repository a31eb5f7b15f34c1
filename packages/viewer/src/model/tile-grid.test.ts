import { tierSize } from "@brainatlas/sdk/image";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { coarseTier, gridSize, LEAST_PIXEL, lastTier, tierAt, tileRegion, VIEW_TILE_PX } from "./tile-grid.ts";

/** A section that lies in a file with others. */
const SMALL_BOX = { x: 3008, y: 30_592, width: 15_504, height: 7824, image_width: 21_504, image_height: 44_032 };
const WHOLE_FILE = { x: 0, y: 0, width: 10_560, height: 7552, image_width: 10_560, image_height: 7552 };
const EDGE = fc.integer({ min: 1, max: 60_000 });

test("coarseTier() is the file's own coarsest where the image is all of it", () => {
  expect(coarseTier({ ...WHOLE_FILE, width: 16_384, image_width: 16_384 })).toBe(6);
  expect(lastTier({ ...WHOLE_FILE, image_width: 16_384 })).toBe(6);
});

test("coarseTier() passes over tiers at which a box is no picture any more", () => {
  expect(lastTier(SMALL_BOX)).toBe(8);
  expect(coarseTier(SMALL_BOX)).toBe(5);
});

test("coarseTier() is the full resolution of a tiny image", () => {
  expect(coarseTier({ x: 0, y: 0, width: 9, height: 9, image_width: 9, image_height: 9 })).toBe(0);
});

test("tierAt() is as sharp as the screen, and not much sharper", () => {
  const scale = fc.double({ min: 0.04, max: 8, noNaN: true });
  checkProperty(
    fc.property(scale, (devicePx) => {
      const downsample = tierAt(WHOLE_FILE, devicePx);
      const pixel = devicePx * 2 ** downsample;
      if (downsample > 0) expect(pixel).toBeLessThan(LEAST_PIXEL * 2);
      if (downsample < coarseTier(WHOLE_FILE)) expect(pixel).toBeGreaterThanOrEqual(LEAST_PIXEL);
    }),
  );
});

test("tierAt() goes one tier down where the screen has twice the pixels", () => {
  expect(tierAt(WHOLE_FILE, 0.1)).toBe(3);
  expect(tierAt(WHOLE_FILE, 0.2)).toBe(2);
});

test("tileRegion() covers each tier exactly, each pixel once", () => {
  checkProperty(
    fc.property(EDGE, EDGE, fc.nat(8), (width, height, downsample) => {
      const file = { image_width: width, image_height: height };
      const { columns, rows } = gridSize(file, downsample);
      const across = Array.from({ length: columns }, (_, column) => tileRegion(file, { downsample, column, row: 0 }));
      const down = Array.from({ length: rows }, (_, row) => tileRegion(file, { downsample, column: 0, row }));
      expect(across.reduce((sum, tile) => sum + tile.width, 0)).toBe(tierSize(width, downsample));
      expect(down.reduce((sum, tile) => sum + tile.height, 0)).toBe(tierSize(height, downsample));
      expect([...across, ...down].every((tile) => tile.width > 0 && tile.height > 0)).toBe(true);
    }),
  );
});

test("tileRegion() lies on the file's own grid", () => {
  expect(tileRegion(SMALL_BOX, { downsample: 4, column: 2, row: 1 })).toEqual({
    left: 2 * VIEW_TILE_PX * 16,
    top: VIEW_TILE_PX * 16,
    width: 1344 - 2 * VIEW_TILE_PX,
    height: VIEW_TILE_PX,
    downsample: 4,
  });
});
