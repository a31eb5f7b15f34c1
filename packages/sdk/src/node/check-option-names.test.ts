import { expect, test } from "vitest";
import { checkOptionNames } from "./check-option-names.ts";

const NAMES = ["directory", "concurrency", "onFile", "fetch"];

test.each([
  ["concurency", "concurrency"],
  ["directroy", "directory"],
  ["onfile", "onFile"],
  ["fecth", "fetch"],
  ["onFiles", "onFile"],
  ["parallel", undefined],
  ["", undefined],
  ["x".repeat(100_000), undefined],
])("checkOptionNames() refuses %.20s, and names what is near it", (wrong, near) => {
  const better = near === undefined ? "some of directory, concurrency, onFile, fetch" : `"${near}"`;
  const call = () => checkOptionNames({ directory: "here", [wrong]: undefined }, NAMES);
  expect(call).toThrow(TypeError);
  expect(call).toThrow(new RegExp(`^Cannot use option ".*; give ${better}$`));
});

test.each([null, 5, "here"])("checkOptionNames() refuses %j, which is no object", (options) => {
  expect(() => checkOptionNames(options, NAMES)).toThrow(/^Cannot use options .*; give an object$/);
});

test("checkOptionNames() lets what it knows pass", () => {
  expect(() => checkOptionNames({}, NAMES)).not.toThrow();
  expect(() => checkOptionNames({ directory: 1, fetch: undefined }, NAMES)).not.toThrow();
});
