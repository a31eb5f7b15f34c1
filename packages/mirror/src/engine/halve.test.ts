import { expect, test } from "vitest";
import { halve } from "./halve.ts";

const grey = (...values: number[]) => Uint8Array.from(values.flatMap((value) => [value, value + 1, value + 2]));

test("halve() gives the rounded mean of each square of four, by channel", () => {
  expect([...halve(grey(10, 20, 30, 41), 2, 2)]).toEqual([25, 26, 27]);
});

test("halve() drops an odd column and row", () => {
  expect([...halve(grey(0, 0, 99, 4, 4, 99, 99, 99, 99), 3, 3)]).toEqual([2, 3, 4]);
});

test("halve() keeps a single column or row", () => {
  expect([...halve(grey(10, 20, 30, 40), 1, 4)]).toEqual([15, 16, 17, 35, 36, 37]);
  expect([...halve(grey(10, 20, 30, 40), 4, 1)]).toEqual([15, 16, 17, 35, 36, 37]);
  expect([...halve(grey(7), 1, 1)]).toEqual([7, 8, 9]);
});
