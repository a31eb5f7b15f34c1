import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import {
  clampZoom,
  isSamePanelPlace,
  isSamePlace,
  normalRotation,
  pannedPlace,
  wholePlace,
  within,
  zoomLimits,
} from "./place.ts";
import { screenMap, toImage, toScreen } from "./screen-map.ts";

const SIZE = { width: 800, height: 600 };
const PLACE = { centre: { x: 1000, y: 2000 }, zoom: -2, rotationDeg: 30 };

test("within() brings a point onto the image", () => {
  const image = { width: 400, height: 300 };
  expect(within({ x: 9_999_999, y: -9_999_999 }, image)).toEqual({ x: 400, y: 0 });
  expect(within({ x: 10, y: 20 }, image)).toEqual({ x: 10, y: 20 });
});

test("wholePlace() leaves a margin around the image", () => {
  const { centre, zoom } = wholePlace({ width: 1600, height: 600 }, SIZE, 0);
  expect(centre).toEqual({ x: 800, y: 300 });
  expect(1600 * 2 ** zoom).toBeCloseTo(800 * 0.96, 9);
});

test("zoomLimits() go from half of the whole image to eight CSS pixels per pixel", () => {
  const image = { width: 16_000, height: 600 };
  const { least, most } = zoomLimits(image, SIZE, 0);
  expect(least).toBe(wholePlace(image, SIZE, 0).zoom - 1);
  expect(most).toBe(3);
});

test("zoomLimits() let the whole of a tiny image be seen", () => {
  const { most } = zoomLimits({ width: 8, height: 8 }, SIZE, 0);
  expect(most).toBe(wholePlace({ width: 8, height: 8 }, SIZE, 0).zoom);
});

test("clampZoom() keeps to the limits", () => {
  expect([-9, 0, 9].map((zoom) => clampZoom(zoom, { least: -4, most: 3 }))).toEqual([-4, 0, 3]);
});

test("pannedPlace() moves by CSS pixels of the panel at every zoom and rotation", () => {
  const by = fc.integer({ min: -500, max: 500 });
  const turn = fc.integer({ min: 0, max: 359 });
  checkProperty(
    fc.property(by, by, turn, (right, down, rotationDeg) => {
      const place = { ...PLACE, rotationDeg };
      const { centre } = pannedPlace(place, right, down);
      const map = screenMap(place.centre, place.zoom, rotationDeg, SIZE);
      const seen = toScreen(map, centre);
      expect(seen.x).toBeCloseTo(400 + right, 6);
      expect(seen.y).toBeCloseTo(300 + down, 6);
      expect(toImage(map, seen).x).toBeCloseTo(centre.x, 6);
    }),
  );
});

test("normalRotation() is from 0 to less than 360", () => {
  expect([-90, 0, 360, 725].map(normalRotation)).toEqual([270, 0, 0, 5]);
});

test("isSamePlace() overlooks what nobody sees, on both sides of a full turn", () => {
  const near = { centre: { x: 1000.1, y: 2000 }, zoom: -2.000_01, rotationDeg: 30 };
  expect(isSamePlace(PLACE, near)).toBe(true);
  expect(isSamePlace({ ...PLACE, rotationDeg: 0 }, { ...PLACE, rotationDeg: 359.9995 })).toBe(true);
});

test("isSamePlace() sees another centre, zoom and rotation", () => {
  expect(isSamePlace(PLACE, { ...PLACE, centre: { x: 1001, y: 2000 } })).toBe(false);
  expect(isSamePlace(PLACE, { ...PLACE, zoom: -1.99 })).toBe(false);
  expect(isSamePlace(PLACE, { ...PLACE, rotationDeg: 31 })).toBe(false);
});

test("isSamePanelPlace() tells the whole image from a place that happens to show it", () => {
  const whole = { centre: undefined, zoom: undefined, rotationDeg: 30 };
  expect(isSamePanelPlace(whole, { ...whole })).toBe(true);
  expect(isSamePanelPlace(whole, { ...whole, rotationDeg: 0 })).toBe(false);
  expect(isSamePanelPlace(whole, PLACE)).toBe(false);
  expect(isSamePanelPlace(PLACE, { ...PLACE, zoom: undefined })).toBe(false);
});
