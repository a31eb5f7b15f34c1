import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test.each([
  ["setcion", "section"],
  ["atals", "atlas"],
  ["ATLAS", "atlas"],
  ["projektion", "projection"],
])("nearest() finds what %s was meant to be", (word, meant) => {
  expect(nearest(word, ["atlas", "section", "projection", "any"])).toBe(meant);
});

test("nearest() suggests nothing far off", () => {
  expect(nearest("zebra", ["atlas", "section"])).toBeUndefined();
  expect(nearest("", ["atlas"])).toBeUndefined();
});
