import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { tileRegion, VIEW_TILE_PX } from "../model/tile-grid.ts";
import { pictureTiles } from "./picture-tiles.ts";

// A box of a larger file.
const RECORD = { x: 3008, y: 30_592, width: 15_504, height: 7824, image_width: 21_504, image_height: 44_032 };

test("pictureTiles() counts from the corner of the file, not of the box", () => {
  expect(pictureTiles(RECORD, { left: 0, top: 0, right: 100, bottom: 100 }, 1)).toEqual({
    downsample: 0,
    tiles: [
      { downsample: 0, column: 5, row: 59 },
      { downsample: 0, column: 6, row: 59 },
    ],
    column: 5,
    row: 59,
    width: 2 * VIEW_TILE_PX,
    height: VIEW_TILE_PX,
  });
});

test("pictureTiles() takes a coarser tier where there would be too many pixels", () => {
  const whole = { left: 0, top: 0, right: RECORD.width, bottom: RECORD.height };
  const { width, height, downsample } = pictureTiles(RECORD, whole, 1);
  expect(downsample).toBe(2);
  expect(width * height).toBeLessThanOrEqual(32_000_000);
});

test("pictureTiles() cover what is wanted, are of the file, and are as sharp as is drawn", () => {
  const share = fc.double({ min: 0, max: 0.999, noNaN: true });
  const extent = fc.double({ min: 0.0001, max: 1, noNaN: true });
  checkProperty(
    fc.property(share, share, extent, fc.double({ min: -7, max: 1, noNaN: true }), (x, y, part, zoom) => {
      const [left, top] = [x * RECORD.width, y * RECORD.height];
      const box = {
        left,
        top,
        right: left + Math.max(1e-3, (RECORD.width - left) * part * 0.2),
        bottom: top + Math.max(1e-3, (RECORD.height - top) * part * 0.2),
      };
      const { tiles, downsample, column, row, width, height } = pictureTiles(RECORD, box, 2 ** zoom);
      const regions = tiles.map((tile) => tileRegion(RECORD, tile));
      for (const region of regions) expect(Math.min(region.width, region.height)).toBeGreaterThan(0);
      const tierPx = 2 ** downsample;
      expect(column * VIEW_TILE_PX * tierPx).toBeLessThanOrEqual(RECORD.x + box.left);
      expect(row * VIEW_TILE_PX * tierPx).toBeLessThanOrEqual(RECORD.y + box.top);
      expect((column * VIEW_TILE_PX + width) * tierPx).toBeGreaterThanOrEqual(RECORD.x + box.right);
      expect((row * VIEW_TILE_PX + height) * tierPx).toBeGreaterThanOrEqual(RECORD.y + box.bottom);
      expect(tiles).toHaveLength((width / VIEW_TILE_PX) * (height / VIEW_TILE_PX));
      if (width * height > 16_000_000 || downsample === 0) return;
      // No coarser than two pixels of the drawn picture a pixel of the tier, unless the file has nothing coarser.
      expect(2 ** zoom * tierPx).toBeLessThanOrEqual(2);
    }),
  );
});
