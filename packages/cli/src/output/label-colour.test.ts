import { expect, test } from "vitest";
import { labelColour } from "./label-colour.ts";

test("labelColour() gives the same colour each time, and neighbours others", () => {
  expect(labelColour(549)).toEqual(labelColour(549));
  const colours = Array.from({ length: 200 }, (_, label) => labelColour(label + 1).join());
  expect(new Set(colours).size).toBeGreaterThan(150);
  for (const [index, colour] of colours.slice(1).entries()) expect(colour).not.toBe(colours[index]);
});

test("labelColour() stays within a byte, for any label", () => {
  for (const label of [0, 1, 312_782_650, 4_294_967_295]) {
    for (const channel of labelColour(label)) {
      expect(Number.isInteger(channel)).toBe(true);
      expect(channel).toBeGreaterThanOrEqual(93);
      expect(channel).toBeLessThanOrEqual(191);
    }
  }
});
