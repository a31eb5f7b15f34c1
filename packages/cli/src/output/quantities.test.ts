import { expect, test } from "vitest";
import { printBytes, printCount, printPixels } from "./quantities.ts";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [93_214, "93.2 kB"],
  [999_949, "999.9 kB"],
  [999_950, "1.0 MB"],
  [5e15, "5000.0 TB"],
])("printBytes(%d) is %s", (sizeBytes, text) => {
  expect(printBytes(sizeBytes)).toBe(text);
});

test("printPixels() and printCount() use words", () => {
  expect(printPixels({ width: 969, height: 489 })).toBe("969 × 489 pixels");
  expect([0, 1, 2].map((count) => printCount(count, "file", "files"))).toEqual(["0 files", "1 file", "2 files"]);
});
