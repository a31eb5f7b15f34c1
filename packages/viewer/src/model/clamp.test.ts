import { expect, test } from "vitest";
import { clamp } from "./clamp.ts";

test("clamp() stays within a range, and takes the least of an empty one", () => {
  expect([-1, 3, 9].map((value) => clamp(value, 0, 5))).toEqual([0, 3, 5]);
  expect(clamp(7, 0, -1)).toBe(0);
});
