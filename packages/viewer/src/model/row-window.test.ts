import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { rowWindow, scrollToRow } from "./row-window.ts";

const ROW_PX = 28;
const at = (start: number, length = 280): Parameters<typeof rowWindow>[0] => ({ start, length, rowPx: ROW_PX });

test("rowWindow() gives what is seen, and a margin within the list", () => {
  expect(rowWindow(at(0), 3000, 5)).toEqual({ first: 0, end: 15 });
  expect(rowWindow(at(2801), 3000, 5)).toEqual({ first: 95, end: 116 });
  expect(rowWindow(at(0), 3, 5)).toEqual({ first: 0, end: 3 });
  expect(rowWindow(at(99_999), 3, 5)).toEqual({ first: 3, end: 3 });
  expect(rowWindow(at(0), 0, 5)).toEqual({ first: 0, end: 0 });
});

test("scrollToRow() goes no further than needed, and to the middle from afar", () => {
  expect(scrollToRow(at(0), 4)).toBe(0);
  expect(scrollToRow(at(0), 10)).toBe(28);
  expect(scrollToRow(at(280), 9)).toBe(252);
  expect(scrollToRow(at(0), 1000)).toBe(28_000 - 126);
  expect(scrollToRow(at(28_000), 0)).toBe(0);
});

test("scrollToRow() puts every line among those that rowWindow() gives", () => {
  const counts = fc.integer({ min: 1, max: 4000 });
  checkProperty(
    fc.property(counts, fc.nat(4000), fc.nat(120_000), fc.integer({ min: 28, max: 900 }), (count, row, top, height) => {
      const index = row % count;
      const { first, end } = rowWindow(at(scrollToRow(at(top, height), index), height), count, 0);
      expect(index).toBeGreaterThanOrEqual(first);
      expect(index).toBeLessThan(end);
    }),
  );
});
