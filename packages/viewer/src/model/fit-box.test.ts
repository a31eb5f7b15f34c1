import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { fitBox } from "./fit-box.ts";
import { screenMap, toScreen } from "./screen-map.ts";

test("fitBox() shows a box as large as the panel allows", () => {
  const place = fitBox({ left: 100, top: 0, right: 900, bottom: 400 }, { width: 400, height: 400 });
  expect(place).toEqual({ centre: { x: 500, y: 200 }, zoom: -1 });
});

test("fitBox() turns the box as the panel is turned", () => {
  expect(fitBox({ left: 0, top: 0, right: 800, bottom: 400 }, { width: 400, height: 800 }, 90).zoom).toBeCloseTo(0, 12);
});

test("fitBox() keeps all corners of a box within the panel, and two of them at its edges", () => {
  const edge = fc.double({ min: 2, max: 40_000, noNaN: true });
  const rotation = fc.integer({ min: 0, max: 359 });
  checkProperty(
    fc.property(edge, edge, edge, edge, rotation, (right, bottom, width, height, rotationDeg) => {
      const { centre, zoom } = fitBox({ left: 0, top: 0, right, bottom }, { width, height }, rotationDeg);
      const map = screenMap(centre, zoom, rotationDeg, { width, height });
      const corners = [0, right].flatMap((x) => [0, bottom].map((y) => toScreen(map, { x, y })));
      const across = Math.max(...corners.map(({ x }) => Math.abs(x - width / 2))) / (width / 2);
      const down = Math.max(...corners.map(({ y }) => Math.abs(y - height / 2))) / (height / 2);
      expect(Math.max(across, down)).toBeCloseTo(1, 6);
    }),
  );
});

test("fitBox() gives a zoom for an empty box and for a panel that has no size yet", () => {
  const { zoom } = fitBox({ left: 5, top: 5, right: 5, bottom: 5 }, { width: 0, height: 0 });
  expect(zoom).toBe(0);
});
