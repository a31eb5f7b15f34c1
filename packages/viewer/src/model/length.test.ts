import { expect, test } from "vitest";
import { printLength, printPixels } from "./length.ts";

test("printLength() says µm below a millimetre, and mm from there on", () => {
  expect([0.5, 1, 500, 999, 1000, 1234, 12_345.6].map(printLength)).toEqual([
    "0.5 µm",
    "1 µm",
    "500 µm",
    "999 µm",
    "1 mm",
    "1.234 mm",
    "12.35 mm",
  ]);
});

test("printLength() says a millimetre for what rounds to one", () => {
  expect(printLength(999.99)).toBe("1 mm");
});

test("printLength() drops digits that a drawing is not true to", () => {
  expect(printLength(123.456_789)).toBe("123.5 µm");
});

test("printPixels() says full-resolution pixels", () => {
  expect([0.5, 12, 1234.56].map(printPixels)).toEqual(["0.5 px", "12 px", "1235 px"]);
});
