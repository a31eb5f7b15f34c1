import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { screenMap, toScreen } from "../model/screen-map.ts";
import { isWholeImage, visibleBox } from "./visible-box.ts";

const PANEL = { width: 800, height: 600 };
const IMAGE = { width: 10_560, height: 7552 };

test("visibleBox() is what the panel shows", () => {
  const map = screenMap({ x: 5000, y: 4000 }, -1, 0, PANEL);
  expect(visibleBox(map, PANEL, IMAGE)).toEqual({ left: 4200, top: 3400, right: 5800, bottom: 4600 });
});

test("visibleBox() ends where the image does", () => {
  const map = screenMap({ x: 0, y: 7552 }, 0, 0, PANEL);
  expect(visibleBox(map, PANEL, IMAGE)).toEqual({ left: 0, top: 7252, right: 400, bottom: 7552 });
  expect(visibleBox(screenMap({ x: -900, y: 0 }, 0, 0, PANEL), PANEL, IMAGE)).toBeUndefined();
});

test("visibleBox() of a quarter turn has the panel's height as its width", () => {
  const box = visibleBox(screenMap({ x: 5000, y: 4000 }, 0, 90, PANEL), PANEL, IMAGE);
  expect(box?.left).toBeCloseTo(4700);
  expect(box?.right).toBeCloseTo(5300);
  expect(box?.top).toBeCloseTo(3600);
});

test("visibleBox() holds every pixel of the image that is seen", () => {
  const point = fc.record({
    x: fc.integer({ min: 0, max: IMAGE.width }),
    y: fc.integer({ min: 0, max: IMAGE.height }),
  });
  const zoom = fc.double({ min: -6, max: 2, noNaN: true });
  checkProperty(
    fc.property(point, point, zoom, fc.nat(359), (centre, pixel, level, rotationDeg) => {
      const map = screenMap(centre, level, rotationDeg, PANEL);
      const { x, y } = toScreen(map, pixel);
      fc.pre(x >= 0 && y >= 0 && x <= PANEL.width && y <= PANEL.height);
      const box = visibleBox(map, PANEL, IMAGE);
      if (box === undefined) {
        // A pixel of the rim, of which the panel shows nothing but its edge.
        expect(pixel.x % IMAGE.width === 0 || pixel.y % IMAGE.height === 0).toBe(true);
        return;
      }
      expect(pixel.x).toBeGreaterThanOrEqual(box.left - 1e-6);
      expect(pixel.x).toBeLessThanOrEqual(box.right + 1e-6);
      expect(pixel.y).toBeGreaterThanOrEqual(box.top - 1e-6);
      expect(pixel.y).toBeLessThanOrEqual(box.bottom + 1e-6);
    }),
  );
});

test("isWholeImage() is true of a fitted image, and not of a part", () => {
  expect(isWholeImage({ left: 0.4, top: 0, right: 10_560, bottom: 7551.5 }, IMAGE)).toBe(true);
  expect(isWholeImage({ left: 0, top: 0, right: 10_558, bottom: 7552 }, IMAGE)).toBe(false);
});
