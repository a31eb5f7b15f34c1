import { expect, test } from "vitest";
import { testCardColours, testCardSvg } from "./test-card.ts";

test("testCardColours() are a hundred, each told from all others", () => {
  const colours = testCardColours().flat();
  expect(colours).toHaveLength(100);
  for (const [index, one] of colours.entries()) {
    expect(one.every((value) => Number.isInteger(value) && value >= 40 && value <= 202)).toBe(true);
    for (const other of colours.slice(index + 1)) {
      expect(Math.max(...one.map((value, channel) => Math.abs(value - (other[channel] ?? 0))))).toBeGreaterThanOrEqual(
        18,
      );
    }
  }
});

test("testCardSvg() has a square for each, by column and row", () => {
  const [red, green, blue] = testCardColours()[3]?.[7] ?? [];
  expect(testCardSvg()).toContain(
    `<rect x="300" y="700" width="100" height="100" fill="rgb(${red},${green},${blue})"/>`,
  );
  expect(testCardSvg().match(/<rect /g)).toHaveLength(100);
});
