import { expect, test } from "vitest";
import { parseMatrix, printMatrix } from "./matrix.ts";

test.each([
  [" scale(1.0, 1.0)", [1, 0, 0, 1, 0, 0]],
  ["scale(8.33333)", [8.33333, 0, 0, 8.33333, 0, 0]],
  ["translate(3)", [1, 0, 0, 1, 3, 0]],
  ["matrix(1 2 3 4 5 6)", [1, 2, 3, 4, 5, 6]],
  ["translate(10,20) scale(2)", [2, 0, 0, 2, 10, 20]],
  ["scale(2), translate(10 -2e1)", [2, 0, 0, 2, 20, -40]],
  ["", [1, 0, 0, 1, 0, 0]],
])("parseMatrix() reads %j", (text, matrix) => {
  expect(parseMatrix(text)).toEqual(matrix);
});

test.each([
  "rotate(30)",
  "scale()",
  "scale(1,2,3)",
  "scale(0)",
  "scale(a)",
  "scale(1",
  "matrix(1,2)",
  "constructor(1)",
  "1",
])("parseMatrix() refuses %j", (text) => {
  expect(parseMatrix(text)).toBeUndefined();
});

test("parseMatrix() takes no long time for a long text", () => {
  expect(parseMatrix("scale(1) ".repeat(20_000))).toEqual([1, 0, 0, 1, 0, 0]);
  expect(parseMatrix(`scale(${"1 ".repeat(100_000)}`)).toBeUndefined();
});

test.each([
  [[1, 0, 0, 1, 0, 0], " scale(1.0, 1.0)"],
  [[7, 0, 0, 8.33333, 0, 0], " scale(7.0, 8.33333)"],
  [[1, 0, 0, 1, 3, 0], " matrix(1,0,0,1,3,0)"],
] as const)("printMatrix() prints %j", (matrix, text) => {
  expect(printMatrix(matrix)).toBe(text);
  expect(parseMatrix(text)).toEqual(matrix);
});
