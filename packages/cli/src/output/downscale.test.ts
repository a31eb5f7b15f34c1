import { expect, test } from "vitest";
import { downscale } from "./downscale.ts";

const grey = (...levels: number[]): Uint8ClampedArray =>
  new Uint8ClampedArray(levels.flatMap((level) => [level, level, level, 255]));

test("downscale() gives the mean of what a pixel covers", () => {
  const source = { data: grey(0, 100, 50, 50, 200, 100, 50, 50), width: 4, height: 2 };
  expect(downscale(source, 2, 1)).toEqual({ data: grey(100, 50), width: 2, height: 1 });
});

test("downscale() uses every pixel of an uneven division once", () => {
  const source = { data: grey(0, 30, 90, 90, 120), width: 5, height: 1 };
  expect(downscale(source, 2, 1).data).toEqual(grey(15, 100));
});

test("downscale() does not blow up", () => {
  const source = { data: grey(1, 2), width: 2, height: 1 };
  expect(downscale(source, 10, 10)).toBe(source);
});
