import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { shorten } from "./shorten.ts";

const upTo = (most: number) => (text: string) => [...text].length <= most;

test.each([
  [20, "Field CA1, pyramidal", "Field CA1, pyramidal"],
  [12, "Field CA1, pyramidal", "Field CA1,…"],
  [6, "Field CA1, pyramidal", "Field…"],
  [0, "Field", "…"],
])("shorten() to %i letters", (most, text, short) => {
  expect(shorten(text, upTo(most))).toBe(short);
});

test("shorten() gives the longest beginning that fits, and cuts no character in two", () => {
  checkProperty(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.integer({ min: 1, max: 40 }), (text, most) => {
      const short = shorten(text, upTo(most));
      expect([...short].length).toBeLessThanOrEqual(most);
      if (short === text) return;
      expect(short.endsWith("…")).toBe(true);
      expect(text.startsWith(short.slice(0, -1))).toBe(true);
      // Throws of half a character.
      expect(() => encodeURIComponent(short)).not.toThrow();
    }),
  );
});
