import { expect, test } from "vitest";
import { printNearNames, quote } from "./near-names.ts";
import { matcherOf } from "./visible-columns.ts";

test("printNearNames() lists the nearest first, five at most", () => {
  expect(printNearNames("acronim", ["name", "acronym", "id"])).toBe('; near it: "acronym"');
  expect(printNearNames("path", ["path_1", "paths", "a_path", "path_2", "path_3", "path_4"])).toBe(
    '; near it: "paths", "path_1", "a_path", "path_2", "path_3"',
  );
  expect(printNearNames("zzzzzz", ["id", "name"])).toBe("");
});

test("printNearNames() takes long and odd names", () => {
  expect(printNearNames("x".repeat(1_000_000), ["id"])).toBe("");
  expect(printNearNames("", ["id"])).toBe('; near it: "id"');
});

test("quote() shortens, and shows what cannot be seen", () => {
  expect(quote("a\0\n")).toBe('"a\\u0000\\n"');
  expect(quote("x".repeat(100))).toHaveLength(83);
});

test.each([
  ["id", "id", true],
  ["id", "ids", false],
  ["*", "", true],
  ["*_id", "structure_id", true],
  ["s*_*d", "structure_id", true],
  ["a*a", "a", false],
  ["*b*a*", "ab", false],
  ["*a*b*c", "xaybzc", true],
])("matcherOf(%j) of %j is %j", (pattern, name, expected) => {
  expect(matcherOf(pattern)(name)).toBe(expected);
});
