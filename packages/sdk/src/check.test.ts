import { expect, test } from "vitest";
import { checkCount, checkFinitePositive, checkPositive, show } from "./check.ts";

test("show() quotes strings and is short", () => {
  expect(show("a\n")).toBe('"a\\n"');
  expect(show(undefined)).toBe("undefined");
  expect(show(Symbol("s"))).toBe("Symbol(s)");
  expect(show("x".repeat(500))).toHaveLength(80);
});

test("checkCount() passes whole numbers of its range and refuses the rest with the rule", () => {
  expect([checkCount("n", 0, 0), checkCount("n", 9, 1, 9)]).toEqual([0, 9]);
  for (const value of [-1, 10, 1.5, Number.NaN, "3", null, 2n, 2 ** 53]) {
    expect(() => checkCount("n", value, 0, 9)).toThrow(RangeError);
  }
  expect(() => checkCount("n", "3", 0, 9)).toThrow('Cannot use n "3"; give a whole number from 0 to 9');
  expect(() => checkCount("n", -1, 0)).toThrow("Cannot use n -1; give a whole number of 0 or more");
});

test("checkPositive() passes numbers above 0, Infinity too", () => {
  expect([checkPositive("n", 0.5), checkPositive("n", Number.POSITIVE_INFINITY)]).toEqual([
    0.5,
    Number.POSITIVE_INFINITY,
  ]);
  for (const value of [0, -1, Number.NaN, "1"]) expect(() => checkPositive("n", value)).toThrow(RangeError);
});

test("checkFinitePositive() passes numbers above 0, Infinity not", () => {
  expect(checkFinitePositive("n", 0.5)).toBe(0.5);
  for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, "1"]) {
    expect(() => checkFinitePositive("n", value)).toThrow(/; give a finite number above 0$/);
  }
});

test.each([
  [2n, "2n"],
  [[1, "a"], '[1,"a"]'],
  [{ a: 1 }, '{"a":1}'],
  [null, "null"],
  [() => 1, "a function"],
])("show() tells what %s is", (value, text) => {
  expect(show(value)).toBe(text);
});
