import { expect, test } from "vitest";
import { ageValue, sizeValue } from "./option-quantities.ts";

test.each([
  ["30m", 1_800_000],
  ["12h", 43_200_000],
  ["90d", 7_776_000_000],
  ["1.5w", 907_200_000],
  ["0d", 0],
])("ageValue() reads %s", (text, ms) => {
  expect(ageValue("--older-than")(text)).toBe(ms);
});

test.each([
  ["20GB", 20e9],
  ["0.5 TB", 5e11],
  ["1KiB", 1024],
  ["7B", 7],
])("sizeValue() reads %s", (text, bytes) => {
  expect(sizeValue("--max-size")(text)).toBe(bytes);
});

test("sizeValue() and ageValue() say of a number alone that its unit is to stand with it", () => {
  expect(() => sizeValue("--max-size")("3")).toThrow(/ without a blank \(3GB\) or in quotes$/);
  expect(() => ageValue("--older-than")("1.5")).toThrow(/ without a blank \(1.5d\) or in quotes$/);
});

test.each(["", "90", "d", "-1d", "1y", "1e3d", "90dd", "1constructor"])("ageValue() refuses %j", (text) => {
  expect(() => ageValue("--older-than")(text)).toThrow(/^Cannot use --older-than ".*"; give a number of minutes/);
});

test.each(["20", "GB", "20gb", "-1GB", "1e3GB", "0x10B"])("sizeValue() refuses %j", (text) => {
  expect(() => sizeValue("--max-size")(text)).toThrow(/^Cannot use --max-size ".*"; give a number with its unit/);
});
