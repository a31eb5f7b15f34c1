import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { parseRange } from "./byte-range.ts";

test.each([
  ["bytes=0-0", { start: 0, end: 1 }],
  ["bytes=3-", { start: 3, end: 10 }],
  ["bytes=3-99999999999999999999", { start: 3, end: 10 }],
  ["Bytes = 9-9", { start: 9, end: 10 }],
  ["bytes=-3", { start: 7, end: 10 }],
  ["bytes=-30", { start: 0, end: 10 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=99999999999999999999-", "unsatisfiable"],
  ["bytes=4-3", undefined],
  ["bytes=-", undefined],
  ["bytes=0-1,3-4", undefined],
  ["rows=0-1", undefined],
  ["", undefined],
])("parseRange(%j) of ten bytes", (header, range) => {
  expect(parseRange(header, 10)).toEqual(range);
});

test("parseRange() of nothing", () => {
  expect([parseRange(null, 10), parseRange("bytes=0-", 0), parseRange("bytes=-1", 0)]).toEqual([
    undefined,
    "unsatisfiable",
    "unsatisfiable",
  ]);
});

test("parseRange() gives a part that is there", () => {
  checkProperty(
    fc.property(fc.nat(40), fc.nat(40), fc.nat(30), (first, last, size) => {
      const range = parseRange(`bytes=${first}-${last}`, size);
      if (last < first) expect(range).toBeUndefined();
      else if (first >= size) expect(range).toBe("unsatisfiable");
      else expect(range).toEqual({ start: first, end: Math.min(size, last + 1) });
    }),
  );
});
