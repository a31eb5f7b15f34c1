import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { parseStructurePath, printStructurePath } from "./structure-path.ts";

test("parseStructurePath() inverts printStructurePath()", () => {
  checkProperty(
    fc.property(fc.array(fc.maxSafeNat(), { minLength: 1 }), (ids) => {
      expect(parseStructurePath(printStructurePath(ids))).toEqual(ids);
    }),
  );
});

test.each(["", "/", "//", "8", "/8", "8/", "/8//9/", "/a/", "/-1/", "/1.5/", "/9007199254740992/", "/1/ "])(
  "parseStructurePath() of %j is undefined",
  (text) => {
    expect(parseStructurePath(text)).toBeUndefined();
  },
);

test("parseStructurePath() takes a million steps", () => {
  expect(parseStructurePath(`${"/1".repeat(1_000_000)}/`)).toHaveLength(1_000_000);
});
