import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { layoutFigure } from "./figure-layout.ts";

test("layoutFigure() has no room for a legend without lines", () => {
  const bare = layoutFigure({ width: 800, height: 600 }, 0);
  expect(bare.legend).toEqual([]);
  expect(bare.height).toBeLessThan(layoutFigure({ width: 800, height: 600 }, 1).height);
});

test("layoutFigure() overlaps nothing, and leaves nothing outside", () => {
  const px = fc.integer({ min: 50, max: 3000 });
  checkProperty(
    fc.property(px, px, fc.nat(25), (width, height, lines) => {
      const layout = layoutFigure({ width, height }, lines);
      const { picture, title, subtitle, legend, credit, columnWidth } = layout;
      expect(subtitle.y - title.y).toBeGreaterThanOrEqual(18);
      expect(picture.y - subtitle.y).toBeGreaterThanOrEqual(9);
      expect(picture.x + width).toBeLessThanOrEqual(layout.width);
      expect(new Set(legend.map(({ x, y }) => `${x} ${y}`)).size).toBe(lines);
      for (const place of legend) {
        expect(place.y - 8).toBeGreaterThanOrEqual(picture.y + height);
        expect(place.y + 16).toBeLessThanOrEqual(credit.y);
        expect(place.x + columnWidth).toBeLessThanOrEqual(layout.width);
      }
      expect(credit.y + 8).toBeLessThanOrEqual(layout.height);
    }),
  );
});
