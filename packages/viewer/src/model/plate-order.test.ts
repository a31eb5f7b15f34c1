import { expect, test } from "vitest";
import { onward, outward } from "./plate-order.ts";

const images = [100, 300, 350, 900].map((positionUm) => ({ positionUm }));
const positions = (list: readonly { positionUm: number }[]): number[] => list.map(({ positionUm }) => positionUm);

test("outward() begins with the nearest image, the earlier one of two as near", () => {
  expect(positions(outward(images, 320))).toEqual([300, 350, 100, 900]);
  expect(positions(outward(images, 200))).toEqual([100, 300, 350, 900]);
  expect(outward([], 5)).toEqual([]);
});

test("onward() gives what is after an image, and before it, the next one first", () => {
  expect(positions(onward(images, 2, 1))).toEqual([350, 900]);
  expect(positions(onward(images, 3, -1))).toEqual([300, 100]);
  expect(onward(images, 4, 1)).toEqual([]);
  expect(onward(images, 1, -1)).toEqual([]);
});
