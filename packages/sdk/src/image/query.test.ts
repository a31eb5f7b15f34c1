import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { printQuery } from "./query.ts";

test("printQuery() leaves commas and slashes as the service writes them", () => {
  expect(
    printQuery([
      ["path", "/external/a.aff"],
      ["range", "0,1"],
      ["odd name", "a&b=c?#%"],
    ]),
  ).toBe("?path=/external/a.aff&range=0,1&odd%20name=a%26b%3Dc%3F%23%25");
  expect(printQuery([])).toBe("");
});

test("printQuery() writes what URLSearchParams reads", () => {
  const pair = fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }));
  checkProperty(
    fc.property(fc.array(pair), (pairs) => {
      expect([...new URLSearchParams(printQuery(pairs))]).toEqual(pairs);
    }),
  );
});
