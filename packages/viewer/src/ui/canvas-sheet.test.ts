import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PaintPlace } from "../draw/paint-place.ts";
import { screenMap } from "../model/screen-map.ts";
import { createSheet } from "./canvas-sheet.ts";

const SIZE = { width: 100, height: 50 };

function place(x: number, zoom = 0): PaintPlace {
  return { map: screenMap({ x, y: 0 }, zoom, 0, SIZE), size: SIZE, pixelRatio: 2 };
}

/** What the clock says, in ms. */
let now = 0;

/** A canvas on which painting takes as long as it is told. */
function sheetOf(paintMs: number) {
  const painted: number[] = [];
  const context = { getImageData: () => undefined };
  const canvas = { width: 0, height: 0, style: { transform: "", width: "", height: "" }, getContext: () => context };
  const sheet = createSheet(canvas as unknown as HTMLCanvasElement, (_, { map }) => {
    painted.push(map.e);
    now += paintMs;
  });
  return { sheet, canvas, painted };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("createSheet() paints quick things with each frame, at device pixels", () => {
  const { sheet, canvas, painted } = sheetOf(1);
  for (const x of [0, 1, 2]) sheet.update(place(x), true);
  expect(painted).toEqual([50, 49, 48]);
  expect([canvas.width, canvas.height, canvas.style.width, canvas.style.transform]).toEqual([200, 100, "100px", ""]);
});

test("createSheet() shifts slow things, and paints them anew when they rest", () => {
  const { sheet, canvas, painted } = sheetOf(100);
  sheet.update(place(0), true);
  sheet.update(place(10), true);
  expect(canvas.style.transform).toBe("matrix(1, 0, 0, 1, -10, 0)");
  sheet.update(place(10, 1), true);
  expect(canvas.style.transform).toBe("matrix(2, 0, 0, 2, -70, -25)");
  expect(painted).toHaveLength(1);
  vi.runAllTimers();
  expect([painted.length, canvas.style.transform]).toEqual([2, ""]);
});

test("createSheet() paints slow things now and then while they move", () => {
  const { sheet, painted } = sheetOf(100);
  sheet.update(place(0), true);
  now += 10_000;
  sheet.update(place(1), true);
  expect(painted).toHaveLength(2);
});

test("createSheet() paints at once what looks otherwise, however slow", () => {
  const { sheet, painted } = sheetOf(100);
  sheet.update(place(0), true);
  sheet.update(place(0), false);
  expect(painted).toHaveLength(2);
});

test("createSheet() gives its memory back, and no timer paints later", () => {
  const { sheet, canvas, painted } = sheetOf(100);
  sheet.update(place(0), true);
  sheet.update(place(1), true);
  sheet.empty();
  vi.runAllTimers();
  expect([painted.length, canvas.width, canvas.height]).toEqual([1, 0, 0]);
});
