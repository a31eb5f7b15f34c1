import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { tierCount, tierSize } from "./geometry.ts";
import { BLOCK_PX, isOnBlockGrid, TILE_PX, tilesOf, tileWindow } from "./tiles.ts";

const FILE = { image_width: 1300, image_height: 700 };

test("tilesOf() gives the tiles that a window touches, and where it begins in them", () => {
  expect(tilesOf({ left: 250, top: 512, width: 10, height: 1, downsample: 0 })).toEqual({
    firstColumn: 0,
    firstRow: 2,
    columns: 2,
    rows: 1,
    left: 250,
    top: 0,
  });
});

test("tilesOf() covers each pixel of the window, and no tile is idle", () => {
  const px = fc.nat(2000);
  const extent = fc.integer({ min: 1, max: 2000 });
  checkProperty(
    fc.property(px, px, extent, extent, (left, top, width, height) => {
      const span = tilesOf({ left, top, width, height, downsample: 0 });
      const first = [span.firstColumn * TILE_PX, span.firstRow * TILE_PX];
      const last = [(span.firstColumn + span.columns) * TILE_PX, (span.firstRow + span.rows) * TILE_PX];
      expect([left - (first[0] ?? 0), top - (first[1] ?? 0)]).toEqual([span.left, span.top]);
      expect(Math.max(span.left, span.top)).toBeLessThan(TILE_PX);
      for (const [end, edge] of [
        [left + width, last[0]],
        [top + height, last[1]],
      ]) {
        expect(edge).toBeGreaterThanOrEqual(end ?? 0);
        expect((edge ?? 0) - TILE_PX).toBeLessThan(end ?? 0);
      }
    }),
  );
});

test("isOnBlockGrid() asks where a window begins, not where it ends", () => {
  const at = (left: number, top: number) => isOnBlockGrid({ left, top, width: 3, height: 5, downsample: 2 });
  expect([at(0, 0), at(BLOCK_PX, 3 * BLOCK_PX), at(8, 0), at(0, 1)]).toEqual([true, true, false, false]);
});

test("tileWindow() is cut off at the tier's edge", () => {
  expect(tileWindow(5, 2, 0, FILE)).toEqual({ left: 1280, top: 512, width: 20, height: 188, downsample: 0 });
  expect(tileWindow(0, 0, 1, FILE)).toEqual({ left: 0, top: 0, width: 256, height: 256, downsample: 1 });
});

test.each([
  [6, 0, 0],
  [0, 3, 0],
  [-1, 0, 0],
  [0, -1, 0],
  [3, 0, 1],
])("tileWindow(%i, %i) of tier %i is no tile", (column, row, downsample) => {
  expect(tileWindow(column, row, downsample, FILE)).toBeUndefined();
});

test("tileWindow() covers a tier once", () => {
  for (let downsample = 0; downsample < tierCount(FILE.image_width, FILE.image_height); downsample += 1) {
    let area = 0;
    for (let row = 0; tileWindow(0, row, downsample, FILE) !== undefined; row += 1) {
      for (let column = 0; ; column += 1) {
        const tile = tileWindow(column, row, downsample, FILE);
        if (tile === undefined) break;
        area += tile.width * tile.height;
      }
    }
    expect(area).toBe(tierSize(FILE.image_width, downsample) * tierSize(FILE.image_height, downsample));
  }
});
