import { expect, test } from "vitest";
import { FULL_RANGE, withWindowEnd } from "./channel-window.ts";

test.each([
  [1, 1, 1279, [0, 4095, 0, 1279, 0, 4095]],
  [2, 0, 10.4, [0, 4095, 0, 4095, 10, 4095]],
  [0, 0, -5, FULL_RANGE],
  [0, 1, 99_999, FULL_RANGE],
  [0, 1, Number.NaN, FULL_RANGE],
] as const)("withWindowEnd() sets channel %d, end %d to %d", (channel, end, value, range) => {
  expect(withWindowEnd(FULL_RANGE, channel, end, value)).toEqual(range);
});

test("withWindowEnd() takes the other end along", () => {
  const range = withWindowEnd(FULL_RANGE, 0, 1, 100);
  expect(withWindowEnd(range, 0, 0, 500).slice(0, 2)).toEqual([500, 500]);
  expect(withWindowEnd([300, 900, 0, 1, 0, 1], 0, 1, 20).slice(0, 2)).toEqual([20, 20]);
});
