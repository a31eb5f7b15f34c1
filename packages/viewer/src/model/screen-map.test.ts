import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { mapBetween, scaleOf, screenMap, toImage, toScreen } from "./screen-map.ts";

const pixel = fc.double({ min: -50_000, max: 50_000, noNaN: true });
const point = fc.record({ x: pixel, y: pixel });

test("toImage() takes back what toScreen() did, at any zoom and rotation", () => {
  checkProperty(
    fc.property(point, point, fc.double({ min: -8, max: 3, noNaN: true }), fc.nat(359), (at, centre, zoom, degrees) => {
      const map = screenMap(centre, zoom, degrees, { width: 800, height: 600 });
      const back = toImage(map, toScreen(map, at));
      expect(back.x).toBeCloseTo(at.x, 3);
      expect(back.y).toBeCloseTo(at.y, 3);
      expect(scaleOf(map)).toBeCloseTo(2 ** zoom, 9);
    }),
  );
});

test("screenMap() puts the centre into the middle, and turns clockwise", () => {
  const map = screenMap({ x: 100, y: 50 }, 1, 90, { width: 800, height: 600 });
  expect(toScreen(map, { x: 100, y: 50 })).toEqual({ x: 400, y: 300 });
  const right = toScreen(map, { x: 110, y: 50 });
  expect([right.x, right.y].map(Math.round)).toEqual([400, 320]);
});

test("mapBetween() leads from where one map puts a pixel to where another one does", () => {
  const size = { width: 800, height: 600 };
  const zoom = fc.double({ min: -6, max: 3, noNaN: true });
  const near = fc.record({ x: fc.nat(5000), y: fc.nat(5000) });
  checkProperty(
    fc.property(near, near, near, zoom, zoom, fc.nat(359), (at, one, other, from, to, degrees) => {
      const [first, second] = [screenMap(one, from, 0, size), screenMap(other, to, degrees, size)];
      const there = toScreen(mapBetween(first, second), toScreen(first, at));
      expect(there.x).toBeCloseTo(toScreen(second, at).x, 3);
      expect(there.y).toBeCloseTo(toScreen(second, at).y, 3);
    }),
  );
});
