import { expect, test } from "vitest";
import { labelPlace, lineLength, printLine, withEnd } from "./distance.ts";
import type { LineView } from "./view.ts";

const LINE: LineView = { panel: 0, imageId: 1, from: { x: 100, y: 100 }, to: { x: 400, y: 500 } };

test("lineLength() is in full-resolution pixels", () => {
  expect(lineLength(LINE)).toBe(500);
});

test("printLine() says the length in µm or mm, and in pixels", () => {
  expect(printLine(LINE, 1)).toBe("500 µm (500 px)");
  expect(printLine(LINE, 2.5)).toBe("1.25 mm (500 px)");
});

test("printLine() says pixels alone where the size of one is not known", () => {
  expect(printLine(LINE, undefined)).toBe("500 px");
});

test("withEnd() moves one end and leaves the other", () => {
  expect(withEnd(LINE, "to", { x: 7, y: 8 }, { width: 1000, height: 1000 })).toEqual({ ...LINE, to: { x: 7, y: 8 } });
});

test("withEnd() keeps an end on the image", () => {
  const image = { width: 450, height: 300 };
  expect(withEnd(LINE, "from", { x: -5, y: 900 }, image).from).toEqual({ x: 0, y: 300 });
});

test("labelPlace() stands above a level line, whichever end is first", () => {
  const [left, right] = [
    { x: 0, y: 100 },
    { x: 200, y: 100 },
  ];
  for (const ends of [
    { from: left, to: right },
    { from: right, to: left },
  ]) {
    const { x, y } = labelPlace(ends, 10);
    expect(x).toBe(100);
    expect(y).toBeLessThan(100);
  }
});

test("labelPlace() stands clear of an upright line", () => {
  const { x, y, width } = labelPlace({ from: { x: 50, y: 0 }, to: { x: 50, y: 80 } }, 10);
  expect(x - width / 2).toBeGreaterThan(50);
  expect(y).toBeCloseTo(40, 9);
});
