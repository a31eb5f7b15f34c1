import { expect, test } from "vitest";
import { openIslands } from "./islands.ts";

test("openIslands() joins an enclosed blank to the outside by a channel", () => {
  const mask = Int32Array.from([0, 0, 0, 0, 0, 0, 8, 8, 8, 0, 0, 8, 0, 8, 0, 0, 8, 8, 8, 0, 0, 0, 0, 0, 0]);
  openIslands(mask, 5);
  expect(mask.filter((value) => value !== 0)).toHaveLength(7);
  expect([mask[7], mask[11], mask[13], mask[17]].filter((value) => value === 0)).toHaveLength(1);
});

test("openIslands() leaves a mask without enclosed blanks alone", () => {
  const mask = Int32Array.from([0, 0, 0, 0, 8, 8, 0, 8, 0, 0, 0, 0]);
  const before = mask.slice();
  openIslands(mask, 4);
  expect(mask).toEqual(before);
});
