import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { parseColor, printColor } from "./color.ts";

const byte = fc.integer({ min: 0, max: 255 });

test("parseColor() inverts printColor(), in either case and with #", () => {
  checkProperty(
    fc.property(fc.tuple(byte, byte, byte), (rgb) => {
      const text = printColor(rgb);
      expect(text).toMatch(/^[0-9A-F]{6}$/);
      expect(parseColor(text)).toEqual(rgb);
      expect(parseColor(`#${text.toLowerCase()}`)).toEqual(rgb);
    }),
  );
});

test.each(["", "#", "FFF", "FFFFFFF", "##FFFFF", "GGGGGG", "FFFFFF\n", " FFFFFF"])(
  "parseColor() of %j is undefined",
  (text) => {
    expect(parseColor(text)).toBeUndefined();
  },
);
